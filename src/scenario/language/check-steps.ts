import {
  checkCommand,
  filesWritten,
  leavesFolder,
} from '../../cluster/clients/command-line/check-command.ts';
import type { CommandProblem } from '../../cluster/clients/command-line/command-problem.ts';
import type { Files } from '../../cluster/clients/files.ts';
import type { JsonObject } from '../../cluster/objects/json.ts';
import { nearMiss } from '../../cluster/objects/shape/near-miss.ts';
import { nameUses } from './captured-names.ts';
import { type ConditionContext, checkCondition, checkTemplate } from './check-condition.ts';
import { checkExpectation } from './check-expectation.ts';
import { checkPattern, checkRegularExpression, resourceOfPattern } from './check-pattern.ts';
import type { Diagnostic, DiagnosticCode } from './diagnostic.ts';
import type { Report } from './report.ts';
import type { ExpectationDocument, StepDocument } from './schema/scenario-schema.ts';
import type { Path } from './span-at.ts';
import type { PlacedStep } from './stories.ts';

export interface StepsContext extends Omit<ConditionContext, 'path' | 'captured'> {
  readonly files: Files;
  /** Lines are typed on a machine of the cluster, which has a control plane of its own. */
  readonly onMachine: boolean;
  /** The names of all nodes that the story ever has. */
  readonly nodes: readonly string[];
}

/** Reports what is wrong with the steps though their shape is right. */
export function checkSteps(steps: readonly PlacedStep[], context: StepsContext): void {
  const everCaptured = new Set(steps.flatMap(({ step }) => Object.keys(step.capture ?? {})));
  const captured = new Set<string>();
  let hasRun = false;
  let files: Files | undefined = context.files;
  for (const at of steps) {
    const { step } = at;
    checkKeys(at, context.report);
    checkNames(at, { captured, everCaptured, report: context.report });
    if (step.run !== undefined) checkLine(step.run, at, context, files);
    for (const [name, source] of Object.entries(step.capture ?? {})) {
      checkSource(source, [...at.path, 'capture', name], context);
      captured.add(name);
    }
    if (typeof step.wait === 'object') {
      const path = [...at.path, 'wait', 'until'];
      checkCondition(step.wait.until, { ...context, captured, path, ofCluster: true });
    }
    checkExpectations(at, { ...context, captured });
    hasRun ||= step.run !== undefined;
    if (!hasRun) checkHasOutput(at, context.report);
    if (step.run === undefined || step.on !== undefined) continue;
    files = leavesFolder(step.run) ? undefined : files && { ...files, ...filesWritten(step.run) };
  }
}

interface Place {
  readonly step: StepDocument;
  readonly path: Path;
}

/** The expectations of a step, each with its path: there may be one, or a list of them. */
function expectationsOf({ step, path }: Place): readonly (readonly [ExpectationDocument, Path])[] {
  const { expect } = step;
  if (expect === undefined) return [];
  if (!Array.isArray(expect)) return [[expect, [...path, 'expect']]];
  return expect.map((each, index) => [each, [...path, 'expect', index]]);
}

function checkExpectations(at: Place, context: Omit<ConditionContext, 'path'>): void {
  for (const [expectation, path] of expectationsOf(at)) checkExpectation(expectation, { ...context, path });
}

function checkSource(
  source: NonNullable<StepDocument['capture']>[string],
  path: Path,
  { report, words }: StepsContext,
): void {
  if (typeof source === 'string') return;
  if ('line' in source) {
    checkRegularExpression(source.line, { path: [...path, 'line'], report });
    return;
  }
  checkTemplate(source.jsonpath, [...path, 'jsonpath'], report, 'value');
  if (!source.resource) return;
  const context = { path: [...path, 'resource'], report };
  const resource = resourceOfPattern(source.resource as JsonObject, words.resources, context);
  if (resource) checkPattern(source.resource as JsonObject, resource, context);
}

/** What a step can consist of. */
const PARTS = [
  ...(['say', 'run', 'traffic', 'fault', 'join', 'wait', 'capture', 'expect'] as const),
  ...(['checkpoint', 'branch', 'quiz'] as const),
] as const;

