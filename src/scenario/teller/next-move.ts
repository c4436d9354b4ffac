import type { StoryRow } from '../../cluster/contract/client-rows.ts';
import type { View } from '../../cluster/contract/component.ts';
import type { StoryEvent } from '../../cluster/contract/story-event.ts';
import { formatGoDuration } from '../../kernel/time/go-duration.ts';
import type { Millis } from '../../kernel/time/millis.ts';
import type { Scenario, Step } from '../scenario.ts';
import { beginStep } from './begin-step.ts';
import { brokenNow, ending, judgedAtLast } from './ending.ts';
import { giveUp } from './give-up.ts';
import { judgeNext } from './judge-next.ts';
import { quoteText } from './quote-text.ts';
import { type Move, ownCommand, type Telling } from './telling.ts';
import { trafficTold } from './traffic-moves.ts';

/**
 * The next move of a story, not before `from`; undefined when it waits for something to happen, without a
 * limit, or is over. It follows from the story's row, the command's row and the objects alone.
 */
export function nextMove(scenario: Scenario, view: View, from: Millis): Move | undefined {
  const story = view.rows.row('story', 'story');
  if (!story) return { at: from, cause: null, events: [opening(scenario)] };
  if (story.ended || story.own !== undefined) return undefined;
  const branch = branching(scenario, story);
  if (branch) return { at: from, cause: null, events: [branch] };
  const step = scenario.steps[story.step - 1];
  if (!step) return beginNext({ scenario, story, view }, from);
  const telling: Telling = { scenario, story, step, view };
  return (
    awaitCommand(telling, from) ??
    letTimePass(telling, from) ??
    judgeNext(telling, from) ??
    beginNext(telling, from)
  );
}

/** The first that a branch tells, in its own log. */
function branching({ branch: name, steps }: Scenario, { branch, step }: StoryRow): StoryEvent | undefined {
  if (name === undefined || branch === name) return undefined;
  return { type: 'BranchBegan', name, text: steps[step - 1]?.text ?? {}, steps: steps.length };
}

function opening({ name, title, steps, isOpen }: Scenario): StoryEvent {
  return { type: 'ScenarioOpened', name, title, steps: isOpen ? 0 : steps.length };
}

/** While the step's command runs, only the end of patience is due. */
function awaitCommand(telling: Telling, from: Millis): Move | undefined {
  const { story, step } = telling;
  const row = ownCommand(telling);
  if (!step.run || step.run.background || !row || row.exitCode !== undefined) return undefined;
  const { timeoutMs } = step.run;
  const missed: StoryEvent = {
    type: 'ExpectationMissed',
    step: story.step,
    part: story.judged,
    what: `the command ends within ${formatGoDuration(timeoutMs)}`,
    why: `it still runs${row.stdout === '' ? '' : `, and has printed:\n${quoteText(row.stdout)}`}`,
  };
  const at = Math.max(from, row.typedAt + timeoutMs);
  return { at, cause: null, events: at > from ? [] : [missed, ...giveUp(telling, { at, from })] };
}

/** A wait leaves no entry: when it is over, the story just goes on. */
function letTimePass({ story, step }: Telling, from: Millis): Move | undefined {
  const until = story.stepBeganAt + (step.waitMs ?? 0);
  return from < until ? { at: until, cause: null, events: [] } : undefined;
}

function beginNext({ scenario, story, view }: Omit<Telling, 'step'>, from: Millis): Move | undefined {
  const number = story.step + 1;
  const step = scenario.steps[number - 1];
  if (!step && scenario.isOpen) return undefined;
  if (!step) {
    const broken = story.phase === 'teardown' ? [] : brokenNow(scenario, view, from);
    const events = ending({ scenario, story, view }, { at: from, from, missed: 0, broken });
    return { at: from, cause: broken[0]?.cause ?? null, events };
  }
  const at = Math.max(from, step.at ?? 0);
  const begun = beginStep(step, { number, story, view, at });
  // What is expected after a step is expected of it.
  const isOfStep = step.kind === 'expect' || step.kind === 'capture';
  const news = isOfStep ? [] : trafficTold(view, { at, from });
  // Before it is taken down, it is known what of the story came to be.
  const isOver = step.phase === 'teardown' && story.phase !== 'teardown' && at === from;
  const over = isOver ? judgedAtLast({ scenario, story, view }, { at, from }) : [];
  const events = [...(isOver ? over : news), ...lateness(step, number, at), ...begun];
  return { at, cause: null, events };
}

/** A step whose time has passed begins now, and the story says so: the scenario's plan does not work out. */
function lateness({ at: planned }: Step, step: number, at: Millis): readonly StoryEvent[] {
  // Steps follow one another a millisecond apart.
  if (planned === undefined || at <= planned + 1) return [];
  const message = `it was to begin at ${formatGoDuration(planned)}, and the story is at ${formatGoDuration(at)} already`;
  return [{ type: 'NoticeGiven', about: `step ${step}`, message }];
}
