import type { Event } from '../../cluster/contract/event.ts';
import type { Entry } from '../../kernel/log/entry.ts';
import type { LogHeader } from '../../kernel/log/log-format.ts';
import { createTimeline, type Timeline } from '../../replay/timeline.ts';
import { type Asides, branchesTold } from '../../report/branch-story.ts';
import { formatClock } from '../../report/clock.ts';
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
  const redact = isRedacted ? redactor(log) : (text: string): string => text;
  const shown = isRedacted ? log.map((entry) => redacted(entry, redact)) : log;
  const timeline = createTimeline(shown);
  timeline.finish();
  const asidesIn = (language: string): Asides => branchesTold(log, ground?.scenario, language).asides;
  return { name, log: shown, asidesIn, header: origin.header, timeline, redact };
}

/** Wherever it stands in the log. */
function redacted(entry: Entry<Event>, redact: (text: string) => string): Entry<Event> {
  return JSON.parse(redact(JSON.stringify(entry))) as Entry<Event>;
}
