import { echoText } from '../../../../tools/echo-text.ts';
import { formatPrintf } from '../../../../tools/printf-text.ts';
import { evaluateArithmetic } from '../../expansion/arithmetic.ts';
import { complain } from '../shell.ts';
import { getVariable, setVariable } from '../variables.ts';
import { type Builtin, complainPlain, printOut } from './builtin.ts';
import { evaluateTest } from './test-expression.ts';

export const echo: Builtin = {
  run: (call) => printOut(call, echoText(call.args, call.shell.task.dash === true)),
};

export const printf: Builtin = {
  run(call) {
    const [format, ...args] = call.args[0] === '--' ? call.args.slice(1) : call.args;
    if (format === undefined) {
      complainPlain(call, 'usage: printf FORMAT [ARGUMENT...]');
      return 2;
    }
    const { text, problems, code } = formatPrintf(format, args);
    for (const problem of problems) complainPlain(call, problem);
    return printOut(call, text) || code;
  },
};

export const test: Builtin = {
  run(call) {
    const { shell, name } = call;
    let args = call.args;
    if (name === '[' || name === '[[') {
      if (args.at(-1) !== ']'.repeat(name.length)) {
        complainPlain(call, `missing ${']'.repeat(name.length)}`);
        return 2;
      }
      args = args.slice(0, -1);
    }
    const value = evaluateTest(shell.machine, shell.task, args);
    if (typeof value === 'boolean') return value ? 0 : 1;
    complainPlain(call, value);
    return 2;
  },
};

export const letBuiltin: Builtin = {
  run({ shell, args }) {
    const { machine, task } = shell;
    let status = 1;
    for (const text of args) {
      const result = evaluateArithmetic(text, {
        get: (name) => getVariable(machine.state, task, name),
        set: (name, value) => setVariable(machine.state, task, name, value),
      });
      if ('problem' in result) {
        complain(shell, result.problem);
        return 1;
      }
      status = result.value === 0n ? 1 : 0;
    }
    return status;
  },
};

export const umask: Builtin = { run: (call) => (call.args.length > 0 ? 0 : printOut(call, '0022\n')) };

export const times: Builtin = {
  special: true,
  run: (call) => printOut(call, '0m0.000s 0m0.000s\n0m0.000s 0m0.000s\n'),
};

export const ulimit: Builtin = {
  run: (call) => printOut(call, call.args[0] === '-n' ? '1048576\n' : 'unlimited\n'),
};

/** Accepted and without effect: aliases are for interactive shells, job control is off. */
export const nothing: Builtin = { run: () => 0 };
