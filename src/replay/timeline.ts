import type { Event } from '../cluster/contract/event.ts';
import { evolve } from '../cluster/world/evolve.ts';
import { type ThinWorld, thinWorld } from '../cluster/world/thin-world.ts';
import { branchWorld, emptyWorld, type World } from '../cluster/world/world.ts';
import type { Entry } from '../kernel/log/entry.ts';
import { firstAbove } from '../kernel/table/first-above.ts';
import type { Millis } from '../kernel/time/millis.ts';
import { type Beats, branchBeats, createBeats, type GrowingBeats } from './beats.ts';
import {
  branchEntries,
  createEntries,
  type Entries,
  type EntryArchive,
  type GrowingEntries,
} from './entries.ts';
import { createFacts, type Facts, type GrowingFacts } from './facts.ts';
import { type Outline, outlineIn } from './outlined-entry.ts';
import { readingMs } from './pace.ts';
import { createPodStates, type GrowingPodStates, type PodStates } from './pod-states.ts';

/**
 * A log in time: its entries, and every world that it went through. It grows while a run goes on. Any log
 * will do, one recorded elsewhere too: nothing here knows how its entries came about.
 */
export interface Timeline {
  readonly entries: Entries;
  /** What is asked of many entries at once. */
  readonly facts: Facts;
  /** seq of the last entry of each commit, ascending: the places where one can stand. */
  readonly stops: readonly number[];
  /** seq of the first entry of each scenario step, by the order of the steps. */
  readonly steps: readonly number[];
  /** seq of each step at which something is told. */
  readonly scenes: readonly number[];
  /** seq of each entry at which the log left another one as a branch that its story tells of. */
  readonly branches: readonly number[];
  /** seq of each entry that the story is made of. */
  readonly story: readonly number[];
  /** seq of each entry that tells a reader something. */
  readonly notable: readonly number[];
  /**
   * seq of each entry in which something went wrong: Warnings of Kubernetes, and what was expected in vain.
   */
  readonly warnings: readonly number[];
  /** seq of each entry with which something came in from outside. */
  readonly arrivals: readonly number[];
  readonly pods: PodStates;
  /** How it is played: the commits with a notable entry, and when each one's turn comes. */
  readonly beats: Beats;
  /** Nothing more will come. */
  readonly complete: boolean;
  /** Takes the next entry. */
  append(entry: Entry<Event>): void;
  /** There are no more entries. */
  finish(): void;
  /** The world after entry `seq`; 0 is the world before the first. */
  worldAt(seq: number): World;
  /** Virtual milliseconds of entry `seq`; 0 before the first. */
  timeOf(seq: number): Millis;
  /** Virtual milliseconds of the last entry. */
  readonly duration: Millis;
}

export interface TimelineOptions {
  /** Where entries are found again; absent: they are kept. */
  readonly archive?: EntryArchive;
  /** Of how many versions of a row one is kept; the others are found again by folding entries again. */
  readonly keepsEvery?: number;
}

export function createTimeline(
  entries: Iterable<Entry<Event>> = [],
  { archive, keepsEvery = 1 }: TimelineOptions = {},
): Timeline {
  const facts = createFacts();
  const all = createEntries(archive);
  const thin = keepsEvery > 1 ? thinWorld(keepsEvery, (seq) => entryIn(all, seq)) : undefined;
  const timeline = timelineFrom({
    all,
    facts,
    pods: createPodStates(),
    marks: emptyMarks(facts.timeOf),
    world: thin?.first ?? emptyWorld(),
    ...(thin && { thin }),
  });
  for (const entry of entries) timeline.append(entry);
  return timeline;
}

/**
 * A timeline that is another one up to a commit, and goes its own way from there. What they share is not
 * folded again.
 */
export function branchTimeline(timeline: Timeline, at: number): Timeline {
  const upTo = (seqs: readonly number[]): number[] => seqs.slice(0, firstAbove(seqs, at));
  const facts = timeline.facts.branch(at);
  return timelineFrom({
    all: branchEntries(timeline.entries, at),
    facts,
    pods: timeline.pods.branch(at),
    marks: {
      stops: upTo(timeline.stops),
      steps: upTo(timeline.steps),
      scenes: upTo(timeline.scenes),
      branches: upTo(timeline.branches),
      story: upTo(timeline.story),
      notable: upTo(timeline.notable),
      warnings: upTo(timeline.warnings),
      arrivals: upTo(timeline.arrivals),
      beats: branchBeats(timeline.beats, at, facts.timeOf),
    },
    world: branchWorld(timeline.worldAt(at)),
  });
}

