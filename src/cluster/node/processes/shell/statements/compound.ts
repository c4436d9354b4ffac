import {
  expandArithmetic,
  expandToFields,
  expandToPattern,
  expandToText,
} from '../../expansion/expand-word.ts';
import { matchesPattern, patternOf } from '../../expansion/pattern.ts';
import type { Frame } from '../../process-state.ts';
import { expandNext, expandWords } from '../expand.ts';
import { complain, finish, nodeOf, push, replace, type Shell } from '../shell.ts';
import { setVariable } from '../variables.ts';

type FrameOf<Op extends Frame['op']> = Extract<Frame, { op: Op }>;

export function runIf(shell: Shell, frame: FrameOf<'if'>): void {
  const node = nodeOf(shell, frame, 'if');
  if (!frame.testing) {
    frame.testing = true;
    push(shell, frame.script, node.tests[0] ?? 0);
    return;
  }
  if (shell.task.status === 0) {
    replace(shell, frame.script, node.bodies[frame.next] ?? 0);
    return;
  }
  frame.next += 1;
  const next = node.tests[frame.next];
  if (next !== undefined) push(shell, frame.script, next);
  else if (node.otherwise !== undefined) replace(shell, frame.script, node.otherwise);
  else finish(shell, 0);
}

/** `while` and `until`: the status is that of the body's last round, 0 if there was none. */
export function runLoop(shell: Shell, frame: FrameOf<'loop'>): void {
  const node = nodeOf(shell, frame, 'loop');
  if (!frame.testing) {
    frame.testing = true;
    frame.status = frame.status < 0 ? 0 : shell.task.status;
    push(shell, frame.script, node.test);
    return;
  }
  if ((shell.task.status === 0) === node.until) {
    finish(shell, frame.status);
    return;
  }
  frame.testing = false;
  push(shell, frame.script, node.body);
}

export function runFor(shell: Shell, frame: FrameOf<'for'>): void {
  const node = nodeOf(shell, frame, 'for');
  const { task, machine } = shell;
  if (!frame.fields) {
    const fields: string[] = node.words ? [] : [...task.args];
    // The words expanded so far are kept with the frame while a command substitution of the next one runs.
    frame.status = 0;
    if (node.words && !expandFor(shell, frame, fields)) return;
    frame.fields = fields;
  } else frame.status = task.status;
  const value = frame.fields[frame.next];
  if (value === undefined) {
    finish(shell, frame.status);
    return;
  }
  frame.next += 1;
  if (!setVariable(machine.state, task, node.name, value)) complain(shell, `${node.name}: is read only`);
  push(shell, frame.script, node.body);
}

function expandFor(shell: Shell, frame: FrameOf<'for'>, fields: string[]): boolean {
  const words = nodeOf(shell, frame, 'for').words ?? [];
  frame.expanded ??= [];
  if (!expandWords(shell, frame, words, { into: frame.expanded, expand: expandToFields })) return false;
  fields.push(...frame.expanded);
  delete frame.expanded;
  return true;
}

export function runArithmeticFor(shell: Shell, frame: FrameOf<'arithmeticFor'>): void {
  const node = nodeOf(shell, frame, 'arithmeticFor');
  if (frame.at === 'body') {
    frame.status = shell.task.status;
    frame.at = 'next';
  }
  const word = { first: node.first, test: node.test, next: node.next }[frame.at];
  const value = expandNext(shell, frame, (expansion) => expandArithmetic(expansion, word.parts));
  if (value === undefined) return;
  if (frame.at !== 'test') {
    frame.at = 'test';
    return;
  }
  if (value === 0n && node.test.source !== '') {
    finish(shell, frame.status);
    return;
  }
  frame.at = 'body';
  push(shell, frame.script, node.body);
}

export function runCase(shell: Shell, frame: FrameOf<'case'>): void {
  const node = nodeOf(shell, frame, 'case');
  if (frame.subject === undefined) {
    const subject = expandNext(shell, frame, (expansion) => expandToText(expansion, node.word));
    if (subject === undefined) return;
    frame.subject = subject;
  }
  for (let arm = node.arms[frame.arm]; arm; arm = node.arms[frame.arm]) {
    const pattern = arm.patterns[frame.pattern];
    if (!pattern && !frame.falling) {
      frame.arm += 1;
      frame.pattern = 0;
      continue;
    }
    if (!frame.falling && pattern) {
      const pieces = expandNext(shell, frame, (expansion) => expandToPattern(expansion, pattern));
      if (!pieces) return;
      frame.pattern += 1;
      if (!matchesPattern(patternOf(pieces), frame.subject)) continue;
    }
    if (!arm.fallsThrough) {
      replace(shell, frame.script, arm.body);
      return;
    }
    frame.falling = true;
    frame.arm += 1;
    push(shell, frame.script, arm.body);
    return;
  }
  finish(shell, frame.falling ? shell.task.status : 0);
}
