import type { Options } from '../../../tools/option-words.ts';
import { consume, readable } from '../machine/descriptors.ts';
import { isTakenByOther } from '../machine/run-program.ts';
import { type ExchangeMemory, received, send, waitOn } from './exchange.ts';
import { readOptions, refuse } from './options.ts';
import type { Tool, ToolIo, ToolOutcome } from './tool.ts';

const usage = 'nc [OPTIONS] HOST PORT  - connect\nnc [OPTIONS] -l -p PORT [HOST] [PORT]  - listen';

export interface ListenMemory {
  /** What it sends to whoever connects: its standard input so far. */
  readonly text: string;
  readonly port: number;
  /** Goes on after a connection is over. */
  readonly keeps: boolean;
  /** A command that talks with whoever connects. */
  readonly command?: readonly string[];
}

export const nc: Tool = {
  usage,
  run(io) {
    const at = io.args.findIndex((arg) => /^-\w*e$/.test(arg));
    const args =
      at < 0
        ? io.args
        : [...io.args.slice(0, at), (io.args[at] ?? '').replace(/e$/, '')].filter((arg) => arg !== '-');
    const command = at < 0 ? undefined : io.args.slice(at + 1);
    const options = readOptions({ ...io, args }, usage, { letters: 'lp:w:zvnukqi:N46s:' });
    if (!options) return 1;
    return options.has('l') ? listen(io, options, command) : connect(io, options);
  },
};

function listen(io: ToolIo, options: Options, command: readonly string[] | undefined): ToolOutcome {
  const known = io.memory as unknown as ListenMemory | undefined;
  const port = Number(options.value('p') ?? options.operands.at(-1));
  if (!(port > 0 && port < 65_536)) {
    refuse(io, usage, 'bad port');
    return 1;
  }
  if (!known && isTakenByOther(io.machine, io.task, port)) {
    io.complain('bind: Address already in use');
    return 1;
  }
  const descriptor = io.task.fds['0'] ?? 'null';
  const { text, ended, endless } = readable(io.machine, descriptor);
  consume(io.machine, descriptor, text.length);
  const keeps = options.has('k') || io.args.some((arg) => /^-l\w*l|^-ll/.test(arg));
  const memory = { text: (known?.text ?? '') + text, port, keeps, ...(command && { command: [...command] }) };
  return { wait: { port, ...(!ended && !endless && { readable: descriptor }) }, memory };
}

interface ConnectMemory extends ExchangeMemory {
  readonly text?: string;
}

/** It sends its standard input once that has ended, and prints what comes back. */
function connect(io: ToolIo, options: Options): ToolOutcome {
  const [host, portText] = options.operands;
  const port = Number(portText);
  if (host === undefined || !(port > 0)) {
    refuse(io, usage, 'missing operand');
    return 1;
  }
  const memory = io.memory as unknown as ConnectMemory | { text: string } | undefined;
  if (memory && 'request' in memory) return finish(io, options, memory, `${host}:${port}`);
  const seconds = Number(options.value('w') ?? '0');
  const timeout = seconds > 0 ? { timeoutMs: seconds * 1000 } : {};
  if (options.has('z')) return send(io, { protocol: 'tcp', host, port, ...timeout });
  const descriptor = io.task.fds['0'] ?? 'null';
  const { text, ended } = readable(io.machine, descriptor);
  consume(io.machine, descriptor, text.length);
  const all = (memory?.text ?? '') + text;
  if (!ended) return { wait: { readable: descriptor }, memory: { text: all } };
  return send(io, { protocol: 'tcp', host, port, text: all, ...timeout });
}

function finish(io: ToolIo, options: Options, memory: ConnectMemory, target: string): ToolOutcome {
  const answer = received(io, memory);
  const [host = '', port = ''] = target.split(':');
  if (answer === undefined)
    return waitOn({
      request: memory.request,
      sentAt: memory.sentAt,
      ...(memory.until !== undefined && { until: memory.until }),
    });
  if (answer !== 'late' && (answer.kind === 'connected' || answer.kind === 'http')) {
    if (options.has('v')) io.err(`${host} (${answer.address}:${port}) open\n`);
    if (answer.kind === 'connected' && !options.has('z')) io.out(answer.text);
    return 0;
  }
  const isUnheard = answer !== 'late' && answer.kind === 'timedOut' && answer.address === undefined;
  if (isUnheard || (answer !== 'late' && answer.kind === 'unresolved')) io.complain(`bad address '${host}'`);
  else if (options.has('v')) {
    const why =
      answer === 'late' || answer.kind === 'timedOut'
        ? 'Connection timed out'
        : answer.kind === 'refused'
          ? 'Connection refused'
          : 'No route to host';
    const address = answer !== 'late' && 'address' in answer ? (answer.address ?? host) : host;
    io.complain(`${host} (${address}:${port}): ${why}`);
  }
  return 1;
}
