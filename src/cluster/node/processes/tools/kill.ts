import { readKill, signalList } from '../kill-arguments.ts';
import { listProcesses } from '../process-list.ts';
import type { Tool, ToolIo } from './tool.ts';

export const kill: Tool = {
  usage: 'kill [-l] [-SIG] PID...',
  run(io) {
    if (io.args[0] === '-l') {
      io.out(signalList(io.args.slice(1)));
      return 0;
    }
    const { signal, targets } = readKill(io.args);
    if (signal === undefined || targets.length === 0) {
      io.complain(
        signal === undefined
          ? `bad signal name '${(io.args[0] ?? '').slice(1)}'`
          : 'you need to specify whom to kill',
      );
      return 1;
    }
    let code = 0;
    for (const target of targets) {
      const pid = Number(target);
      if (!Number.isNaN(pid) && io.signal(pid, signal)) continue;
      io.complain(
        Number.isNaN(pid) ? `invalid number '${target}'` : `can't kill pid ${target}: No such process`,
      );
      code = 1;
    }
    return code;
  },
};

/** All processes of the container whose command has that name, but for the one that asks. */
function pidsOf(io: ToolIo, name: string): number[] {
  const all = [...listProcesses(io.machine.state), ...(io.machine.host.others?.() ?? [])];
  return all
    .filter(({ pid, command }) => pid !== io.task.pid && commandName(command) === name)
    .map(({ pid }) => pid);
}

/** `nginx: master process` is called nginx. */
const commandName = (command: string): string =>
  (command.split(' ')[0] ?? '').replace(/:$/, '').split('/').at(-1) ?? '';

export const killall: Tool = {
  usage: 'killall [-lq] [-SIG] NAME...',
  run(io) {
    const quiet = io.args.includes('-q');
    const { signal, targets } = readKill(io.args.filter((arg) => arg !== '-q'));
    if (signal === undefined) {
      io.complain(`bad signal name '${(io.args[0] ?? '').slice(1)}'`);
      return 1;
    }
    let code = 0;
    for (const name of targets) {
      const pids = pidsOf(io, name);
      if (pids.length === 0) {
        code = 1;
        if (!quiet) io.complain(`${name}: no process killed`);
      }
      for (const pid of pids) io.signal(pid, signal);
    }
    return code;
  },
};

export const pidof: Tool = {
  usage: 'pidof [-s] [-o PID] [NAME]...',
  run(io) {
    const names = io.args.filter((arg) => !arg.startsWith('-'));
    const pids = names.flatMap((name) => pidsOf(io, name)).toReversed();
    if (pids.length === 0) return 1;
    io.out(`${(io.args.includes('-s') ? pids.slice(0, 1) : pids).join(' ')}\n`);
    return 0;
  },
};
