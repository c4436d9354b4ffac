import type { Deed } from '../../contract/component.ts';
import type { Response } from '../../contract/response.ts';
import { expandWord } from './expand-words.ts';
import type { Capture, Exit, Progress } from './progress.ts';
import { prepare } from './run-pipeline.ts';
import type { Compound, Loop } from './shell-line.ts';

/** Rounds that a loop may go at one instant: one that never waits would go round for ever. */
const ROUNDS_MAX = 10_000;

/** Loops and choices. */
export function* runCompound(step: Compound, progress: Progress, capture: Capture | undefined): Exit {
  switch (step.type) {
    case 'group':
      return yield* progress.runLists(step.body, progress, capture);
    case 'if': {
      for (const { condition, body } of step.branches) {
        const holds = yield* progress.runLists(condition, progress, capture);
        if (holds === undefined) return undefined;
        progress.status = holds;
        if (holds === 0) return yield* progress.runLists(body, progress, capture);
      }
      return step.otherwise === undefined ? 0 : yield* progress.runLists(step.otherwise, progress, capture);
    }
    default:
      return yield* runLoop(step, progress, capture);
  }
}

/**
 * A loop remembers how often it has gone round, and forgets what ran in rounds that are over: so what a line
 * remembers does not grow with its rounds.
 */
function* runLoop(loop: Loop, progress: Progress, capture: Capture | undefined): Exit {
  const values = loop.type === 'for' ? yield* valuesOf(loop, progress) : undefined;
  if (loop.type === 'for' && values === undefined) return undefined;
  const number = progress.next;
  progress.next += 1;
  const before = progress.finished[number];
  if (before !== undefined) {
    if (capture !== undefined) capture.text += before.captured ?? '';
    if (before.loop !== undefined) progress.variables = new Map(Object.entries(before.loop.variables));
    else return before.exitCode;
  }
  const start = capture === undefined ? 0 : capture.text.length - (before?.captured ?? '').length;
  let rounds = before?.loop?.rounds ?? 0;
  let exitCode = before?.exitCode ?? 0;
  const remember = (isOver: boolean): void => {
    const variables = Object.fromEntries(progress.variables);
    const captured = capture === undefined ? {} : { captured: capture.text.slice(start) };
    const going = isOver ? {} : { loop: { rounds, variables } };
    progress.finished.splice(number, Number.POSITIVE_INFINITY, { exitCode, ...captured, ...going });
    progress.next = number + 1;
  };
  if (before === undefined) remember(false);
  for (const most = rounds + ROUNDS_MAX; ; rounds += 1, remember(false)) {
    if (rounds >= most) {
      progress.shell.write(
        'stderr',
        `bash: a loop went round ${ROUNDS_MAX} times without waiting, and is stopped\n`,
      );
      exitCode = 1;
      break;
    }
    const goesOn = yield* beginRound(loop, { progress, capture, value: values?.[rounds] });
    if (goesOn === undefined) return undefined;
    if (!goesOn) break;
    const ended = yield* progress.runLists(loop.body, progress, capture);
    if (ended === undefined) return undefined;
    exitCode = progress.status = ended;
  }
  remember(true);
  return exitCode;
}

function* valuesOf(
  { words }: Extract<Loop, { type: 'for' }>,
  progress: Progress,
): Generator<Deed, readonly string[] | undefined, Response> {
  const expansions = yield* prepare(words, progress);
  return expansions && words.flatMap((word) => expandWord(word, expansions));
}

interface Round {
  readonly progress: Progress;
  readonly capture: Capture | undefined;
  /** Of a `for`; absent after the last. */
  readonly value: string | undefined;
}

function* beginRound(loop: Loop, { progress, capture, value }: Round) {
  if (loop.type === 'for') {
    if (value !== undefined) progress.variables.set(loop.name, value);
    return value !== undefined;
  }
  const condition = yield* progress.runLists(loop.condition, progress, capture);
  if (condition === undefined) return undefined;
  progress.status = condition;
  return (condition === 0) !== loop.isUntil;
}
