import { type Millis, SECOND } from '../../../../kernel/time/millis.ts';
import { formatRfc3339, parseRfc3339 } from '../../../../kernel/time/rfc3339.ts';
import type { Pod } from '../../../objects/kubernetes.ts';
import type { Awaited, Outcome } from '../../program.ts';
import { type Failure, failWith } from '../failure.ts';
import { DONE, type Invocation } from '../invocation.ts';
import { type LogLine, type LogSource, logSource, readLog } from './container-log.ts';
import { unreachableKubelet } from './unreachable-kubelet.ts';

/** The log of one container that is printed. */
export interface LogStream {
  readonly namespace: string;
  readonly pod: string;
  readonly container: string;
  /** The key of the row whose log is followed, and how many of its lines have been taken. */
  readonly source?: string;
  readonly taken?: number;
}

export interface FollowMemory {
  readonly streams: readonly LogStream[];
  /** Until when a log that is not there yet is asked for again. */
  readonly retryUntil: Millis;
}

/** Prints what there is; with -f, what comes, until the containers have ended. */
export function followLogs(invocation: Invocation, { streams, retryUntil }: FollowMemory): Outcome {
  const { flags, call, version, err, view } = invocation;
  const isFollowing = flags.bool('follow');
  const going: LogStream[] = [];
  const awaits: Awaited[] = [];
  let wakeAt: Millis | undefined;
  for (const stream of streams) {
    const source = stream.source === undefined ? sourceOf(invocation, stream) : { container: stream.source };
    if (source === undefined) continue;
    if ('unreachable' in source) {
      failWith([{ status: { code: 500, reason: '', message: source.unreachable } }]);
      continue;
    }
    if ('refusal' in source) {
      const failure: Failure = { status: { code: 400, reason: 'BadRequest', message: source.refusal } };
      if (flags.bool('ignore-errors')) err(`error: ${source.refusal}\n`);
      else if (!isFollowing || version.minor < 36 || call.now >= retryUntil) failWith([failure]);
      else {
        // From 1.36 on a log that is followed is asked for every second (kubectl: logs.go consumeWithRetry).
        err(`${source.refusal}\n`);
        going.push(stream);
        wakeAt = call.now + SECOND;
      }
      continue;
    }
    const taken = printStream(invocation, { ...stream, source: source.container });
    const row = view.rows.row('containers', source.container);
    if (!isFollowing || row === undefined || row.exit !== undefined) continue;
    // The log comes through the kubelet, and ends with it.
    if (unreachableKubelet(view, row.node) !== undefined) continue;
    going.push({ ...stream, source: source.container, taken });
    const seen = view.rows.rowsBy('logs', 'container', source.container).length;
    awaits.push({ type: 'log', container: source.container, seen }, { type: 'stop', node: row.node });
  }
  if (going.length === 0) return DONE;
  const memory: FollowMemory = { streams: going, retryUntil };
  return { pause: { memory, awaits, ...(wakeAt === undefined ? {} : { wakeAt }) } };
}

/** Undefined for a pod without a node, whose log is empty (registry/core/pod: LogLocation). */
function sourceOf(
  invocation: Invocation,
  { namespace, pod: name, container }: LogStream,
): LogSource | undefined {
  const { flags, view } = invocation;
  const pod = view.objects.get<Pod>('pods', namespace, name);
  if (pod === undefined) return { refusal: `pod "${name}" not found in namespace "${namespace}"\n` };
  const { nodeName = '' } = pod.spec;
  if (nodeName === '') return undefined;
  const kubelet = unreachableKubelet(view, nodeName);
  if (kubelet !== undefined) {
    const query = logQuery(invocation);
    const path = `/containerLogs/${namespace}/${name}/${container}${query === '' ? '' : `?${query}`}`;
    return { unreachable: `Get "https://${kubelet.address}${path}": ${kubelet.problem}` };
  }
  return logSource(pod, container, flags.bool('previous'));
}

function logQuery(invocation: Invocation): string {
  const { flags } = invocation;
  const tail = tailWanted(invocation);
  const since = flags.duration('since');
  const options = {
    follow: flags.bool('follow') ? 'true' : '',
    limitBytes: flags.int('limit-bytes') > 0 ? String(flags.int('limit-bytes')) : '',
    previous: flags.bool('previous') ? 'true' : '',
    sinceSeconds: since > 0 ? String(Math.ceil(since / SECOND)) : '',
    sinceTime: encodeURIComponent(flags.text('since-time')),
    tailLines: tail < 0 ? '' : String(tail),
    timestamps: flags.bool('timestamps') ? 'true' : '',
  };
  return Object.entries(options)
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
}

/** With a selector only the last ten lines, unless --tail says otherwise. */
function tailWanted({ flags }: Invocation): number {
  return flags.isSet('tail') || flags.text('selector') === '' ? flags.int('tail') : 10;
}

/** Prints the lines that have not been printed; returns how many there are now. */
function printStream(invocation: Invocation, stream: LogStream & { readonly source: string }): number {
  const { flags, out, view } = invocation;
  const all = readLog(view.rows, stream.source);
  const fresh = stream.taken === undefined ? wantedAtFirst(invocation, all) : all.slice(stream.taken);
  const prefix =
    flags.bool('prefix') || flags.bool('all-pods') ? `[pod/${stream.pod}/${stream.container}] ` : '';
  const stamp = ({ at }: LogLine) =>
    flags.bool('timestamps') ? `${nanoTime(view.settings.epochMs + at)} ` : '';
  const printed = fresh.map((line) => `${prefix}${stamp(line)}${line.text}\n`).join('');
  const limit = flags.int('limit-bytes');
  out(limit > 0 ? printed.slice(0, limit) : printed);
  return all.length;
}

function wantedAtFirst(invocation: Invocation, lines: readonly LogLine[]): readonly LogLine[] {
  const { flags, view, call } = invocation;
  const since = flags.duration('since');
  const sinceTime = parseRfc3339(flags.text('since-time'));
  const from =
    since > 0
      ? call.now - since
      : sinceTime === undefined
        ? Number.NEGATIVE_INFINITY
        : sinceTime - view.settings.epochMs;
  const recent = lines.filter(({ at }) => at >= from);
  const tail = tailWanted(invocation);
  return tail < 0 ? recent : recent.slice(Math.max(0, recent.length - tail));
}

/** As the runtime stamps lines: `2026-11-21T05:08:16.123000000Z`. */
function nanoTime(epochMs: number): string {
  const whole = Math.floor(epochMs / 1000) * 1000;
  const millis = String(Math.floor(epochMs - whole)).padStart(3, '0');
  return formatRfc3339(epochMs).replace('Z', `.${millis}000000Z`);
}
