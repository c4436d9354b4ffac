import type { Event } from '../cluster/contract/event.ts';
import { type Counts, createCounts, type GrowingCounts } from '../replay/counts.ts';
import type { Timeline } from '../replay/timeline.ts';

/**
 * What can only be told by going through a whole log: it is gone through once, a part at a time, and again
 * only where it has grown.
 */
export interface Walked {
  /** How many requests of the scenario's clients have been lost so far. */
  readonly lost: Counts;
  /** Somebody asks for something, so that requests could be lost. */
  readonly hasTraffic: boolean;
  /**
   * seq of each entry with which something broke that is no object: a machine, its memory, its network, a
   * program.
   */
  readonly faults: readonly number[];
  /** seq of the last entry that has been gone through. */
  readonly upTo: number;
}

interface Walk {
  upTo: number;
  readonly lost: GrowingCounts;
  readonly faults: number[];
  hasTraffic: boolean;
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
    lost: createCounts(),
    faults: [],
    hasTraffic: false,
  };
}

function step(walk: Walk, timeline: Timeline, seq: number): void {
  switch (timeline.facts.type.textAt(seq)) {
    case 'TrafficStarted':
      walk.hasTraffic = true;
      return;
    case 'TrafficCounted': {
      if (!timeline.facts.isWarning(seq)) return;
      const lost = lostIn(timeline.entries.of(seq)?.event);
      if (lost > 0) walk.lost.push(seq, walk.lost.last + lost);
      return;
    }
    case 'StepBegan':
      if (isFault(timeline.entries.of(seq)?.event)) walk.faults.push(seq);
      return;
    case 'DiskShortageNoted':
    case 'MemoryShortageNoted':
      if (isShortage(timeline.entries.of(seq)?.event)) walk.faults.push(seq);
      return;
    case 'KubeletStopped':
    case 'MachineStopped':
    case 'MemoryExhausted':
    case 'NetworkCut':
    case 'ProgramStopped':
      walk.faults.push(seq);
  }
}

function lostIn(event: Event | undefined): number {
  if (event?.type !== 'TrafficCounted') return 0;
  return (event.losses ?? []).reduce((sum, { count }) => sum + count, 0);
}

function isShortage(event: Event | undefined): boolean {
  const isOfShortage = event?.type === 'MemoryShortageNoted' || event?.type === 'DiskShortageNoted';
  return isOfShortage && event.isShort;
}

function isFault(event: Event | undefined): boolean {
  return event?.type === 'StepBegan' && event.kind === 'fault';
}
