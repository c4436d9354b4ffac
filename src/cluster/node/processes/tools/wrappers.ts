import { signalOf } from '../signals.ts';
import { isGnu, readOptions } from './options.ts';
import { durationMs } from './sleep.ts';
import type { Tool, ToolIo, ToolOutcome } from './tool.ts';

/** Commands that only prepare another one: it takes their place. */
const handsOver = (usage: string, letters: string): Tool => ({
  usage,
  run(io) {
    const options = readOptions(io, usage, { letters, stopsEarly: true });
    if (!options) return 1;
    return options.operands.length > 0 ? { exec: options.operands } : 0;
  },
});

export const nice = handsOver('nice [-n ADJUST] [PROG ARGS]', 'n:');
export const setsid = handsOver('setsid [-c] PROG ARGS', 'c');

export const nohup: Tool = {
  usage: 'nohup PROG ARGS',
  run(io) {
    io.task.ignored = [...(io.task.ignored ?? []), 'HUP'];
    return { exec: io.args };
  },
};

export const busybox: Tool = {
  usage: 'busybox [function [arguments]...]',
  run(io) {
    if (io.args.length > 0 && !io.args[0]?.startsWith('-')) return { exec: io.args };
    io.out('BusyBox v1.36.1 (2023-05-18 22:34:17 UTC) multi-call binary.\n');
    return 0;
  },
};

interface ChildMemory {
  readonly child: number;
  readonly until?: number;
  /** It was told to end; KILL follows then. */
  readonly killAt?: number;
  readonly expired?: true;
}

function start(io: ToolIo, argv: readonly string[]): number | ChildMemory {
  const started = io.spawn(argv);
  if (typeof started !== 'number') return { child: started.pid };
  const why = started === 126 ? 'Permission denied' : 'No such file or directory';
  io.complain(`can't execute '${argv[0] ?? ''}': ${why}`);
  return started;
}

const waitForChild = (memory: ChildMemory, until?: number): ToolOutcome => ({
  wait: { children: [memory.child], ...(until !== undefined && { until }) },
  memory: { ...memory },
});

export const timeout: Tool = {
  usage: 'timeout [-s SIG] [-k KILL_SECS] SECS PROG ARGS',
  run(io) {
    const args = io.args[0] === '-t' ? io.args.slice(1) : io.args;
    const options = readOptions({ ...io, args }, this.usage, { letters: 's:k:', stopsEarly: true });
    if (!options) return 1;
    const [seconds = '', ...argv] = options.operands;
    const limit = durationMs(seconds);
    if (limit === undefined || argv.length === 0) {
      io.complain(`invalid number '${seconds}'`);
      return 1;
    }
    let memory = io.memory as unknown as ChildMemory | undefined;
    if (!memory) {
      const started = start(io, argv);
      if (typeof started === 'number') return started;
      memory = { ...started, until: io.now + limit };
    }
    const exit = io.ended(memory.child);
    // busybox puts the command in its own place, so it ends as the command does; GNU's says 124.
    if (exit) return memory.expired && isGnu(io) ? 124 : { ended: exit };
    if (memory.killAt !== undefined && io.now >= memory.killAt) io.signal(memory.child, 'KILL');
    else if (memory.until !== undefined && io.now >= memory.until && !memory.expired) {
      io.signal(memory.child, signalOf(options.value('s') ?? 'TERM') ?? 'TERM');
      const killMs = durationMs(options.value('k') ?? '');
      memory = { ...memory, expired: true, ...(killMs !== undefined && { killAt: io.now + killMs }) };
    }
    return waitForChild(memory, memory.expired ? memory.killAt : memory.until);
  },
};

/** An init for containers: it hands signals on to its program, and ends as that does. */
export const tini: Tool = {
  usage: 'tini [OPTIONS] PROGRAM -- [ARGS]',
  run(io) {
    const args = io.args.filter((arg, index) => !(index < 3 && /^-[gvsw]+$/.test(arg)));
    const memory = io.memory as unknown as ChildMemory | undefined;
    const started = memory ?? start(io, args[0] === '--' ? args.slice(1) : args);
    if (typeof started === 'number') return started;
    return io.ended(started.child)?.code ?? waitForChild(started);
  },
};

export const time: Tool = {
  usage: 'time [-vpa] [-o FILE] PROG ARGS',
  run(io) {
    const memory = io.memory as unknown as ChildMemory | undefined;
    const started =
      memory ??
      start(
        io,
        io.args.filter((arg, index) => !(index === 0 && arg === '-p')),
      );
    if (typeof started === 'number') return started;
    const exit = io.ended(started.child);
    if (!exit) return waitForChild(started);
    const ms = io.now - io.task.startedAt;
    if (exit.code !== 0) io.err(`Command exited with non-zero status ${exit.code}\n`);
    const text = `${Math.floor(ms / 60_000)}m ${((ms % 60_000) / 1000).toFixed(2)}s`;
    io.err(`real\t${text}\nuser\t0m 0.00s\nsys\t0m 0.00s\n`);
    return exit.code;
  },
};

export const watch: Tool = {
  usage: 'watch [-n SEC] [-t] PROG ARGS',
  run(io) {
    const options = readOptions(io, this.usage, { letters: 'n:td', stopsEarly: true });
    if (!options) return 1;
    const period = durationMs(options.value('n') ?? '2') ?? 2000;
    const memory = io.memory as unknown as ChildMemory | undefined;
    if (memory && memory.child > 0 && !io.ended(memory.child)) return waitForChild(memory);
    if (memory && memory.until !== undefined && io.now < memory.until) {
      return { wait: { until: memory.until }, memory: { child: 0, until: memory.until } };
    }
    const started = start(io, ['sh', '-c', options.operands.join(' ')]);
    if (typeof started === 'number') return started;
    return waitForChild({ ...started, until: io.now + period });
  },
};
