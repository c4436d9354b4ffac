import type { Localized } from '../../cluster/contract/story-event.ts';
import { HOUR } from '../../kernel/time/millis.ts';
import type { Command, Invariant, Part, Step, Wanted } from '../scenario.ts';
import { compileNode } from './compile-cluster.ts';
import { type Around, compileConditions } from './compile-condition.ts';
import { millisOf } from './compile-duration.ts';
import { compileTraffic, nameOfTraffic } from './compile-traffic.ts';
import { compileFault, nameOfFault } from './faults.ts';
import { localized } from './localized.ts';
import type { ExpectationDocument, ScenarioDocument, StepDocument } from './schema/scenario-schema.ts';
import { stepKind } from './step-kind.ts';

/** How long a step waits for its command or for what it waits until, when it does not say. */
const PATIENCE_MS = HOUR;

export function compileSteps({ steps }: ScenarioDocument, around: Around): readonly Step[] {
  return steps.map((step) => compileStep(step, around));
}

export function compileInvariants({ always = [] }: ScenarioDocument, around: Around): readonly Invariant[] {
  return always.flatMap((document) => {
    const { what, conditions } = compileConditions(document, around);
    return conditions.flatMap((condition) =>
      condition.of === 'resource' || condition.of === 'event' || condition.of === 'traffic'
        ? [{ what, condition }]
        : [],
    );
  });
}

function compileStep(step: StepDocument, around: Around): Step {
  const kind = stepKind(step);
  const run = step.run === undefined ? undefined : compileCommand(step.run, step);
  return {
    kind,
    text: step.say === undefined ? nameOf(step, kind, around) : localized(step.say),
    told: step.say !== undefined,
    ...(step.at === undefined ? {} : { at: millisOf(step.at) }),
    ...(run ? { run } : {}),
    ...(step.traffic ? { traffic: compileTraffic(step.traffic, around.settings) } : {}),
    ...(step.fault ? { fault: compileFault(step.fault) } : {}),
    ...(step.join ? { join: compileNode(step.join) } : {}),
    ...(typeof step.wait === 'string' ? { waitMs: millisOf(step.wait) } : {}),
    parts: [...compileParts(step, around)],
  };
}

/** What a step without words of its own is called. */
function nameOf(step: StepDocument, kind: Step['kind'], around: Around): Localized {
  const { run, traffic, fault, join, wait, capture } = step;
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

function* compileParts(step: StepDocument, around: Around): Generator<Part> {
  const expectations = expectationList(step.expect);
  const saysHow = expectations.some(({ exitCode }) => exitCode !== undefined);
  if (step.run !== undefined && !step.background && !saysHow) yield { kind: 'success' };
  if (typeof step.wait === 'object') {
    const { until, timeout } = step.wait;
    const timeoutMs = timeout === undefined ? PATIENCE_MS : millisOf(timeout);
    yield { kind: 'until', timeoutMs, ...compileConditions(until, around) };
  }
  for (const [name, source] of Object.entries(step.capture ?? {})) {
    yield { kind: 'capture', name, from: source };
  }
  for (const expectation of expectations) yield compileExpectation(expectation, around);
}

function expectationList(expect: StepDocument['expect']): readonly ExpectationDocument[] {
  if (expect === undefined) return [];
  return Array.isArray(expect) ? expect : [expect];
}

function compileExpectation(
  { within, ...expectation }: ExpectationDocument,
  around: Around,
): { readonly kind: 'expect'; readonly withinMs: number } & Wanted {
  return {
    kind: 'expect',
    withinMs: within === undefined ? 0 : millisOf(within),
    ...compileConditions(expectation, around),
  };
}
