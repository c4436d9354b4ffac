import { exitShell } from '../exit-shell.ts';
import { complain, complainAs, type Shell } from '../shell.ts';
import { singleQuoted } from '../trace.ts';
import {
  getVariable,
  isVariableName,
  markVariable,
  setVariable,
  unsetVariable,
  variableNames,
  variableOf,
} from '../variables.ts';
import { type Builtin, type BuiltinCall, printOut } from './builtin.ts';

/** `export` and `readonly`: a mark on variables, and a list of those that have it. */
const marking = (mark: 'exported' | 'readonly'): Builtin => ({
  special: true,
  run(call) {
    const { shell, name } = call;
    const { machine, task } = shell;
    const [first, ...rest] = call.args;
    if (first === undefined || (first === '-p' && rest.length === 0))
      return printOut(call, listMarked(shell, mark, name));
    const remove = first === '-n';
    for (const text of first.startsWith('-') ? rest : call.args) {
      const assigned = assign(call, text);
      if (assigned === undefined) return undefined;
      const own = task.vars[assigned];
      if (remove && own) delete own.exported;
      else markVariable(machine.state, task, assigned, mark);
    }
    return 0;
  },
});

export const exportBuiltin = marking('exported');
export const readonlyBuiltin = marking('readonly');

function listMarked(shell: Shell, mark: 'exported' | 'readonly', command: string): string {
  const { state } = shell.machine;
  return variableNames(state, shell.task)
    .filter((name) => variableOf(state, shell.task, name)?.[mark])
    .map((name) => `${command} ${name}=${singleQuoted(getVariable(state, shell.task, name) ?? '')}\n`)
    .join('');
}

/**
 * `a=b` or `a`: assigns what is to be assigned; the name, or undefined when the shell has ended because of
 * it.
 */
function assign(call: BuiltinCall, text: string): string | undefined {
  const { shell, name: command } = call;
  const { machine, task } = shell;
  const at = text.indexOf('=');
  const append = at > 0 && text[at - 1] === '+';
  const name = at < 0 ? text : text.slice(0, append ? at - 1 : at);
  if (!isVariableName(name)) {
    complainAs(
      shell,
      command,
      `${task.bash ? `\`${text}': not a valid identifier` : `${name}: bad variable name`}`,
    );
    exitShell(shell, task.bash ? 1 : 2);
    return undefined;
  }
  if (at < 0) return name;
  const before = append ? (getVariable(machine.state, task, name) ?? '') : '';
  if (setVariable(machine.state, task, name, before + text.slice(at + 1))) return name;
  complain(shell, `${name}: is read only`);
  exitShell(shell, 2);
  return undefined;
}

/** `local`, and bash's `declare`: variables that are as they were again when the function is over. */
export const local: Builtin = {
  run(call) {
    const { shell } = call;
    const { machine, task } = shell;
    const frame = task.frames.findLast((one) => one.op === 'call');
    if (frame?.op !== 'call') {
      if (call.name !== 'local') return exportLike(call);
      complainAs(shell, 'local', task.bash ? 'can only be used in a function' : 'not in a function');
      if (task.bash) return 1;
      exitShell(shell, 2);
      return undefined;
    }
    for (const text of call.args) {
      if (text.startsWith('-')) continue;
      const name = /^\w*/.exec(text)?.[0] ?? '';
      if (!Object.hasOwn(frame.vars, name)) {
        const before = variableOf(machine.state, task, name);
        frame.vars[name] = before ? { ...before } : {};
      }
      if (assign(call, text) === undefined) return undefined;
    }
    return 0;
  },
};

function exportLike(call: BuiltinCall): number | undefined {
  for (const text of call.args) {
    if (!text.startsWith('-') && assign(call, text) === undefined) return undefined;
  }
  return 0;
}

export const unset: Builtin = {
  special: true,
  run(call) {
    const { shell, args } = call;
    const isFunction = args[0] === '-f';
    let status = 0;
    for (const name of args[0]?.startsWith('-') ? args.slice(1) : args) {
      if (isFunction) delete shell.task.functions[name];
      else if (!isVariableName(name)) {
        complainAs(
          shell,
          'unset',
          shell.task.bash ? `\`${name}': not a valid identifier` : `${name}: bad variable name`,
        );
        if (shell.task.bash) return 1;
        exitShell(shell, 2);
        return undefined;
      } else if (!unsetVariable(shell.machine.state, shell.task, name)) {
        complain(shell, `${name}: is read only`);
        status = 1;
      }
    }
    return status;
  },
};
