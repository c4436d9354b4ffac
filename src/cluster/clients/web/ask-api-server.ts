import type { Deed, View } from '../../contract/component.ts';
import type { HttpAnswer, HttpRequest } from '../../contract/network-request.ts';
import type { Response } from '../../contract/response.ts';
import type { Asking } from '../kubectl/asking.ts';
import { answerPath, documentText, statusDocument } from '../kubectl/raw/answer-path.ts';

/** What `kubectl proxy` answers: what the API server says to whoever has started it. */
export function* askApiServer(
  view: View,
  { path, method, headers }: HttpRequest,
  asking: Asking = {},
): Generator<Deed, HttpAnswer, Response> {
  const isPretty = /^(?:curl|Wget|Mozilla\/5\.0)/.test(headers['User-Agent'] ?? '');
  if (FILTERED.test(path)) return answered(403, 'Forbidden', 'text/plain; charset=utf-8');
  if (method !== 'GET' && method !== 'HEAD')
    return answered(501, `a ${method} by way of kubectl proxy is not simulated\n`, 'text/plain');
  const answer = yield* answerPath(view, path, asking);
  if ('text' in answer) return answered(200, answer.text, 'text/plain; charset=utf-8');
  if ('notSimulated' in answer)
    return answered(501, `${answer.notSimulated} is not simulated\n`, 'text/plain');
  const document = 'document' in answer ? answer.document : statusDocument(answer.refused);
  const code = 'document' in answer ? 200 : answer.refused.code;
  return answered(code, documentText(document, isPretty), 'application/json');
}

/** What the proxy lets nobody do (kubectl: proxy_server.go DefaultPathRejectRE). */
const FILTERED = /^\/api\/.*\/pods\/.*\/(?:exec|attach)/;

function answered(status: number, body: string, type: string): HttpAnswer {
  return { kind: 'http', address: '127.0.0.1', status, headers: { 'Content-Type': type }, body };
}