/** What fills a step of its own. */
const ALONE = [
  ['fault', 'a step with a fault does nothing else'],
  ['join', 'a step at which a machine joins does nothing else'],
  ['traffic', 'a step with traffic only starts or stops a client'],
  ['branch', 'a step with a branch does nothing else'],
  ['quiz', 'a step with a quiz only asks'],
  ['checkpoint', 'a checkpoint is an instant, and what a step does takes time'],
] as const;

/** What can't stand beside that. */
const ACTS = ['run', 'wait', 'traffic', 'fault', 'join', 'branch', 'quiz', 'checkpoint'] as const;

function checkKeys({ step, path }: Place, report: Report): void {
  const { run, wait } = step;
  if (PARTS.every((key) => step[key] === undefined)) {
    report('empty-step', path, {
      message: 'nothing happens at this step',
      hint: `give it ${PARTS.slice(0, -1).join(', ')} or ${PARTS.at(-1)}`,
    });
  }
  if (run !== undefined && wait !== undefined) {
    const hint = 'put the wait in a step of its own, before or after this one';
    report('conflicting-keys', [...path, 'wait'], {
      message: 'a step that runs a command cannot also wait',
      hint,
      aim: 'key',
    });
  }
  const alone = ALONE.find(([key]) => step[key] !== undefined);
  for (const key of ACTS) {
    if (!alone || key === alone[0] || step[key] === undefined) continue;
    report('conflicting-keys', [...path, key], {
      message: alone[1],
      hint: `put "${key}" in a step of its own`,
      aim: 'key',
    });
  }
  for (const key of ['background', 'timeout', 'on'] as const) {
    if (step[key] === undefined || run !== undefined) continue;
    const message = `"${key}" is of a command, and this step runs none`;
    const hint =
      key === 'timeout' && wait !== undefined
        ? 'write wait: { until: …, timeout: … }'
        : 'take it away, or add run';
    report('conflicting-keys', [...path, key], { message, hint, aim: 'key' });
  }
  if (step.background && step.timeout !== undefined) {
    const message = 'nobody waits for a command in the background';
    report('conflicting-keys', [...path, 'timeout'], { message, hint: 'take the timeout away', aim: 'key' });
  }
}

/** What speaks of output before any command has been typed. */
function checkHasOutput({ step, path }: Place, report: Report): void {
  const hint = 'put it into the step of the command, or after it';
  if (Object.values(step.capture ?? {}).some(isOfOutput)) {
    report('conflicting-keys', [...path, 'capture'], {
      message: 'no command has been typed yet',
      hint,
      aim: 'key',
    });
  }
  for (const [expectation, place] of expectationsOf({ step, path })) {
    for (const key of ['output', 'stderr', 'exitCode', 'jsonpath'] as const) {
      if (expectation[key] === undefined || (key === 'jsonpath' && expectation.resource)) continue;
      report('conflicting-keys', [...place, key], {
        message: 'no command has been typed yet',
        hint,
        aim: 'key',
      });
    }
  }
}

function isOfOutput(source: NonNullable<StepDocument['capture']>[string]): boolean {
  return typeof source === 'string' || !('resource' in source);
}

interface NamesContext {
  readonly captured: ReadonlySet<string>;
  readonly everCaptured: ReadonlySet<string>;
  readonly report: Report;
}

/** A step's command uses what earlier steps captured; what follows it may use its own captures too. */
function checkNames({ step, path }: Place, context: NamesContext): void {
  const { run, capture, branch: _, ...rest } = step;
  if (run !== undefined) checkText(run, { ...context, path: [...path, 'run'], isShell: true });
  const captured = new Set([...context.captured, ...Object.keys(capture ?? {})]);
  checkTexts(rest, { ...context, captured, path, isShell: false });
}

interface TextContext extends NamesContext {
  readonly path: Path;
  /** In a command line a shell's own variables may stand. */
  readonly isShell: boolean;
}

