import type { Event } from '../cluster/contract/event.ts';
import type { Pod } from '../cluster/objects/kubernetes.ts';
import { storagePrefix } from '../cluster/objects/storage-key.ts';
import type { Timeline } from '../replay/timeline.ts';
import { isReady } from './pod-state.ts';

/** A pod that there was at some time. */
export interface PodOnce {
  readonly key: string;
  readonly name: string;
  readonly uid: string | undefined;
  /** seq of the entry that created it. */
  readonly seq: number;
}

/** How something that is counted goes on from an entry. */
export interface Counted {
  readonly seq: number;
  readonly count: number;
}

/**
 * What can only be told by going through a whole log: it is gone through once, a part at a time, and again
 * only where it has grown.
 */
export interface Walked {
  /** All pods that there ever were, in the order in which they came. */
  readonly pods: readonly PodOnce[];
  /** How many pods there are, and how many of them are ready, from each change of it on. */
  readonly present: readonly Counted[];
  readonly ready: readonly Counted[];
  /** How many requests of the scenario's clients have been lost so far. */
  readonly lost: readonly Counted[];
  /** Somebody asks for something, so that requests could be lost. */
  readonly hasTraffic: boolean;
  /** seq of each entry with which something broke that is no object: a machine, its memory, its network. */
  readonly faults: readonly number[];
  /** seq of the last entry that has been gone through. */
  readonly upTo: number;
}

interface Walk {
  upTo: number;
  readonly pods: PodOnce[];
  readonly present: Counted[];
  readonly ready: Counted[];
  readonly lost: Counted[];
  readonly faults: number[];
  hasTraffic: boolean;
  readonly readyKeys: Set<string>;
  readonly presentKeys: Set<string>;
}

const walks = new WeakMap<Timeline, Walk>();

/** So many entries are gone through at a time, which is less than a frame takes. */
const PART = 15_000;

/** Goes through a part more of a log; whether that was all that there is so far. */
export function walkOn(timeline: Timeline): boolean {
  const walk = walkOf(timeline);
  const { entries } = timeline;
  const end = Math.min(entries.length, walk.upTo + PART);
  while (walk.upTo < end) step(walk, timeline, ++walk.upTo);
  return walk.upTo === entries.length;
}

/** What has been gone through so far. */
export function walkedOf(timeline: Timeline): Walked {
  return walkOf(timeline);
}

function walkOf(timeline: Timeline): Walk {
  const walk = walks.get(timeline) ?? begun();
  walks.set(timeline, walk);
  return walk;
}

function begun(): Walk {
  return {
    upTo: 0,
    pods: [],
    present: [],
    ready: [],
    lost: [],
    faults: [],
    hasTraffic: false,
    readyKeys: new Set(),
    presentKeys: new Set(),
  };
}

function step(walk: Walk, timeline: Timeline, seq: number): void {
  const { type, object } = timeline.facts;
  const key = object.textAt(seq);
  if (key !== '') {
    if (key.startsWith(PODS)) noteChange(walk, timeline, { key, seq });
    return;
  }
  switch (type.textAt(seq)) {
    case 'TrafficStarted':
      walk.hasTraffic = true;
      return;
    case 'TrafficCounted': {
      if (!timeline.facts.isWarning(seq)) return;
      const lost = lostIn(timeline.entries.of(seq)?.event);
      if (lost > 0) walk.lost.push({ seq, count: (walk.lost.at(-1)?.count ?? 0) + lost });
      return;
    }
    case 'StepBegan':
      if (isFault(timeline.entries.of(seq)?.event)) walk.faults.push(seq);
      return;
    case 'KubeletStopped':
    case 'MemoryExhausted':
      walk.faults.push(seq);
  }
}

const PODS = storagePrefix('pods');

function lostIn(event: Event | undefined): number {
  if (event?.type !== 'TrafficCounted') return 0;
  return (event.losses ?? []).reduce((sum, { count }) => sum + count, 0);
}

function isFault(event: Event | undefined): boolean {
  return event?.type === 'StepBegan' && event.kind === 'fault';
}

interface PodChange {
  readonly key: string;
  readonly seq: number;
}

function noteChange(walk: Walk, timeline: Timeline, { key, seq }: PodChange): void {
  const { present, ready, presentKeys, readyKeys, pods } = walk;
  const pod = podAt(timeline, key, seq);
  if (turned(presentKeys, key, pod !== undefined)) {
    present.push({ seq, count: presentKeys.size });
    if (pod) pods.push({ key, name: pod.metadata.name ?? '', uid: pod.metadata.uid, seq });
  }
  if (turned(readyKeys, key, pod !== undefined && isReady(pod))) ready.push({ seq, count: readyKeys.size });
}

function podAt(timeline: Timeline, key: string, seq: number): Pod | undefined {
  return timeline.worldAt(seq).store.tables.objects.read(key, seq) as Pod | undefined;
}

/** Puts a key into a set, or takes it out; whether that was anything new. */
function turned(keys: Set<string>, key: string, isIn: boolean): boolean {
  if (keys.has(key) === isIn) return false;
  if (isIn) keys.add(key);
  else keys.delete(key);
  return true;
}
