import { writeTo } from '../machine/descriptors.ts';
import { dialectOf, type Machine } from '../machine/machine.ts';
import type { Frame, NodeRef, ShellTask } from '../process-state.ts';
import { compileScript } from '../syntax/compile-script.ts';
import type { Node, Program } from '../syntax/program.ts';
import { frameOf } from './frame-of.ts';

/** A shell at work. */
export interface Shell {
  readonly machine: Machine;
  readonly task: ShellTask;
  /** Where the builtin under way stands, whose frame is gone already. */
  line?: number;
}

function programOf(shell: Shell, script: string): Program {
  return compileScript(shell.machine.state.scripts[script] ?? '', dialectOf(shell.task));
}

/** The node that a frame stands at; its kind is the one that the frame was made for. */
export function nodeOf<Kind extends Node['kind']>(
  shell: Shell,
  at: NodeRef,
  kind: Kind,
): Extract<Node, { kind: Kind }> {
  const node = programOf(shell, at.script).nodes[at.node];
  if (node?.kind !== kind) throw new Error(`frame of ${kind} stands at ${node?.kind ?? 'nothing'}`);
  return node as Extract<Node, { kind: Kind }>;
}

export const frameAt = (shell: Shell, script: string, node: number): Frame =>
  frameOf(programOf(shell, script), script, node);

/** Begins a node on top of what is under way. */
export function push(shell: Shell, script: string, node: number): void {
  shell.task.frames.push(frameAt(shell, script, node));
}

/** Goes on to a node as the last thing that the frame on top does. */
export function replace(shell: Shell, script: string, node: number): void {
  shell.task.frames.pop();
  push(shell, script, node);
}

/** The frame on top is done. */
export function finish(shell: Shell, status: number): void {
  shell.task.frames.pop();
  shell.task.status = status;
}

/** Lines before the command under way. */
export function currentLine(shell: Shell): number {
  if (shell.line !== undefined) return shell.line;
  for (let index = shell.task.frames.length - 1; index >= 0; index -= 1) {
    const frame = shell.task.frames[index];
    if (frame && 'node' in frame) return programOf(shell, frame.script).nodes[frame.node]?.line ?? 0;
  }
  return 0;
}

/**
 * A message of the shell itself, in the form of its kind: `sh: foo: not found`, `run.sh: line 3: foo: not
 * found`.
 */
export function complain(shell: Shell, text: string): void {
  const { task } = shell;
  const line = currentLine(shell) + 1;
  if (task.dash) printError(shell, `${task.name}: ${line}: ${text}\n`);
  else printError(shell, `${task.name}: ${task.script ? `line ${line}: ` : ''}${text}\n`);
}

/** A message of a special builtin: `sh: cd: line 0: can't cd to /nope`, counted from 0 in a `-c` text. */
export function complainAs(shell: Shell, builtin: string, text: string): void {
  const { task } = shell;
  if (task.bash || task.dash) {
    complain(shell, `${builtin}: ${text}`);
    return;
  }
  const line = currentLine(shell) + (task.script ? 1 : 0);
  printError(shell, `${task.name}: ${builtin}: line ${line}: ${text}\n`);
}

export function printError(shell: Shell, text: string): void {
  const descriptor = shell.task.fds['2'];
  if (descriptor !== undefined) writeTo(shell.machine, descriptor, text);
}
