import { type Millis, SECOND } from '../../../kernel/time/millis.ts';
import { formatRfc3339 } from '../../../kernel/time/rfc3339.ts';
import type { View } from '../../contract/component.ts';
import type { ConnectionRow } from '../../contract/connection-row.ts';
import type { HttpAnswer, HttpRequest } from '../../contract/network-request.ts';
import { byteLength } from '../../tools/byte-length.ts';
import { headerOf } from '../../tools/url.ts';

interface Logged {
  readonly connection: ConnectionRow;
  readonly answer: HttpAnswer;
  readonly now: Millis;
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** A line of ingress-nginx' access log, in its own order (log-format-upstream). */
export function accessLine({ settings }: View, { connection, answer, now }: Logged): string {
  const { call, target, taken, sentAt } = connection;
  const { method, path, headers } = call as HttpRequest;
  const seconds = ((now - sentAt) / SECOND).toFixed(3);
  const asked = (taken?.asked ?? []).map(({ endpoint }) => endpoint).join(', ') || '-';
  const bytes = byteLength(answer.body);
  const isAsked = asked !== '-';
  const agent = headerOf(headers, 'User-Agent') ?? '-';
  const upstream = isAsked ? `${asked} ${bytes} ${seconds} ${answer.status}` : '- - - -';
  return (
    `${target?.client ?? '-'} - - [${localTime(settings.epochMs + now)}] "${method} ${path} HTTP/1.1" ` +
    `${answer.status} ${bytes} "-" "${agent}" ${requestLength(call as HttpRequest)} ${seconds} [] [] ${upstream}\n`
  );
}

function requestLength({ method, path, headers }: HttpRequest): number {
  const lines = Object.entries(headers).reduce(
    (sum, [name, value]) => sum + name.length + value.length + 4,
    2,
  );
  return `${method} ${path} HTTP/1.1`.length + 2 + lines;
}

/** `07/Apr/2026:12:00:00 +0000` */
function localTime(ms: number): string {
  const [, year, month, day, time] = /^(\d+)-(\d+)-(\d+)T([\d:]+)/.exec(formatRfc3339(ms)) ?? [];
  return `${day}/${MONTHS[Number(month) - 1]}/${year}:${time} +0000`;
}
