import { readKill, signalList } from '../../kill-arguments.ts';
import { signalPid } from '../../machine/signal-task.ts';
import { type Builtin, complainPlain, printOut } from './builtin.ts';
import { pidOfJob } from './jobs.ts';

export const kill: Builtin = {
  run(call) {
    const { shell, args } = call;
    if (args[0] === '-l') return printOut(call, signalList(args.slice(1)));
    const { signal, targets } = readKill(args);
    if (signal === undefined) {
      const text = args[0] === '-s' ? (args[1] ?? '') : (args[0] ?? '').slice(1);
      complainPlain(call, `bad signal name '${text}'`);
      return 1;
    }
    if (targets.length === 0) {
      complainPlain(call, 'you need to specify whom to kill');
      return 1;
    }
    let status = 0;
    for (const target of targets) {
      const pid = target.startsWith('%') ? pidOfJob(shell.task, target) : Number(target);
      if (pid === undefined || Number.isNaN(pid)) {
        complainPlain(call, target.startsWith('%') ? `${target}: no such job` : `invalid number '${target}'`);
        status = 1;
      } else if (!signalPid(shell.machine, shell.task, pid, signal)) {
        complainPlain(call, noSuchProcess(target, shell.task.dash === true, shell.task.bash === true));
        status = 1;
      }
    }
    return status;
  },
};

function noSuchProcess(pid: string, isDash: boolean, isBash: boolean): string {
  if (isDash) return 'No such process\n';
  return isBash ? `(${pid}) - No such process` : `can't kill pid ${pid}: No such process`;
}
