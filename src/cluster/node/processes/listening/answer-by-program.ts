import type { HttpRequest } from '../../../contract/network-request.ts';
import { extended } from '../../../objects/json.ts';
import { byteLength } from '../../../tools/byte-length.ts';
import { expandTemplate, type TemplateValues } from '../../images/expand-template.ts';
import { chooseAnswer, countsRequests, listenerOn, optionValue } from '../../images/program-behaviour.ts';
import type { Answer, Listener } from '../../images/program-definition.ts';
import { definitionOf } from '../machine/definition-of.ts';
import type { Machine } from '../machine/machine.ts';
import { contextOf, sayText, templateValues } from '../machine/run-program.ts';
import type { ProgramTask } from '../process-state.ts';
import { responseText } from './http-text.ts';
import { addressOf, at, type Incoming, type Reply } from './reply.ts';
import { type Page, serveDirectory } from './serve-directory.ts';

/** Longer than anybody waits. */
const NEVER_MS = 127_000;

/** What a program of the image answers, as its definition says. */
export function answerByProgram(machine: Machine, task: ProgramTask, incoming: Incoming): Reply {
  const { request, port } = incoming;
  const address = addressOf(machine);
  const program = definitionOf(machine.host.image, task);
  const sinceMs = machine.now - task.startedAt;
  const listener = listenerOn(program, contextOf(machine, task), { port, sinceMs });
  if (!listener) return at({ kind: 'refused', address });
  if (request.protocol === 'grpc') return answerGrpc(machine, listener, sinceMs);
  if (request.protocol === 'tcp')
    return at({ kind: 'connected', address, text: tcpText(machine, task, listener, incoming) });
  if (request.protocol !== 'http' || !speaks(listener, 'http')) return at({ kind: 'reset', address });
  return answerHttp(machine, task, { listener, request, client: incoming.client });
}

const speaks = ({ protocol }: Listener, wanted: 'http' | 'grpc'): boolean =>
  protocol === wanted || protocol === 'any';

function answerGrpc(machine: Machine, listener: Listener, sinceMs: number): Reply {
  const address = addressOf(machine);
  if (!speaks(listener, 'grpc')) return at({ kind: 'reset', address });
  const answer = chooseAnswer(listener, { method: 'POST', path: '/' }, { sinceMs, request: 1 });
  if (answer.hangs) return at({ kind: 'timedOut', address }, NEVER_MS);
  return at({ kind: 'grpc', address, health: answer.grpc ?? 'SERVING' }, answer.delayMs);
}

/**
 * What comes back over a plain connection: a greeting, or the response to a request that was typed by hand.
 */
function tcpText(
  machine: Machine,
  task: ProgramTask,
  listener: Listener,
  { request, client }: Incoming,
): string {
  const sent = request.protocol === 'tcp' ? (request.text ?? '') : '';
  const typed = /^([A-Z]+) (\S+) HTTP\//.exec(sent);
  if (!speaks(listener, 'http') || !typed) return listener.greeting ?? '';
  const http: HttpRequest = {
    protocol: 'http',
    method: typed[1] ?? 'GET',
    path: typed[2] ?? '/',
    host: '',
    port: 0,
    headers: {},
  };
  const { answer } = answerHttp(machine, task, { listener, request: http, client });
  return answer.kind === 'http' ? responseText(answer) : '';
}

interface HttpCall {
  readonly listener: Listener;
  readonly request: HttpRequest;
  readonly client: string;
}

function answerHttp(machine: Machine, task: ProgramTask, { listener, request, client }: HttpCall): Reply {
  const address = addressOf(machine);
  const sinceMs = machine.now - task.startedAt;
  const number = (task.served ?? 0) + 1;
  if (countsRequests(definitionOf(machine.host.image, task))) task.served = number;
  const answer = chooseAnswer(listener, request, { sinceMs, request: number });
  if (answer.hangs) return at({ kind: 'timedOut', address }, NEVER_MS);
  if (answer.forwards) return at({ kind: 'forwarded', address });
  const agent = request.headers['User-Agent'] ?? '-';
  const values: TemplateValues = {
    request: { method: request.method, path: request.path, client, agent, status: 0, bytes: 0, number },
    ...templateValues(machine, task),
  };
  const page = pageOf(machine, answer, request, values);
  if (listener.accessLog !== undefined) {
    const { status, body } = page;
    const { method, path } = request;
    const told = {
      ...values,
      request: { method, path, client, agent, number, status, bytes: byteLength(body) },
    };
    sayText(machine, task, listener.accessLogStream ?? 'stdout', expandTemplate(listener.accessLog, told));
  }
  if (answer.exitCode !== undefined && !task.ending) {
    const code =
      typeof answer.exitCode === 'number' ? answer.exitCode : exitFromQuery(request.path, answer.exitCode);
    task.ending = { at: machine.now + (answer.delayMs ?? 0), code };
    delete task.wait;
  }
  const body = request.method === 'HEAD' ? '' : page.body;
  return at({ kind: 'http', address, status: page.status, headers: page.headers, body }, answer.delayMs);
}

function pageOf(machine: Machine, answer: Answer, request: HttpRequest, values: TemplateValues): Page {
  if (answer.directory) {
    const page = serveDirectory(machine, answer.directory, request.path);
    return { ...page, headers: withLength(page, answer.headers) };
  }
  const fromQuery =
    answer.bodyFromQuery === undefined ? undefined : queryValue(request.path, answer.bodyFromQuery);
  const body = fromQuery ?? optionText(answer, values.argv) ?? expandTemplate(answer.body ?? '', values);
  const page = {
    status: answer.status ?? 200,
    body,
    headers: { 'Content-Type': 'text/plain; charset=utf-8' },
  };
  return { ...page, headers: withLength(page, answer.headers) };
}

function optionText({ bodyFromOption: source }: Answer, argv: readonly string[]): string | undefined {
  return source && `${optionValue(argv, source.option) ?? source.default}\n`;
}

const withLength = (page: Page, headers: Answer['headers']): Record<string, string> =>
  extended(page.headers, { 'Content-Length': String(byteLength(page.body)), ...headers });

function exitFromQuery(path: string, source: { readonly query: string; readonly default: number }): number {
  const value = Number(queryValue(path, source.query));
  return Number.isInteger(value) ? value & 0xff : source.default;
}

function queryValue(path: string, name: string): string | undefined {
  for (const pair of (path.split('?')[1] ?? '').split('&')) {
    const [key = '', value = ''] = pair.split(/=(.*)/s);
    if (key === name) return decode(value.replaceAll('+', ' '));
  }
  return undefined;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
