import { listProcesses } from '../process-list.ts';
import { isGnu } from './options.ts';
import type { Tool, ToolIo } from './tool.ts';

export const ps: Tool = {
  usage: 'ps [-o COL1,COL2=HEADER] [-T]',
  run(io) {
    const wide = io.args.some((arg) => /e?f$/.test(arg));
    const at = io.args.indexOf('-o');
    const rows = all(io);
    if (at >= 0) return columns(io, (io.args[at + 1] ?? '').split(','), rows);
    io.out(
      isGnu(io)
        ? '    PID TTY          TIME CMD\n'
        : wide
          ? 'PID   USER     TIME  COMMAND\n'
          : 'PID   USER     TIME  COMMAND\n',
    );
    for (const { pid, command } of rows) {
      if (isGnu(io)) io.out(`${String(pid).padStart(7)} ?        00:00:00 ${command.split(' ')[0]}\n`);
      else io.out(`${String(pid).padStart(5)} ${'root'.padEnd(8)} ${'0:00'} ${command}\n`);
    }
    return 0;
  },
};

interface Row {
  readonly pid: number;
  readonly parent: number;
  readonly command: string;
}

function all(io: ToolIo): Row[] {
  const { machine } = io;
  return [...listProcesses(machine.state), ...(machine.host.others?.() ?? [])].toSorted(
    (a, b) => a.pid - b.pid,
  );
}

function columns(io: ToolIo, names: readonly string[], rows: readonly Row[]): 0 {
  const cell = (row: Row, name: string): string => {
    switch (name) {
      case 'pid':
        return String(row.pid).padStart(5);
      case 'ppid':
        return String(row.parent).padStart(5);
      case 'user':
        return 'root    ';
      case 'comm':
        return (row.command.split(' ')[0] ?? '').padEnd(16);
      case 'time':
        return '0:00 ';
      default:
        return row.command;
    }
  };
  const titles: Readonly<Record<string, string>> = {
    pid: 'PID  ',
    ppid: 'PPID ',
    user: 'USER    ',
    comm: 'COMMAND         ',
    time: 'TIME ',
  };
  io.out(
    `${names
      .map((name) => titles[name] ?? 'COMMAND')
      .join(' ')
      .trimEnd()}\n`,
  );
  for (const row of rows)
    io.out(
      `${names
        .map((name) => cell(row, name))
        .join(' ')
        .trimEnd()}\n`,
    );
  return 0;
}
