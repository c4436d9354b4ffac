import type { Event } from '../cluster/contract/event.ts';
import type { CoreEvent } from '../cluster/objects/kubernetes.ts';
import { evolve } from '../cluster/world/evolve.ts';
import { branchWorld, emptyWorld, type World } from '../cluster/world/world.ts';
import type { Entry } from '../kernel/log/entry.ts';
import type { Millis } from '../kernel/time/millis.ts';
import { isNotable } from './notable.ts';
import { type Beat, beatAfter, FIRST_BEAT, readingMs } from './pace.ts';

/**
 * A log in time: its entries, and every world that it went through. It grows while a run goes on. Any log
 * will do, one recorded elsewhere too: nothing here knows how its entries came about.
 */
export interface Timeline {
  readonly entries: readonly Entry<Event>[];
  /** seq of the last entry of each commit, ascending: the places where one can stand. */
  readonly stops: readonly number[];
  /** seq of the first entry of each scenario step, by the order of the steps. */
  readonly steps: readonly number[];
  /** seq of each step at which something is told. */
  readonly scenes: readonly number[];
  /** seq of each entry that the story is made of. */
  readonly story: readonly number[];
  /** seq of each entry that tells a reader something. */
  readonly notable: readonly number[];
  /**
   * seq of each entry in which something went wrong: Warnings of Kubernetes, and what was expected in vain.
   */
  readonly warnings: readonly number[];
  /** How it is played: the commits with a notable entry, and when each one's turn comes. */
  readonly beats: readonly Beat[];
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

export function createTimeline(entries: Iterable<Entry<Event>> = []): Timeline {
  const timeline = timelineFrom({ all: [], marks: emptyMarks(), world: emptyWorld() });
  for (const entry of entries) timeline.append(entry);
  return timeline;
}

/**
 * A timeline that is another one up to a commit, and goes its own way from there. What they share is not
 * folded again.
 */
export function branchTimeline({ entries, worldAt, ...marks }: Timeline, at: number): Timeline {
  const upTo = (seqs: readonly number[]): number[] => seqs.filter((seq) => seq <= at);
  return timelineFrom({
    all: entries.slice(0, at),
    marks: {
      stops: upTo(marks.stops),
      steps: upTo(marks.steps),
      scenes: upTo(marks.scenes),
      story: upTo(marks.story),
      notable: upTo(marks.notable),
      warnings: upTo(marks.warnings),
      beats: marks.beats.filter(({ seq }) => seq <= at),
    },
    world: branchWorld(worldAt(at)),
  });
}

interface Beginning {
  readonly all: Entry<Event>[];
  readonly marks: Marks;
  readonly world: World;
}

function timelineFrom({ all, marks, world: first }: Beginning): Timeline {
  let world = first;
  let complete = false;
  const timeline: Timeline = {
    entries: all,
    ...marks,
    append(entry) {
      world = evolve(world, entry);
      all.push(entry);
      mark(marks, entry, world);
      if (!entry.more) endCommit(marks, entry, all);
    },
    finish() {
      complete = true;
    },
    worldAt: (seq) => ({ seq, at: timeline.timeOf(seq), store: world.store }),
    timeOf: (seq) => all[seq - 1]?.at ?? 0,
    get duration() {
      return world.at;
    },
    get complete() {
      return complete;
    },
  };
  return timeline;
}

interface Marks {
  readonly stops: number[];
  readonly steps: number[];
  readonly scenes: number[];
  readonly story: number[];
  readonly notable: number[];
  readonly warnings: number[];
  readonly beats: Beat[];
}

function emptyMarks(): Marks {
  return { stops: [], steps: [], scenes: [], story: [], notable: [], warnings: [], beats: [] };
}

function mark(marks: Marks, entry: Entry<Event>, world: World): void {
  const { seq, event } = entry;
  if (isNotable(entry)) marks.notable.push(seq);
  if (isWarning(event, world)) marks.warnings.push(seq);
  if (STORY.has(event.type)) marks.story.push(seq);
  if (event.type === 'StoryHandedOver') marks.scenes.push(seq);
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
  'NoticeGiven',
  'TrafficStarted',
  'TrafficStopped',
  'TrafficTold',
  'ScenarioEnded',
  'StoryHandedOver',
]);

function isWarning(event: Event, world: World): boolean {
  switch (event.type) {
    case 'ExpectationMissed':
    case 'InvariantBroken':
      return true;
    case 'TrafficCounted':
      return event.losses !== undefined;
    case 'ObjectCreated':
    case 'ObjectUpdated': {
      if (event.resource !== 'events') return false;
      const k8sEvent = world.store.tables.objects.read(event.key, world.seq) as CoreEvent | undefined;
      return k8sEvent?.type === 'Warning';
    }
    default:
      return false;
  }
}

/** A commit whose entries say nothing to a reader is passed over while playing. */
function endCommit(
  { stops, notable, story, beats }: Marks,
  { seq, at }: Entry<Event>,
  all: readonly Entry<Event>[],
): void {
  const first = (stops.at(-1) ?? 0) + 1;
  stops.push(seq);
  const isStory = (story.at(-1) ?? 0) >= first;
  if ((notable.at(-1) ?? 0) < first && !isStory) return;
  const readMs = isStory ? readingMs(all.slice(first - 1)) : 0;
  beats.push(beatAfter(beats.at(-1) ?? FIRST_BEAT, { seq, at, readMs }));
}