function entryIn(entries: Entries, seq: number): Entry<Event> {
  const entry = entries.of(seq);
  if (!entry) throw new Error(`there is no entry ${seq} among ${entries.length}`);
  return entry;
}

interface Beginning {
  readonly all: GrowingEntries;
  readonly facts: GrowingFacts;
  readonly pods: GrowingPodStates;
  readonly marks: Marks;
  readonly world: World;
  readonly thin?: ThinWorld;
}

function timelineFrom({ all, facts, pods, marks, world: first, thin }: Beginning): Timeline {
  const { timeOf } = facts;
  let commit: Entry<Event>[] = [];
  let world = first;
  let complete = false;
  /** Whether all that is noted of an update follows from its outline: then nothing need be made of it. */
  const isOutlineEnough = (entry: Entry<Event>, outline: Outline): boolean =>
    thin?.isOutlineEnough(world, entry, outline) === true &&
    facts.isOutlineEnough(outline) &&
    pods.isOutlineEnough(outline);
  const appendOutline = (entry: Entry<Event>, outline: Outline): void => {
    all.push(entry);
    world = thin?.evolveOutline(world, entry, outline) ?? world;
    facts.takeOutline(entry, outline);
    pods.takeOutline(entry.seq, outline);
    markNotable(marks, entry.seq, facts);
  };
  return {
    entries: all,
    facts,
    pods,
    ...marks,
    append(entry) {
      const outline = thin && outlineIn(entry);
      if (outline && isOutlineEnough(entry, outline)) appendOutline(entry, outline);
      else {
        world = evolve(world, entry);
        all.push(entry);
        facts.take(entry, world);
        pods.take(entry, world);
        mark(marks, entry, facts);
      }
      commit.push(entry);
      if (entry.more) return;
      endCommit(marks, entry, commit);
      commit = [];
    },
    finish() {
      complete = true;
    },
    worldAt: (seq) => ({ seq, at: timeOf(seq), store: world.store }),
    timeOf,
    get duration() {
      return world.at;
    },
    get complete() {
      return complete;
    },
  };
}

interface Marks {
  readonly stops: number[];
  readonly steps: number[];
  readonly scenes: number[];
  readonly branches: number[];
  readonly story: number[];
  readonly notable: number[];
  readonly warnings: number[];
  readonly arrivals: number[];
  readonly beats: GrowingBeats;
}

function emptyMarks(timeOf: (seq: number) => Millis): Marks {
  const beats = createBeats(timeOf);
  const told = { steps: [], scenes: [], branches: [], story: [] };
  return { ...told, stops: [], notable: [], warnings: [], arrivals: [], beats };
}

function markNotable({ notable, warnings }: Marks, seq: number, facts: Facts): void {
  if (facts.isNotable(seq)) notable.push(seq);
  if (facts.isWarning(seq)) warnings.push(seq);
}

function mark(marks: Marks, { seq, event }: Entry<Event>, facts: Facts): void {
  markNotable(marks, seq, facts);
  if (STORY.has(event.type)) marks.story.push(seq);
  if ('arrival' in event) marks.arrivals.push(seq);
  if (event.type === 'StoryHandedOver') marks.scenes.push(seq);
  if (event.type === 'BranchBegan') marks.branches.push(seq);
  if (event.type !== 'StepBegan') return;
  marks.steps.push(seq);
  if (event.told || event.kind === 'say') marks.scenes.push(seq);
}

const STORY: ReadonlySet<Event['type']> = new Set<Event['type']>([
  'ScenarioOpened',
  'StepBegan',
  'CommandTyped',
  'CommandPrinted',
  'CommandEnded',
  'ExpectationMet',
  'ExpectationMissed',
  'InvariantBroken',
  'InvariantMet',
  'FaultEnded',
  'NoticeGiven',
  'TrafficStarted',
  'TrafficStopped',
  'TrafficTold',
  'ScenarioEnded',
  'StoryHandedOver',
  'CheckpointReached',
  'QuestionAsked',
  'BranchBegan',
]);

/** A commit whose entries say nothing to a reader is passed over while playing. */
function endCommit(
  { stops, notable, story, beats }: Marks,
  end: Entry<Event>,
  commit: readonly Entry<Event>[],
): void {
  const first = (stops.at(-1) ?? 0) + 1;
  stops.push(end.seq);
  const isStory = (story.at(-1) ?? 0) >= first;
  if ((notable.at(-1) ?? 0) < first && !isStory) return;
  beats.push(end, isStory ? readingMs(commit) : 0);
}
