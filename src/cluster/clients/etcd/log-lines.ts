import { drawHex, drawUuid } from '../../../kernel/chance/draw.ts';
import { formatRfc3339 } from '../../../kernel/time/rfc3339.ts';
import { escapeGoJson } from '../../objects/go-json.ts';
import type { Asking } from './asking.ts';

/** A field of a line of log: a text, or a number as it is printed. */
export type LogField = readonly [name: string, value: string | { readonly raw: string } | readonly string[]];

/** A line as zap's JSON encoder writes it. */
export function jsonLine(
  ask: Asking,
  { level, logger, caller, msg, inSeconds }: LogHead,
  fields: readonly LogField[],
): string {
  const pairs: readonly LogField[] = [
    ['level', level],
    ['ts', timeOf(ask, inSeconds ?? false)],
    ...(logger === undefined ? [] : ([['logger', logger]] as const)),
    ['caller', caller],
    ['msg', msg],
    ...fields,
  ];
  return `{${pairs.map(([name, value]) => `"${name}":${jsonValue(value)}`).join(',')}}\n`;
}

interface LogHead {
  readonly level: 'info' | 'warn' | 'fatal';
  readonly logger?: string;
  readonly caller: string;
  readonly msg: string;
  /** As seconds since 1970, which 3.4 does of what concerns snapshots. */
  readonly inSeconds?: boolean;
}

/** A line as zap's console encoder writes it, which etcdutl uses. */
export function consoleLine(
  { call }: Asking,
  { level, caller, msg }: Pick<LogHead, 'level' | 'caller' | 'msg'>,
  fields: readonly LogField[],
): string {
  const body = fields.map(([name, value]) => `"${name}": ${jsonValue(value)}`).join(', ');
  const at = formatRfc3339(Math.floor((call.view.settings.epochMs + call.now) / 1000) * 1000);
  return `${[at, level, caller, msg, `{${body}}`].join('\t')}\n`;
}

function jsonValue(value: LogField[1]): string {
  if (typeof value === 'object' && 'raw' in value) return value.raw;
  return escapeGoJson(JSON.stringify(value));
}

function timeOf({ call, series }: Asking, inSeconds: boolean): LogField[1] {
  const ms = call.view.settings.epochMs + call.now;
  if (inSeconds && series === '3.4') return { raw: String(ms / 1000) };
  const whole = formatRfc3339(Math.floor(ms / 1000) * 1000).replace('Z', '');
  const digits = String(Math.floor(ms) % 1000).padStart(3, '0');
  return `${whole}.${digits}${series === '3.6' ? '000' : ''}Z`;
}

export interface FailedTry {
  /** `127.0.0.1:2379` */
  readonly endpoint: string;
  /** `/etcdserverpb.KV/Range` */
  readonly method: string;
  readonly attempt: number;
  readonly error: string;
  /** Of `endpoint health`, whose clients bear another name. */
  readonly logger?: 'client';
  /** A connection to this endpoint and no other: status, hashkv, defrag. */
  readonly isDirect?: boolean;
}

/** etcd's client says each time that a call failed (client/v3/retry_interceptor.go). */
export function failedTry(
  ask: Asking,
  { endpoint, method, attempt, error, logger, isDirect }: FailedTry,
): string {
  const { series, version, call } = ask;
  const { chance } = call.view;
  const host = endpoint.replace(/^https?:\/\//, '');
  const msg = 'retrying of unary invoker failed';
  if (series === '3.4') {
    const id = drawUuid(chance, 'etcd client', call.command, call.instance, endpoint);
    const target = isDirect ? `passthrough:///${host}` : `endpoint://client-${id}/${host}`;
    const head = { level: 'warn', caller: 'clientv3/retry_interceptor.go:62', msg } as const;
    return jsonLine(ask, head, [
      ['target', target],
      ['attempt', { raw: String(attempt) }],
      ['error', error],
    ]);
  }
  const at = drawHex(chance, 5, 'etcd client', call.command, call.instance);
  const target = `etcd-endpoints://0xc000${at}0/${host}`;
  const caller = `v3@v${version}/retry_interceptor.go:${series === '3.5' ? 63 : 65}`;
  const by = series === '3.5' ? [] : ([['method', method]] as const);
  return jsonLine(ask, { level: 'warn', logger: logger ?? 'etcd-client', caller, msg }, [
    ['target', target],
    ...by,
    ['attempt', { raw: String(attempt) }],
    ['error', error],
  ]);
}
