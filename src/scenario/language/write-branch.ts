import { Document, isSeq, type Node, parseDocument, visit } from 'yaml';
import { isEqualJson } from '../../cluster/objects/json.ts';
import { formatGoDuration, parseGoDuration } from '../../kernel/time/go-duration.ts';
import type { Millis } from '../../kernel/time/millis.ts';
import { typedFault } from './typed-fault.ts';

/** A story that somebody took over from a scenario, as far as it has come. */
export interface BranchStory {
  readonly name: string;
  readonly seed: string;
  /** How many steps of the scenario had begun. */
  readonly begun: number;
  /** How far the last of them had come. */
  readonly last: StepProgress;
  readonly typed: readonly TypedStep[];
  /** How long it goes on after the last line was typed: virtual milliseconds. */
  readonly endsAfter: Millis;
  /** 0-based indexes of the invariants that have met something that they are about. */
  readonly watched: readonly number[];
}

export interface StepProgress {
  /** How many of its parts had been judged. */
  readonly judged: number;
  /** Virtual milliseconds since it began. */
  readonly elapsed: Millis;
  /** Its command still ran. */
  readonly runs: boolean;
}

export interface TypedStep {
  readonly at: Millis;
  readonly line: string;
  /** Others were typed, or the branch ended, before it ended. */
  readonly background: boolean;
  /** Where it failed. */
  readonly exitCode?: number;
}

/**
 * The scenario that plays a branch: the parent's up to where the story was taken over, its last step as far
 * as it had come, then what was typed, each line at its time.
 */
export function writeBranch(text: string, story: BranchStory): string {
  const document = documentOf(text);
  const { name, seed, begun, last, typed, endsAfter, watched } = story;
  document.setIn(['metadata', 'name'], name);
  document.set('seed', Number(seed));
  // What it was to teach, it need not teach any more.
  document.delete('curriculum');
  const steps = document.get('steps');
  if (!isSeq(steps)) throw new Error('a scenario that was read has steps');
  const isWhole = begun >= steps.items.length;
  steps.items.splice(begun);
  const step = begun > 0 ? (steps.toJSON() as StepText[]).at(-1) : undefined;
  const cut = step && cutStep(step, last);
  if (cut && !isEqualJson(cut, step)) steps.set(begun - 1, document.createNode(cut));
  for (const [index, line] of typed.entries()) {
    const node = document.createNode(typedStep(line)) as Node;
    if (index === 0) node.commentBefore = ' From here on, yours.';
    steps.add(node);
  }
  if (endsAfter > 0) steps.add(document.createNode({ wait: formatGoDuration(endsAfter) }));
  keepInvariants(document, watched);
  if (!isWhole) forgetRest(document);
  return document.toString({ lineWidth: 0 });
}

/** With its comments, unless a part of it stands for another: what it stands for may be taken away. */
function documentOf(text: string): Document {
  const document = parseDocument(text, { version: '1.2' });
  let hasAlias = false;
  visit(document, {
    Alias: () => {
      hasAlias = true;
      return visit.BREAK;
    },
  });
  return hasAlias ? new Document(document.toJS()) : document;
}

function typedStep({ at, line, background, exitCode }: TypedStep): object {
  const fault = typedFault(line);
  if (fault) return { at: formatGoDuration(at), fault };
  return {
    at: formatGoDuration(at),
    run: line,
    ...(background && { background: true }),
    ...(exitCode !== undefined && { expect: { exitCode } }),
  };
}

/** A step as it is written. */
export interface StepText {
  readonly run?: string | undefined;
  readonly background?: boolean | undefined;
  readonly wait?: string | object | undefined;
  readonly capture?: Readonly<Record<string, unknown>> | undefined;
  readonly expect?: object | readonly object[] | undefined;
}

/** What had not come about when the story was taken over is not waited for, nor expected. */
export function cutStep(step: StepText, { judged, elapsed, runs }: StepProgress): StepText {
  const { wait, capture = {}, expect = [], ...rest } = step;
  const expectations: readonly object[] = Array.isArray(expect) ? expect : [expect];
  const isSuccess = step.run !== undefined && step.background !== true && !expectations.some(saysHow);
  const before = isSuccess ? 1 : 0;
  const waits = typeof wait === 'object' ? 1 : 0;
  const captures = Object.entries(capture);
  const captured = captures.slice(0, Math.max(0, judged - before - waits));
  const met = expectations.slice(0, Math.max(0, judged - before - waits - captures.length));
  const isOver = waits === 1 ? judged > before : waitMs(wait) <= elapsed;
  const cut = {
    ...rest,
    ...(runs && { background: true }),
    ...(wait !== undefined && { wait: isOver ? wait : formatGoDuration(elapsed) }),
    ...(captured.length > 0 && { capture: Object.fromEntries(captured) }),
    ...(met.length > 0 && { expect: met.length === 1 ? met[0] : met }),
  };
  // A step has to say something.
  return Object.keys(cut).some((key) => key !== 'at') ? cut : { ...cut, wait: formatGoDuration(elapsed) };
}

function saysHow(expectation: object): boolean {
  return 'exitCode' in expectation;
}

function waitMs(wait: unknown): Millis {
  return typeof wait === 'string' ? (parseGoDuration(wait) ?? 0) : 0;
}

/** What was never to be, or once to come, was said of a story whose rest is told no more. */
function forgetRest(document: Document): void {
  document.delete('never');
  document.delete('eventually');
}

/** An invariant that nothing has met yet would be a promise that was never put to the test. */
function keepInvariants(document: Document, watched: readonly number[]): void {
  const always = document.get('always');
  if (!isSeq(always)) return;
  always.items = always.items.filter((_, index) => watched.includes(index));
  if (always.items.length === 0) document.delete('always');
}
