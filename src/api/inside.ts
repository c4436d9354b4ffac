import type { Event } from '../cluster/contract/event.ts';
import type { Entry } from '../kernel/log/entry.ts';
import { createTimeline, type Timeline } from '../replay/timeline.ts';
import type { StepDocument } from '../scenario/language/schema/scenario-schema.ts';
import type { Missed } from '../scenario/play.ts';
import type { Failure } from '../suite/case.ts';
import { explainMiss } from '../suite/explain-miss.ts';
import { openLine } from '../suite/run-case.ts';
import type { GrowingStory, TellOptions } from './growing-story.ts';
import { logPath, saveLog } from './save.ts';
import { StoryFailed } from './story-failed.ts';

/** Where a cluster stands in the host's world. */
export interface Around {
  readonly name: string;
  /** Where the log of a failure is left; false: nowhere. */
  readonly logs: string | false;
  /** The folder from which paths are seen. */
  readonly root: string;
}

/** What a cluster is made of. */
export interface Inside {
  readonly story: GrowingStory;
  readonly around: Around;
  /** The log in time, as far as it has come. */
  timeline(): Timeline;
  /** Tells a step. Throws StoryFailed for what was missed meanwhile. */
  tell(step: StepDocument, options?: TellOptions): void;
  /** Throws StoryFailed for what was missed from an entry on. */
  demandNoMiss(first: number): void;
  /** Leaves the log, and throws StoryFailed. */
  fail(failure: Failure): never;
  /** Leaves the log where failures leave theirs; the command line that opens the player at an entry of it. */
  leaveLog(seq: number): string | undefined;
  branch(story: GrowingStory): Inside;
}

export function createInside(story: GrowingStory, around: Around): Inside {
  let timeline: Timeline | undefined;
  let forks = 0;
  const inside: Inside = {
    story,
    around,
    timeline() {
      timeline ??= createTimeline();
      for (const entry of story.log().slice(timeline.entries.length)) timeline.append(entry);
      return timeline;
    },
    tell: (step, options) => inside.demandNoMiss(story.tell(step, options)),
    demandNoMiss(first) {
      const missed = story
        .log()
        .slice(first - 1)
        .filter(isMissed);
      if (missed.length > 0) throw new StoryFailed(missed.map((entry) => explained(inside, entry)));
    },
    fail(failure) {
      const open = inside.leaveLog(story.log().length);
      throw new StoryFailed([{ ...failure, ...(open !== undefined && { open }) }]);
    },
    leaveLog(seq) {
      if (around.logs === false) return undefined;
      return openLine({ path: saveLog(story, logPath(around.logs, around.name)) }, seq);
    },
    branch: (other) => createInside(other, { ...around, name: `${around.name} fork ${++forks}` }),
  };
  return inside;
}

type MissedEntry = Entry<Event> & { readonly event: Missed };

function isMissed(entry: Entry<Event>): entry is MissedEntry {
  return entry.event.type === 'ExpectationMissed' || entry.event.type === 'InvariantBroken';
}

function explained(inside: Inside, entry: MissedEntry): Failure {
  const { story } = inside;
  const open = inside.leaveLog(entry.seq);
  const failure = explainMiss(entry, entry.event, {
    timeline: inside.timeline(),
    scenario: story.scenario(),
    language: 'en',
    open: () => open ?? '',
  });
  const { open: _, step, what, why, ...rest } = failure;
  const line = step === undefined ? undefined : story.document().steps[step - 1]?.run;
  return {
    ...rest,
    what: line === undefined ? what : `$ ${line}: ${what}`,
    why: why.replace(IF_MEANT, 'if that is meant, say run(…, { exitCode: … })'),
    ...(open !== undefined && { open }),
  };
}

/** What a scenario writes where a test writes something else. */
const IF_MEANT = /if that is meant, say expect: .*$/m;
