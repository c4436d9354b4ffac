import type { Event } from '../cluster/contract/event.ts';
import type { LossGroup } from '../cluster/contract/traffic-rows.ts';
import type { World } from '../cluster/world/world.ts';
import type { Entry } from '../kernel/log/entry.ts';
import { firstAbove } from '../kernel/table/first-above.ts';
import { notableConsequences } from '../replay/consequences.ts';
import type { Timeline } from '../replay/timeline.ts';
import { notableCauses, why } from '../replay/why.ts';
import { type ToldEntry, tellEntry } from './told-entry.ts';

/** How a chain of causes begins. */
export interface Origin {
  /**
   * Somebody typed it, or asked for it from outside; the scenario did it; the cluster was made so; its time
   * had come; nobody recorded it.
   */
  readonly kind: 'typed' | 'asked' | 'told' | 'made' | 'timed' | 'unrecorded';
  /** Who asked, of what came from outside. */
  readonly client?: string;
  /** The scenario's step in which it was, 1-based; absent before the first. */
  readonly step?: number;
}

/** Why something is so: the causes from the nearest to the one that began it. */
export interface CauseChain {
  readonly of: ToldEntry;
  readonly causes: readonly ToldEntry[];
  /** There are more of them than were asked for. */
  readonly isCut?: true;
  readonly origin: Origin;
}

export interface ChainOptions {
  readonly language: string;
  /** Also what only keeps the components' books. */
  readonly all?: boolean;
  /** At most so many causes, the nearest ones. */
  readonly limit?: number;
}

/** What led to an entry of a log. */
export function causeChain(
  timeline: Timeline,
  entry: Entry<Event>,
  { language, all = false, limit = Number.POSITIVE_INFINITY }: ChainOptions,
): CauseChain {
  const causes: ToldEntry[] = [];
  let isCut = false;
  for (const cause of (all ? why : notableCauses)(timeline, entry.seq)) {
    isCut = causes.length >= limit;
    if (isCut) break;
    causes.push(tellEntry(timeline, cause, language));
  }
  const origin = timeline.entries.of(timeline.facts.originOf(entry.seq)) ?? entry;
  return {
    of: tellEntry(timeline, entry, language),
    causes,
    ...(isCut && { isCut }),
    origin: originOf(timeline, origin),
  };
}

function originOf(timeline: Timeline, { seq, actor, event }: Entry<Event>): Origin {
  if (actor === 'genesis') return { kind: 'made' };
  const step = firstAbove(timeline.steps, seq);
  const inStep = step > 0 ? { step } : {};
  if ('arrival' in event) return { kind: 'asked', client: event.client, ...inStep };
  if (event.type === 'CommandTyped') return { kind: 'typed', ...inStep };
  if (actor === 'scenario') return { kind: 'told', ...inStep };
  return isSimulated(timeline) ? { kind: 'timed', ...inStep } : { kind: 'unrecorded' };
}

/** In a simulated cluster machines are installed; a recording of a real one knows none. */
function isSimulated({ entries, stops }: Timeline): boolean {
  return entries.between(1, stops[0] ?? 0).some(({ event }) => event.type === 'MachineInstalled');
}

/** An entry that followed from another. */
export interface ToldConsequence extends ToldEntry {
  /** How many causes lie between the two; 1 for what followed directly. */
  readonly depth: number;
}

/** What followed from an entry, for a reader. */
export function effectsOf(
  timeline: Timeline,
  seq: number,
  { language, limit }: ChainOptions,
): readonly ToldConsequence[] {
  return notableConsequences(timeline, seq, limit).map(({ entry, depth }) => ({
    ...tellEntry(timeline, entry, language),
    depth,
  }));
}

/** What of a client's requests was lost up to a world, by what they were lost to. */
export function lossesOf({ store, seq }: World, client: string): readonly LossGroup[] | undefined {
  return store.tables.traffic.read(client, seq)?.totals.losses;
}

/** Whose requests there are, in order. */
export function clientsOf({ store, seq }: World): readonly string[] {
  return [...store.tables.traffic.keysBy('all', '', seq)];
}
