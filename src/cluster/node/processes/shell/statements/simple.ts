import { expandToFields, expandToText } from '../../expansion/expand-word.ts';
import type { Frame, SavedVariables } from '../../process-state.ts';
import type { SimpleNode } from '../../syntax/program.ts';
import { afterCommand } from '../after-command.ts';
import type { Builtin, BuiltinCall } from '../builtins/builtin.ts';
import { findBuiltin } from '../builtins/find-builtin.ts';
import { callFunction, functionOf } from '../call-function.ts';
import { execute } from '../execute.ts';
import { exitShell } from '../exit-shell.ts';
import { expandNext, expandWords } from '../expand.ts';
import { redirect } from '../redirect.ts';
import { complain, finish, nodeOf, type Shell } from '../shell.ts';
import { traceCommand } from '../trace.ts';
import { leave } from '../unwind.ts';
import { getVariable, setVariable, variableOf } from '../variables.ts';

type SimpleFrame = Extract<Frame, { op: 'simple' }>;

/**
 * A simple command: its words are expanded first, then its redirections, then its assignments, as ash does it
 * (`ash.c`: evalcommand).
 */
export function runSimple(shell: Shell, frame: SimpleFrame): void {
  const node = nodeOf(shell, frame, 'simple');
  if (frame.stage === 'words') {
    delete shell.task.captured;
    const done = expandWords(shell, frame, node.words, { into: frame.fields, expand: expandToFields });
    if (!done) return;
    frame.stage = 'redirects';
  }
  if (frame.stage === 'redirects') {
    const words = node.redirects.map((word) => word.target);
    const expand = { into: frame.targets, expand: asOneText };
    if (!expandWords(shell, frame, words, expand)) return;
    frame.stage = 'assignments';
  }
  if (expandAssignments(shell, frame, node)) run(shell, frame, node);
}

/** One after the other, each seeing those before it. */
function expandAssignments(shell: Shell, frame: SimpleFrame, node: SimpleNode): boolean {
  const { progress, script } = frame;
  const earlier: Record<string, string> = {};
  for (const { name, value } of assignedValues(shell, frame, node).slice(0, progress.word))
    earlier[name] = value;
  for (let next = node.assignments[progress.word]; next; next = node.assignments[progress.word]) {
    const word = next.value;
    const value = expandNext(shell, { script, progress, earlier }, (expansion) =>
      expandToText(expansion, word),
    );
    if (value === undefined) return false;
    frame.values.push(value);
    const own = assignedValues(shell, frame, node)[progress.word];
    if (own) earlier[own.name] = own.value;
    progress.word += 1;
  }
  progress.word = 0;
  return true;
}

const asOneText = (...call: Parameters<typeof expandToText>): readonly string[] => [expandToText(...call)];

function run(shell: Shell, frame: SimpleFrame, node: SimpleNode): void {
  const { task } = shell;
  const assigned = assignedValues(shell, frame, node);
  if (task.options.includes('x')) traceCommand(shell, assigned, frame.fields);
  const name = frame.fields[0];
  if (name === undefined) {
    runAssignments(shell, frame, node, assigned);
    return;
  }
  const isFunction = functionOf(task, name) !== undefined;
  const builtin = isFunction ? undefined : findBuiltin(name, task);
  if (!isFunction && !builtin) {
    execute(shell, { argv: frame.fields, assigned, redirects: node.redirects, targets: frame.targets });
    return;
  }
  const fds = node.redirects.length > 0 ? redirect(shell, node.redirects, frame.targets) : task.fds;
  if (!fds) {
    failRedirect(shell, builtin);
    return;
  }
  if (name === 'exec' && frame.fields.length === 1) {
    task.fds = fds;
    finish(shell, 0);
    return;
  }
  // What follows may take many steps; the frame on which it stands gives back what it was lent.
  task.frames.pop();
  const keepsAssignments = builtin?.special === true;
  const saved = keepsAssignments ? undefined : saveVariables(shell, assigned);
  if (fds !== task.fds || saved) {
    task.frames.push({
      op: 'restore',
      ...(fds !== task.fds && { fds: task.fds }),
      ...(saved && { vars: saved }),
    });
  }
  task.fds = fds;
  if (!assignAll(shell, assigned, !keepsAssignments || name === 'exec')) return;
  if (!builtin) {
    callFunction(shell, name, frame.fields.slice(1));
    return;
  }
  callBuiltin(shell, builtin, { shell, name, args: frame.fields.slice(1), line: node.line });
}

/** A builtin either has a status at once or has put frames on the stack that will have one. */
function callBuiltin(shell: Shell, builtin: Builtin, call: BuiltinCall): void {
  const { task } = shell;
  const height = task.frames.length;
  shell.line = call.line;
  const status = builtin.run(call);
  delete shell.line;
  if (status === undefined) return;
  task.status = status;
  if (task.frames.length === height && task.frames.at(-1)?.op === 'restore') leave(shell);
  afterCommand(shell);
}

function failRedirect(shell: Shell, builtin: Builtin | undefined): void {
  // POSIX: a special builtin that cannot redirect ends the shell.
  if (builtin?.special && !shell.task.bash) exitShell(shell, shell.task.dash ? 2 : 1);
  else {
    finish(shell, 1);
    afterCommand(shell);
  }
}

interface Assigned {
  readonly name: string;
  readonly value: string;
}

function assignedValues(shell: Shell, frame: SimpleFrame, node: SimpleNode): Assigned[] {
  return node.assignments.map(({ name, append }, index) => {
    const before = append ? (getVariable(shell.machine.state, shell.task, name) ?? '') : '';
    return { name, value: before + (frame.values[index] ?? '') };
  });
}

function runAssignments(
  shell: Shell,
  frame: SimpleFrame,
  node: SimpleNode,
  assigned: readonly Assigned[],
): void {
  const status = shell.task.captured ?? 0;
  if (node.redirects.length > 0 && !redirect(shell, node.redirects, frame.targets)) {
    finish(shell, 1);
  } else {
    if (!assignAll(shell, assigned, false)) return;
    finish(shell, status);
  }
  afterCommand(shell);
}

function assignAll(shell: Shell, assigned: readonly Assigned[], exported: boolean): boolean {
  const { machine, task } = shell;
  for (const { name, value } of assigned) {
    if (!setVariable(machine.state, task, name, value)) {
      complain(shell, task.bash ? `${name}: readonly variable` : `${name}: is read only`);
      exitShell(shell, task.bash ? 1 : 2);
      return false;
    }
    const own = task.vars[name];
    if (exported && own) own.exported = true;
  }
  return true;
}

function saveVariables(shell: Shell, assigned: readonly Assigned[]): SavedVariables | undefined {
  if (assigned.length === 0) return undefined;
  const saved: SavedVariables = {};
  for (const { name } of assigned) {
    if (!Object.hasOwn(saved, name)) saved[name] = variableOf(shell.machine.state, shell.task, name) ?? {};
  }
  return saved;
}
