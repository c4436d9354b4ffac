import type { Event } from '../cluster/contract/event.ts';
import { compareText, isEqualJson } from '../cluster/objects/json.ts';
import type { CoreEvent } from '../cluster/objects/kubernetes.ts';
import { deltaOf, type ObjectDelta } from '../cluster/world/object-delta.ts';
import type { Entry } from '../kernel/log/entry.ts';
import type { Millis } from '../kernel/time/millis.ts';
import { type ObjectDifference, touchedBetween } from './difference.ts';
import { stopAtTime } from './seek.ts';
import type { Timeline } from './timeline.ts';

/** What became of two logs that begin alike, each as of the same virtual time. */
export interface BranchDifference {
  /** seq of the last entry that both have; 0 when they have nothing in common. */
  readonly shared: number;
  readonly at: Millis;
  /** The first entry of each that the other has not, up to that time, and that tells something. */
  readonly left?: Entry<Event>;
  readonly right?: Entry<Event>;
  /**
   * Objects that are not the same, Kubernetes Events left out: `before` is the left one, `after` the right.
   */
  readonly objects: readonly ObjectDifference[];
  /** Kubernetes Events that are there more often, earlier, or only in one of the two. */
  readonly k8sEvents: readonly K8sEventDifference[];
}

export interface K8sEventDifference {
  readonly k8sEvent: CoreEvent;
  readonly left: Seen;
  readonly right: Seen;
}

/** How often a Kubernetes Event was there, and when first. */
export interface Seen {
  readonly count: number;
  /** Virtual milliseconds; absent where it was not there. */
  readonly first?: Millis;
}

/** seq of the last entry that two logs have in common; 0 for logs of different runs. */
export function sharedEntries(left: Timeline, right: Timeline): number {
  const most = Math.min(left.entries.length, right.entries.length);
  let seq = 0;
  while (seq < most && isSame(left.entries.of(seq + 1), right.entries.of(seq + 1))) seq++;
  return seq;
}

/** Branches of one log in one program share the very entries; those that were read from files are alike. */
function isSame(one: Entry<Event> | undefined, other: Entry<Event> | undefined): boolean {
  return one === other || isEqualJson(one, other);
}

/**
 * The last time, not after a given one, at which both logs are known: of one that still grows, the last
 * instant may not be whole.
 */
export function comparableTime(left: Timeline, right: Timeline, at: Millis): Millis {
  const ends = [left, right].map(({ duration, complete }) => (complete ? duration : duration - 1));
  return Math.max(0, Math.min(at, ...ends));
}

/** The difference of two logs at a virtual time, from where they part. */
export function branchDifference(left: Timeline, right: Timeline, at: Millis): BranchDifference {
  const shared = sharedEntries(left, right);
  const sides: Sides = {
    shared,
    left: { timeline: left, seq: Math.max(shared, stopAtTime(left, at)) },
    right: { timeline: right, seq: Math.max(shared, stopAtTime(right, at)) },
  };
  const first = { left: firstTold(sides.left, shared), right: firstTold(sides.right, shared) };
  return {
    shared,
    at,
    ...(first.left && { left: first.left }),
    ...(first.right && { right: first.right }),
    objects: objectsOf(sides),
    k8sEvents: k8sEventsOf(sides),
  };
}

interface Side {
  readonly timeline: Timeline;
  /** Its last entry at the time that is looked at. */
  readonly seq: number;
}

interface Sides {
  readonly shared: number;
  readonly left: Side;
  readonly right: Side;
}

function firstTold({ timeline: { facts, entries }, seq }: Side, shared: number): Entry<Event> | undefined {
  for (let next = shared + 1; next <= seq; next++) if (facts.isNotable(next)) return entries.of(next);
  return undefined;
}

function touched({ shared, left, right }: Sides): readonly string[] {
  const keys = new Set([left, right].flatMap(({ timeline, seq }) => touchedBetween(timeline, shared, seq)));
  return [...keys].sort(compareText);
}

