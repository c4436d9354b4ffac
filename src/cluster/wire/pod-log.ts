import { SECOND } from '../../kernel/time/millis.ts';
import { formatRfc3339, parseRfc3339 } from '../../kernel/time/rfc3339.ts';
import { granted, type Outcome } from '../apiserver/call.ts';
import { badRequest, notFound, unexpected } from '../apiserver/refusal.ts';
import { type LogLine, logSource, readLog } from '../clients/kubectl/pods/container-log.ts';
import { allContainers, hasContainer } from '../clients/kubectl/pods/pod-containers.ts';
import { unreachableKubelet } from '../clients/kubectl/pods/unreachable-kubelet.ts';
import type { Pod } from '../objects/kubernetes.ts';
import { readWhole } from './read-options.ts';
import { invalidOption } from './wire-refusal.ts';
import type { WireRequest } from './wire-request.ts';
import type { WireServer } from './wire-server.ts';

export type ConnectCall = Extract<WireRequest, { type: 'connect' }>;

/** A log that is being read. */
export interface LogReading {
  readonly follows: boolean;
  /** What has come since it was asked last. */
  next(server: WireServer): string;
  /** Whether nothing will come any more. */
  isOver(server: WireServer): boolean;
}

/** The pod of a request that goes on to its machine (registry/core/pod/rest). */
export function podOf({ view }: WireServer, { place, resource }: ConnectCall): Outcome<Pod> {
  const { name = '', namespace = '' } = place;
  const pod = view.objects.get<Pod>('pods', namespace, name);
  return pod ? granted(pod) : notFound(resource, name);
}

/** Begins to read a container's log (registry/core/pod: LogLocation; kubelet: containerLogs). */
export function openLog(server: WireServer, call: ConnectCall): Outcome<LogReading> {
  const found = podOf(server, call);
  if (!found.ok) return found;
  const pod = found.value;
  const { query, place } = call;
  const [tail, since, limit] = ['tailLines', 'sinceSeconds', 'limitBytes'].map((name) =>
    readWhole(query, name),
  );
  for (const read of [tail, since, limit]) if (read && !read.ok) return read;
  const value = (read: typeof tail): number | undefined => (read?.ok ? read.value : undefined);
  const options: LogOptions = {
    follows: query.bool('follow'),
    stamps: query.bool('timestamps'),
    tail: value(tail),
    limit: value(limit),
    from: fromWhen(server, value(since), query.text('sinceTime')),
  };
  const problem = optionProblem(options, value(since), query.text('sinceTime'));
  if (problem !== undefined) return invalidOption('PodLogOptions', problem[0], problem[1]);
  const container = chosenContainer(pod, query.text('container'));
  if (!container.ok) return container;
  const { nodeName = '' } = pod.spec;
  if (nodeName === '') return granted({ follows: false, next: () => '', isOver: () => true });
  const kubelet = unreachableKubelet(server.view, nodeName);
  if (kubelet !== undefined) {
    const path = `/containerLogs/${place.namespace}/${place.name}/${container.value}`;
    return unexpected(`Get "https://${kubelet.address}${path}": ${kubelet.problem}`);
  }
  const source = logSource(pod, container.value, query.bool('previous'));
  if ('refusal' in source) return badRequest(source.refusal);
  if ('unreachable' in source) return unexpected(source.unreachable);
  return granted(reading(source.container, options));
}

interface LogOptions {
  readonly follows: boolean;
  readonly stamps: boolean;
  readonly tail: number | undefined;
  readonly limit: number | undefined;
  readonly from: number;
}

function fromWhen({ at, settings }: WireServer, seconds: number | undefined, time: string): number {
  if (seconds !== undefined) return at - seconds * SECOND;
  const since = parseRfc3339(time);
  return since === undefined ? Number.NEGATIVE_INFINITY : since - settings.epochMs;
}

/** pkg/apis/core/validation: ValidatePodLogOptions. */
function optionProblem(
  { tail, limit }: LogOptions,
  seconds: number | undefined,
  time: string,
): readonly [field: string, message: string] | undefined {
  if ((tail ?? 0) < 0) return ['tailLines', `Invalid value: ${tail}: must be greater than or equal to 0`];
  if (limit !== undefined && limit < 1)
    return ['limitBytes', `Invalid value: ${limit}: must be greater than 0`];
  if (seconds !== undefined && time !== '')
    return ['', 'Forbidden: at most one of `sinceTime` or `sinceSeconds` may be specified'];
  if (seconds !== undefined && seconds < 1)
    return ['sinceSeconds', `Invalid value: ${seconds}: must be greater than 0`];
  if (time !== '' && parseRfc3339(time) === undefined)
    return ['sinceTime', `Invalid value: "${time}": must be a time of RFC 3339`];
  return undefined;
}

/** The one that is named, or the only one. */
export function chosenContainer(pod: Pod, asked: string): Outcome<string> {
  const { name = '' } = pod.metadata;
  if (asked !== '')
    return hasContainer(pod, asked)
      ? granted(asked)
      : badRequest(`container ${asked} is not valid for pod ${name}`);
  const containers = pod.spec.containers.map((each) => each.name);
  const [only] = containers;
  if (only !== undefined && containers.length === 1) return granted(only);
  const others = allContainers(pod).filter((each) => !containers.includes(each.name));
  const init =
    others.length > 0 ? ` or one of the init containers: [${others.map((each) => each.name).join(' ')}]` : '';
  return badRequest(
    `a container name must be specified for pod ${name}, choose one of: [${containers.join(' ')}]${init}`,
  );
}

function reading(container: string, options: LogOptions): LogReading {
  let taken: number | undefined;
  let left = options.limit ?? Number.POSITIVE_INFINITY;
  return {
    follows: options.follows,
    next({ view, settings }) {
      const all = readLog(view.rows, container);
      const fresh = taken === undefined ? firstLines(all, options) : all.slice(taken);
      taken = all.length;
      const stamp = ({ at }: LogLine): string =>
        options.stamps ? `${nanoTime(settings.epochMs + at)} ` : '';
      const text = fresh
        .map((line) => `${stamp(line)}${line.text}\n`)
        .join('')
        .slice(0, left);
      left -= text.length;
      return text;
    },
    isOver({ view }) {
      const row = view.rows.row('containers', container);
      if (left <= 0 || row === undefined || row.exit !== undefined) return true;
      return unreachableKubelet(view, row.node) !== undefined;
    },
  };
}

function firstLines(lines: readonly LogLine[], { from, tail }: LogOptions): readonly LogLine[] {
  const recent = lines.filter(({ at }) => at >= from);
  return tail === undefined ? recent : recent.slice(Math.max(0, recent.length - tail));
}

/** As the runtime stamps lines: `2026-11-21T05:08:16.123000000Z`. */
function nanoTime(epochMs: number): string {
  const whole = Math.floor(epochMs / 1000) * 1000;
  const millis = String(Math.floor(epochMs - whole)).padStart(3, '0');
  return formatRfc3339(epochMs).replace('Z', `.${millis}000000Z`);
}