function checkTexts(value: unknown, context: TextContext): void {
  if (typeof value === 'string') checkText(value, context);
  if (typeof value !== 'object' || value === null) return;
  for (const [key, member] of Object.entries(value)) {
    checkTexts(member, { ...context, path: [...context.path, Array.isArray(value) ? Number(key) : key] });
  }
}

function checkText(text: string, { path, captured, everCaptured, report, isShell }: TextContext): void {
  for (const { name, offset, length } of nameUses(text)) {
    if (captured.has(name)) continue;
    const isLater = everCaptured.has(name);
    if (isShell && !isLater && belongsToShell(text, name, offset)) continue;
    const near = nearMiss(name, captured);
    const hint = isLater
      ? 'capture it in an earlier step'
      : near === undefined
        ? 'capture it in an earlier step: capture: { … }'
        : `did you mean "${near}"?`;
    report('uncaptured-name', path, {
      message: `"${name}" has not been captured ${isLater ? 'yet' : 'by any step before this'}`,
      hint,
      part: { offset, length },
    });
  }
}

/** In single quotes it reaches the program as it is; elsewhere the line itself must have set it. */
function belongsToShell(line: string, name: string, offset: number): boolean {
  const before = line.slice(0, offset);
  return (
    (before.match(/'/g)?.length ?? 0) % 2 === 1 ||
    new RegExp(`(?:^|[\\s;&])(?:${name}=|for\\s+${name}\\s)`).test(before)
  );
}

const CODES: Readonly<Record<CommandProblem['code'], DiagnosticCode>> = {
  shellSyntax: 'shell-syntax',
  notSimulated: 'not-simulated',
  unknownProgram: 'not-simulated',
  unknownCommand: 'not-simulated',
  unknownFlag: 'unknown-flag',
  badFlag: 'wrong-value',
  missingFile: 'missing-file',
  outsideFolder: 'outside-folder',
};

function checkLine(
  line: string,
  { step, path }: Place,
  { report, nodes, onMachine }: StepsContext,
  files: Files | undefined,
): void {
  const { on } = step;
  if (on !== undefined && !nodes.includes(on)) {
    const near = nearMiss(on, nodes);
    const hint = near === undefined ? `there are ${nodes.join(', ')}` : `did you mean "${near}"?`;
    report('matches-nothing', [...path, 'on'], { message: `the cluster has no node "${on}"`, hint });
  }
  const problem = checkCommand(line, on === undefined ? files : undefined, onMachine || on !== undefined);
  if (!problem || (MISTYPED.has(problem.code) && wantsFailure(step))) return;
  if (OF_FILES.has(problem.code) && wantsNoFile(step)) return;
  const { code, message, hint, offset, length } = problem;
  report(CODES[code], [...path, 'run'], {
    message,
    ...(hint !== undefined && { hint }),
    part: { offset, length },
  });
}

/** What the program itself would answer, whoever typed it: where that is wanted, it is played. */
const MISTYPED: ReadonlySet<CommandProblem['code']> = new Set(['unknownCommand', 'unknownFlag', 'badFlag']);

/**
 * A name that is wrong by mistake must not pass for another failure: that there is no file has to be said.
 */
const OF_FILES: ReadonlySet<CommandProblem['code']> = new Set(['missingFile', 'outsideFolder']);

function wantsNoFile(step: StepDocument): boolean {
  return expectationsOf({ step, path: [] }).some(([{ exitCode, output, stderr }]) => {
    const said = JSON.stringify([output, stderr]);
    return exitCode !== undefined && exitCode !== 0 && /does not exist|no such file/i.test(said);
  });
}

/** Whether a step wants its command to fail: what it shows may then well be a mistake. */
function wantsFailure(step: StepDocument): boolean {
  return expectationsOf({ step, path: [] }).some(
    ([{ exitCode }]) => exitCode !== undefined && exitCode !== 0,
  );
}

/** What is wrong is the lesson where failure is wanted: it is told, and played. */
export function severityFor(steps: readonly StepDocument[]): Diagnostic['severity'] {
  return steps.length > 0 && steps.every(wantsFailure) ? 'warning' : 'error';
}
