import type { Localized, Question } from '../../cluster/contract/story-event.ts';
import type { JsonObject } from '../../cluster/objects/json.ts';
import { HOUR, type Millis } from '../../kernel/time/millis.ts';
import type { CaptureSource, Command, Part, Step } from '../scenario.ts';
import { commandOfStep } from '../teller/command-of-step.ts';
import { compileNode } from './compile-cluster.ts';
import { type Around, compileConditions, resourceCondition } from './compile-condition.ts';
import { millisOf } from './compile-duration.ts';
import { compileTraffic, nameOfTraffic } from './compile-traffic.ts';
import { compileFault, nameOfFault } from './faults.ts';
import { localized } from './localized.ts';
import type { QuizDocument } from './schema/quiz-schema.ts';
import type { ExpectationDocument, StepDocument } from './schema/scenario-schema.ts';
import { stepKind } from './step-kind.ts';
import type { PlacedStep } from './stories.ts';

/** How long a step waits for its command or for what it waits until, when it does not say. */
const PATIENCE_MS = HOUR;

/** A step of a story, by its index in it. */
export function compileStep(steps: readonly PlacedStep[], index: number, around: Around): Step {
  const placed = steps[index];
  if (!placed) throw new Error(`a story of ${steps.length} steps has no step ${index + 1}`);
  return stepOf(placed, aroundStep(steps, index, around));
}

/** What a step can speak of besides: the commands that names were captured from, its own included. */
export function aroundStep(steps: readonly PlacedStep[], last: number, around: Around): Around {
  const commands: Record<string, string> = {};
  let command: string | undefined;
  for (const [index, { step }] of steps.slice(0, last + 1).entries()) {
    const { run, capture = {} } = step;
    if (run !== undefined) command = commandOfStep(index + 1);
    if (command === undefined) continue;
    for (const name of Object.keys(capture)) commands[name] = command;
  }
  return { ...around, commands, step: last };
}

function stepOf(placed: PlacedStep, around: Around): Step {
  const { step, phase } = placed;
  const kind = stepKind(step);
  const run = step.run === undefined ? undefined : compileCommand(step.run, step);
  return {
    kind,
    ...(phase && { phase }),
    text: step.say === undefined ? nameOf(step, kind, around) : localized(step.say),
    told: step.say !== undefined,
    ...(step.at === undefined ? {} : { at: millisOf(step.at) }),
    ...(run ? { run } : {}),
    ...(step.traffic ? { traffic: compileTraffic(step.traffic, around.settings) } : {}),
    ...(step.fault ? { fault: compileFault(step.fault) } : {}),
    ...(step.join ? { join: compileNode(step.join) } : {}),
    ...(step.checkpoint === undefined ? {} : { checkpoint: step.checkpoint }),
    ...(step.quiz ? { quiz: compileQuiz(step.quiz) } : {}),
    ...(typeof step.wait === 'string' ? { waitMs: millisOf(step.wait) } : {}),
    parts: [...compileParts(placed, around)],
  };
}

function compileQuiz({ ask, choices, answer, explain }: QuizDocument): Question {
  return {
    ask: localized(ask),
    ...(choices && { choices: choices.map(localized) }),
    answer: typeof answer === 'string' ? [answer] : answer,
    ...(explain !== undefined && { explain: localized(explain) }),
  };
}

/** What a step without words of its own is called. */
function nameOf(step: StepDocument, kind: Step['kind'], around: Around): Localized {
  const { run, traffic, fault, join, wait, capture, checkpoint, branch, quiz } = step;
  if (quiz !== undefined) return localized(quiz.ask);
  if (branch !== undefined) return { en: `what if: ${branch.name}` };
  if (checkpoint !== undefined) return { en: `checkpoint ${checkpoint}` };
  if (traffic !== undefined) return { en: nameOfTraffic(traffic) };
  if (fault !== undefined) return { en: nameOfFault(fault) };
  if (join !== undefined) return { en: `the machine ${join.name} joins` };
  if (run !== undefined) return { en: run };
  if (typeof wait === 'string') return { en: `wait ${wait}` };
  if (wait !== undefined) return { en: `wait until ${compileConditions(wait.until, around).what}` };
  if (capture !== undefined) return { en: `capture ${Object.keys(capture).join(', ')}` };
  return { en: kind };
}

function compileCommand(line: string, { background = false, timeout, on }: StepDocument): Command {
  const timeoutMs = timeout === undefined ? PATIENCE_MS : millisOf(timeout);
  return { line, background, timeoutMs, ...(on !== undefined && { on }) };
}

function* compileParts({ step, path: at }: PlacedStep, around: Around): Generator<Part> {
  const expectations = expectationList(step.expect);
  const saysHow = expectations.some(({ exitCode }) => exitCode !== undefined);
  if (step.run !== undefined && !step.background && !saysHow) yield { kind: 'success' };
  if (typeof step.wait === 'object') {
    const { until, timeout } = step.wait;
    const timeoutMs = timeout === undefined ? PATIENCE_MS : millisOf(timeout);
    const path = [...at, 'wait', 'until'];
    yield { kind: 'until', timeoutMs, path, ...lastingOf(until), ...compileConditions(until, around) };
  }
  for (const [name, source] of Object.entries(step.capture ?? {})) {
    yield { kind: 'capture', name, from: captureSource(source, around) };
  }
  for (const [index, expectation] of expectations.entries()) {
    const path = [...at, 'expect', ...(Array.isArray(step.expect) ? [index] : [])];
    yield* compileExpectation(expectation, around, path);
  }
}

function captureSource(source: NonNullable<StepDocument['capture']>[string], around: Around): CaptureSource {
  if (typeof source === 'string') return { all: source === 'output' ? 'stdout' : source };
  if (!('jsonpath' in source)) return source;
  const { jsonpath, resource } = source;
  return {
    jsonpath,
    ...(resource && { resource: resourceCondition(resource as JsonObject, around) }),
  };
}

export function expectationList(expect: StepDocument['expect']): readonly ExpectationDocument[] {
  if (expect === undefined) return [];
  return Array.isArray(expect) ? expect : [expect];
}

function* compileExpectation(
  expectation: ExpectationDocument,
  around: Around,
  path: readonly (string | number)[],
): Generator<Part> {
  const { within, until } = expectation;
  const wanted = compileConditions(expectation, around);
  if (wanted.conditions.length === 0) return;
  yield {
    kind: 'expect',
    path,
    withinMs: within === undefined ? 0 : millisOf(within),
    ...lastingOf(expectation),
    ...(until && { until: compileConditions(until, around) }),
    ...wanted,
  };
}

function lastingOf({ for: lasting }: { readonly for?: string | undefined }): { readonly forMs?: Millis } {
  return lasting === undefined ? {} : { forMs: millisOf(lasting) };
}
