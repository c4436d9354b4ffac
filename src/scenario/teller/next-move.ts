import type { StoreEvent } from '../../cluster/contract/api-event.ts';
import type { CommandRow, StoryRow } from '../../cluster/contract/client-rows.ts';
import type { View } from '../../cluster/contract/component.ts';
import type { MachineEvent } from '../../cluster/contract/machine-event.ts';
import type { StoryEvent } from '../../cluster/contract/story-event.ts';
import type { TrafficEvent } from '../../cluster/contract/traffic-rows.ts';
import { machineJoined } from '../../cluster/node/machines-installed.ts';
import { formatGoDuration } from '../../kernel/time/go-duration.ts';
import type { Millis } from '../../kernel/time/millis.ts';
import { withCaptured } from '../language/captured-names.ts';
import type { Scenario, Step } from '../scenario.ts';
import { capture } from './capture.ts';
import { commandOfStep } from './command-of-step.ts';
import { faultEvents } from './fault-events.ts';
import { judge } from './judge.ts';
import { quoteText } from './quote-text.ts';
import { trafficOrdered, trafficTold } from './traffic-moves.ts';
import type { Judging } from './verdict.ts';
import { invariantKeys, type WatchTold, watchInvariant } from './watch-invariants.ts';

/** What the teller does next, and when. */
export interface Move {
  readonly at: Millis;
  readonly cause: number | null;
  readonly events: readonly TellerEvent[];
}

type TellerEvent = StoryEvent | TrafficEvent | MachineEvent | StoreEvent;

/**
 * The next move of a story, not before `from`; undefined when it waits for something to happen, without a
 * limit, or is over. It follows from the story's row, the command's row and the objects alone.
 */