function objectAt({ timeline, seq }: Side, key: string) {
  return timeline.worldAt(seq).store.tables.objects.read(key, seq);
}

function objectsOf(sides: Sides): readonly ObjectDifference[] {
  return touched(sides).flatMap((key): ObjectDifference[] => {
    const [before, after] = [objectAt(sides.left, key), objectAt(sides.right, key)];
    if ((before ?? after)?.kind === 'Event') return [];
    if (!before || !after)
      return before || after ? [{ key, ...(before && { before }), ...(after && { after }) }] : [];
    const delta = telling(deltaOf(before, after));
    return delta ? [{ key, before, after, delta }] : [];
  });
}

/** When something was written is never the same in two logs that part; what was written can be. */
function telling(delta: ObjectDelta | undefined): ObjectDelta | undefined {
  const set = Object.entries(delta?.set ?? {}).filter(([pointer]) => !isMoment(pointer));
  const unset = (delta?.unset ?? []).filter((pointer) => !isMoment(pointer));
  if (set.length === 0 && unset.length === 0) return undefined;
  return { ...(set.length > 0 && { set: Object.fromEntries(set) }), ...(unset.length > 0 && { unset }) };
}

function isMoment(pointer: string): boolean {
  return MOMENT.test(pointer) || BOOKS.test(pointer);
}

const MOMENT = /\/(?:[a-z]+Timestamp|[a-z]\w*Time|startedAt|finishedAt)$/;
const BOOKS =
  /\/(?:resourceVersion|uid|managedFields|generation|observedGeneration|containerID|kubectl\.kubernetes\.io~1last-applied-configuration)(?:\/|$)/;

function k8sEventsOf(sides: Sides): readonly K8sEventDifference[] {
  const keys = touched(sides).filter((key) => key.startsWith('/registry/events/'));
  const [left, right] = [seenIn(sides.left, keys), seenIn(sides.right, keys)];
  const words = [...new Set([...left.keys(), ...right.keys()])];
  return words.flatMap((word): K8sEventDifference[] => {
    const [one, other] = [left.get(word), right.get(word)];
    const k8sEvent = one?.k8sEvent ?? other?.k8sEvent;
    const difference = { left: one?.seen ?? NEVER, right: other?.seen ?? NEVER };
    return k8sEvent && isTelling(difference) ? [{ k8sEvent, ...difference }] : [];
  });
}

const NEVER: Seen = { count: 0 };

/** The same thing a little later is the same thing. */
export const LATER_MS = 1000;

function isTelling({ left, right }: Pick<K8sEventDifference, 'left' | 'right'>): boolean {
  if (left.count !== right.count) return true;
  return Math.abs((left.first ?? 0) - (right.first ?? 0)) > LATER_MS;
}

interface SeenEvent {
  readonly k8sEvent: CoreEvent;
  readonly seen: Seen;
}

/** How long something took is never the same twice. */
const TOOK = /\d+(?:\.\d+)?(?:ms|s)\b/g;

/** What Kubernetes Events say, of whom, in the order in which it was said first. */
function seenIn(side: Side, keys: readonly string[]): ReadonlyMap<string, SeenEvent> {
  const { timeline, seq } = side;
  const { objects } = timeline.worldAt(seq).store.tables;
  const found = new Map<string, SeenEvent>();
  for (const key of keys) {
    const k8sEvent = objectAt(side, key) as CoreEvent | undefined;
    if (!k8sEvent) continue;
    const { kind, namespace, name } = k8sEvent.involvedObject;
    const said = k8sEvent.message?.replace(TOOK, '');
    const word = JSON.stringify([kind, namespace, name, k8sEvent.reason, said]);
    const [created = seq] = objects.writesOf(key, seq);
    const first = timeline.timeOf(created);
    const before = found.get(word)?.seen;
    const count = (before?.count ?? 0) + (k8sEvent.series?.count ?? k8sEvent.count ?? 1);
    found.set(word, { k8sEvent, seen: { count, first: Math.min(first, before?.first ?? first) } });
  }
  return found;
}
