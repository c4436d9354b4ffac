import { absolutePath } from '../../files/paths.ts';
import { complain, complainAs, type Shell } from '../shell.ts';
import { getVariable, setVariable } from '../variables.ts';
import { type Builtin, printOut } from './builtin.ts';

export const pwd: Builtin = { run: (call) => printOut(call, `${call.shell.task.cwd}\n`) };

export const cd: Builtin = {
  run(call) {
    const { shell } = call;
    const { machine, task } = shell;
    const given = call.args.find((arg) => !/^-[LPe@]+$/.test(arg) && arg !== '--');
    const target =
      given === '-'
        ? getVariable(machine.state, task, 'OLDPWD')
        : (given ?? getVariable(machine.state, task, 'HOME'));
    if (target === undefined) {
      complainAs(shell, 'cd', given === '-' ? 'OLDPWD not set' : 'HOME not set');
      return 2;
    }
    const path = absolutePath(target, task.cwd);
    const resolved = machine.files.resolve(path, '/');
    const node = resolved === undefined ? undefined : machine.files.node(resolved);
    if (node?.kind !== 'directory') {
      sayCannot(shell, target, node ? 'Not a directory' : 'No such file or directory');
      return task.bash ? 1 : 2;
    }
    setVariable(machine.state, task, 'OLDPWD', task.cwd);
    setVariable(machine.state, task, 'PWD', path);
    task.cwd = path;
    return given === '-' ? printOut(call, `${path}\n`) : 0;
  },
};

function sayCannot(shell: Shell, target: string, why: string): void {
  if (shell.task.bash) complain(shell, `cd: ${target}: ${why}`);
  else if (shell.task.dash) complain(shell, `cd: can't cd to ${target}`);
  else complainAs(shell, 'cd', `can't cd to ${target}: ${why}`);
}