export function nextMove(scenario: Scenario, view: View, from: Millis): Move | undefined {
  const story = view.rows.row('story', 'story');
  if (!story) return { at: from, cause: null, events: [opening(scenario)] };
  if (story.ended || story.own !== undefined) return undefined;
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

/** The part of a step that is judged next; undefined when all are. */
export function currentPart(
  step: Step,
  story: StoryRow,
  command: CommandRow | undefined,
): Step['parts'][number] | undefined {
  const part = step.parts[story.judged];
  // That a command did not fail is worth no entry.
  return part?.kind === 'success' && command?.exitCode === 0 ? step.parts[story.judged + 1] : part;
}

type Ending = Pick<Telling, 'scenario' | 'story' | 'view'>;

interface Telling {
  readonly scenario: Scenario;
  readonly story: StoryRow;
  readonly step: Step;
  readonly view: View;
}

function opening({ name, title, steps }: Scenario): StoryEvent {
  return { type: 'ScenarioOpened', name, title, steps: steps.length };
}

function ownCommand({ story, step, view }: Telling): CommandRow | undefined {
  return step.run && view.rows.row('commands', commandOfStep(story.step));
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
  return { at, cause: null, events: at > from ? [] : [missed, ...ending(telling, { at, from }, 1)] };
}

/** A wait leaves no entry: when it is over, the story just goes on. */
function letTimePass({ story, step }: Telling, from: Millis): Move | undefined {
  const until = story.stepBeganAt + (step.waitMs ?? 0);
  return from < until ? { at: until, cause: null, events: [] } : undefined;
}

function judgeNext(telling: Telling, from: Millis): Move | undefined {
  const { story, step, view } = telling;
  const row = ownCommand(telling);
  const part = currentPart(step, story, row);
  if (!part) return undefined;
  const place = { step: story.step, part: step.parts.indexOf(part) };
  const began = Math.max(story.toldAt, row?.endedAt ?? 0, story.stepBeganAt + (step.waitMs ?? 0));
  const judging: Judging = {
    view,
    at: began,
    captured: story.captured,
    ...(story.command === undefined ? {} : { command: story.command }),
  };
  if (part.kind === 'success') {
    const verdict = judge([{ of: 'exitCode', wanted: 0 }], judging);
    const why = verdict.holds ? '' : `${verdict.why}\nif that is meant, say expect: { exitCode: … }`;
    return {
      at: from,
      cause: verdict.cause ?? null,
      events: [{ type: 'ExpectationMissed', ...place, what: 'exit code 0', why }],
    };
  }
  if (part.kind === 'capture') {
    return { at: from, cause: null, events: [capture(part, place, judging)] };
  }
  const what = withCaptured(part.what, story.captured);
  const verdict = judge(part.conditions, judging);
  if (verdict.holds)
    return { at: from, cause: verdict.cause, events: [{ type: 'ExpectationMet', ...place, what }] };
  const patience = part.kind === 'until' ? part.timeoutMs : part.withinMs;
  const limit = patience > 0 ? ` within ${formatGoDuration(patience)}` : '';
  const missed: StoryEvent = {
    type: 'ExpectationMissed',
    ...place,
    what: `${what}${limit}`,
    why: verdict.why,
  };
  const at = Math.max(from, began + patience);
  const cause = verdict.cause ?? null;
  // How the story would end is worth finding out only when it does.
  if (at > from || part.kind !== 'until') return { at, cause, events: [missed] };
  return { at, cause, events: [missed, ...ending(telling, { at, from }, 1)] };
}

function beginNext({ scenario, story, view }: Ending, from: Millis): Move {
  const number = story.step + 1;
  const step = scenario.steps[number - 1];
  if (!step) {
    const broken = brokenNow(scenario, view);
    const events = ending({ scenario, story, view }, { at: from, from }, 0, broken);
    return { at: from, cause: broken[0]?.cause ?? null, events };
  }
  const at = Math.max(from, step.at ?? 0);
  const begun = beginning(step, { number, story, view, at });
  // What is expected after a step is expected of it.
  const isOfStep = step.kind === 'expect' || step.kind === 'capture';
  const news = isOfStep ? [] : trafficTold(view, { at, from });
  const events = [...news, ...lateness(step, number, at), ...begun];
  return { at, cause: null, events };
}

interface Beginning {
  readonly number: number;
  readonly story: StoryRow;
  readonly view: View;
  readonly at: Millis;
}

function beginning(
  { kind, text, told, run, traffic, fault, join }: Step,
  { number: step, story, view, at }: Beginning,
): readonly TellerEvent[] {
  const { captured } = story;
  const words = Object.fromEntries(
    Object.entries(text).map(([language, each]) => [language, withCaptured(each, captured)]),
  );
  const began: StoryEvent = { type: 'StepBegan', step, kind, text: words, ...(told && { told }) };
  if (traffic) return [began, trafficOrdered(traffic, captured, at)];
  if (fault) return [began, ...faultEvents(fault, view, at)];
  if (join) return [began, machineJoined(view, join, at)];
  if (!run) return [began];
  const command = commandOfStep(step);
  const line = withCaptured(run.line, captured);
  const { on, background } = run;
  const how = { ...(on !== undefined && { on }), ...(background && { background: true as const }) };
  return [began, { type: 'CommandTyped', command, line, ...how }];
}

/** A step whose time has passed begins now, and the story says so: the scenario's plan does not work out. */
function lateness({ at: planned }: Step, step: number, at: Millis): readonly StoryEvent[] {
  // Steps follow one another a millisecond apart.
  if (planned === undefined || at <= planned + 1) return [];
  const message = `it was to begin at ${formatGoDuration(planned)}, and the story is at ${formatGoDuration(at)} already`;
  return [{ type: 'NoticeGiven', about: `step ${step}`, message }];
}

/** What the last command did at this very instant: the story ends before whoever watches has looked. */
function brokenNow(scenario: Scenario, view: View): readonly WatchTold[] {
  const broken = new Map<number, WatchTold>();
  for (const key of invariantKeys(scenario, view)) {
    const told = watchInvariant(scenario, view, key);
    if (told?.event.type !== 'InvariantBroken' || broken.has(told.event.invariant)) continue;
    broken.set(told.event.invariant, told);
  }
  return [...broken.values()];
}

/** The end, and what was never so: an invariant that nothing ever met has shown nothing. */
function ending(
  { scenario, story, view }: Ending,
  time: Parameters<typeof trafficTold>[1],
  missed: number,
  broken = brokenNow(scenario, view),
): readonly StoryEvent[] {
  const idle = scenario.always.flatMap(({ what }, invariant): readonly StoryEvent[] => {
    if (story.invariants[String(invariant)] !== undefined) return [];
    const why = 'it never came to be so: no object like that was there from the beginning to the end';
    return [{ type: 'InvariantBroken', invariant, what, why }];
  });
  return [
    ...trafficTold(view, time),
    ...broken.map(({ event }) => event),
    ...idle,
    { type: 'ScenarioEnded', passed: story.missed + missed + broken.length + idle.length === 0 },
  ];
}
