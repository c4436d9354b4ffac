import type { Event } from '../../cluster/contract/event.ts';
import type { Entry } from '../../kernel/log/entry.ts';
import type { LogHeader } from '../../kernel/log/log-format.ts';
import { everyBranch, type StoryBranch } from '../../replay/fork-story.ts';
import { createTimeline, type Timeline } from '../../replay/timeline.ts';
import { type Asides, asidesIn, type WithBranches, withBranches } from '../../report/branch-story.ts';
import { formatClock } from '../../report/clock.ts';
import type { RecordedBranch } from '../../report/record/recorded-branch.ts';
import { redactor } from '../../report/record/redact.ts';
import { wordsIn } from '../../words/words-in.ts';
import { openPlayable } from '../playable.ts';
import type { Played } from '../played.ts';
import type { Which } from '../which.ts';
import { tellBeside } from '../write-out.ts';
import { progressBeside } from './progress.ts';

/** A run that is written down: whatever nobody may read is not in it any more. */
export interface RecordedRun {
  readonly name: string;
  readonly log: readonly Entry<Event>[];
  /** What is told of branches, which are played when somebody asks. */
  readonly asidesIn: (language: string) => Asides;
  /** These themselves: what each has of its own. */
  readonly branches: () => readonly RecordedBranch[];
  readonly header: LogHeader;
  readonly timeline: Timeline;
  /** Takes out what nobody may read. */
  readonly redact: (text: string) => string;
}

interface Taking extends Which {
  readonly lang: string;
  readonly redact?: boolean;
  /** It says nothing of how far it has come. */
  readonly isQuiet?: boolean;
}

/** Plays a scenario, or reads a log, to its end. */
export function takeRun(played: Played, taking: Taking): RecordedRun {
  const { lang, redact: isRedacted, isQuiet = false } = taking;
  const { name, commits, origin, ground } = openPlayable(played, taking, tellBeside);
  const progress = progressBeside();
  const words = wordsIn(lang).record;
  const log: Entry<Event>[] = [];
  for (const commit of commits()) {
    log.push(...commit);
    if (!isQuiet) progress.tell(() => words.playing(name, formatClock(commit[0]?.at ?? 0)));
  }
  progress.done();
  const story = once(() => withBranches(log, ground?.scenario));
  // What a branch makes is nobody's to read either.
  const redact = isRedacted ? redactor([...log, ...entriesOf(story())]) : (text: string): string => text;
  const shown = (entries: readonly Entry<Event>[]): readonly Entry<Event>[] =>
    isRedacted ? entries.map((entry) => redacted(entry, redact)) : entries;
  const told = shown(log);
  const timeline = createTimeline(told);
  timeline.finish();
  return {
    name,
    log: told,
    asidesIn: (language) => asidesIn(story(), language),
    branches: () => recordedBranches(story()?.branches ?? [], shown),
    header: origin.header,
    timeline,
    redact,
  };
}

function once<Made>(make: () => Made): () => Made {
  let made: { readonly value: Made } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

function entriesOf(story: WithBranches | undefined): readonly Entry<Event>[] {
  return everyBranch(story?.branches ?? []).flatMap(ownEntries);
}

function ownEntries({ fork: { timeline, at } }: StoryBranch): readonly Entry<Event>[] {
  return timeline.entries.between(at + 1, timeline.entries.length);
}

function recordedBranches(
  branches: readonly StoryBranch[],
  shown: (entries: readonly Entry<Event>[]) => readonly Entry<Event>[],
  of?: string,
): readonly RecordedBranch[] {
  return branches.flatMap((branch) => {
    const { name, step, inner } = branch;
    const own = { name, ...(of !== undefined && { of }), step, entries: shown(ownEntries(branch)) };
    return [own, ...recordedBranches(inner, shown, name)];
  });
}

/** Wherever it stands in an entry. */
function redacted(entry: Entry<Event>, redact: (text: string) => string): Entry<Event> {
  const hide = (_: string, value: unknown): unknown => (typeof value === 'string' ? redact(value) : value);
  return JSON.parse(JSON.stringify(entry), hide) as Entry<Event>;
}
