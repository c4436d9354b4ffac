import { parseRfc3339 } from '../../../../../kernel/time/rfc3339.ts';
import type { KubeObject } from '../../../../objects/kube-object.ts';
import type { CoreEvent } from '../../../../objects/kubernetes.ts';
import { MIRROR } from '../../../../objects/mirror-pod.ts';
import { ageOf } from '../age.ts';
import { goSorted } from '../go/go-sort.ts';
import type { PrintContext } from '../print-context.ts';
import { printsSince } from '../prints-since.ts';
import { indented, type Lines } from './description.ts';

/** The events of a description, in two parts because the table aligns apart from what is above it. */
export interface EventLines {
  /** Belongs to the lines above: `Events: <none>`, or nothing. */
  readonly summary: Lines;
  readonly table: Lines;
}

/** Absent events (`--show-events=false`) are not spoken of. Mirrors kubectl: describe.go DescribeEvents. */
export function describeEvents(events: readonly CoreEvent[] | undefined, context: PrintContext): EventLines {
  if (events === undefined) return { summary: [], table: [] };
  if (events.length === 0) return { summary: ['Events:\t<none>'], table: [] };
  const sorted = goSorted(events, (a, b) => lastSeen(a) < lastSeen(b), context.version);
  const rows = sorted.map((event) => eventRow(event, context));
  const head = ['Type\tReason\tAge\tFrom\tMessage', '----\t------\t----\t----\t-------'];
  return { summary: [], table: ['Events:', ...indented(1, [...head, ...rows])] };
}

/** Events of the new API have no lastTimestamp and go first. */
function lastSeen({ lastTimestamp }: CoreEvent): number {
  return parseRfc3339(lastTimestamp ?? '') ?? Number.NEGATIVE_INFINITY;
}

function eventRow(event: CoreEvent, context: PrintContext): string {
  const { type = '', reason = '', source, reportingComponent = '' } = event;
  const from = source?.component || reportingComponent;
  return [type, reason, eventInterval(event, context), from, messageText(event, context)].join('\t');
}

/** `13s (x4 over 2m)`. */
export function eventInterval(event: CoreEvent, { now, version }: PrintContext): string {
  const { series, count = 0, lastTimestamp, eventTime, firstTimestamp } = event;
  const knowsSeries = printsSince(version, 'eventSeries');
  const first = ageOf(knowsSeries ? eventTime || firstTimestamp : firstTimestamp || eventTime, now);
  if (series && knowsSeries) {
    return `${ageOf(series.lastObservedTime, now)} (x${series.count ?? 0} over ${first})`;
  }
  if (count <= 1) return first;
  return `${ageOf(lastTimestamp, now)} (x${count} over ${knowsSeries ? first : ageOf(firstTimestamp, now)})`;
}

function messageText({ message = '', involvedObject }: CoreEvent, { version }: PrintContext): string {
  const text = message.trim();
  const path = involvedObject.fieldPath;
  return path && printsSince(version, 'eventFieldPath') ? `${path}: ${text}` : text;
}

/**
 * The events that `kubectl describe` asks for: of this very object. A pod's are not asked for by kind, a
 * mirror pod's bear the hash of its file; a node's are of its uid (controllers) or of its name in place of it
 * (kubelet), the former first. Mirrors kubectl: describe.go searchEvents, PodDescriber, NodeDescriber.
 */
export function eventsAbout(
  object: KubeObject,
  events: readonly CoreEvent[],
  { version }: PrintContext,
): CoreEvent[] {
  const { kind, metadata } = object;
  const uid = metadata.annotations?.[MIRROR] ?? metadata.uid;
  const about = (wanted: string | undefined) =>
    events.filter(
      ({ involvedObject: of }) =>
        of.name === metadata.name &&
        (of.namespace ?? '') === (metadata.namespace ?? '') &&
        (kind === 'Pod' || of.kind === kind) &&
        of.uid === wanted,
    );
  if (kind !== 'Node') return about(uid);
  return [...(printsSince(version, 'nodeEventsByUid') ? about(metadata.uid) : []), ...about(metadata.name)];
}
