import type { Json } from '../process-state.ts';
import { type ExchangeMemory, received, send, waitOn } from './exchange.ts';
import { readOptions, refuse } from './options.ts';
import type { Tool, ToolIo, ToolOutcome } from './tool.ts';

const usage = 'ping [OPTIONS] HOST';

interface PingMemory extends Partial<ExchangeMemory> {
  readonly sequence: number;
  readonly times: number[];
  readonly nextAt?: number;
}

export const ping: Tool = {
  usage,
  run(io) {
    const options = readOptions(io, usage, { letters: 'c:i:W:w:s:t:qn46AI:' });
    const host = options?.operands[0];
    if (!options || host === undefined) {
      if (options) refuse(io, usage, 'missing HOST');
      return 1;
    }
    const count = Number(options.value('c') ?? Number.POSITIVE_INFINITY);
    const waitMs = Number(options.value('W') ?? 10) * 1000;
    const periodMs = Number(options.value('i') ?? 1) * 1000;
    const ask = (sequence: number, times: number[]): ToolOutcome =>
      send(io, { protocol: 'icmp', host, timeoutMs: waitMs }, { sequence, times });
    const memory = io.memory as unknown as PingMemory | undefined;
    if (!memory) return ask(0, []);
    if (memory.request === undefined || memory.sentAt === undefined) {
      const { nextAt = io.now } = memory;
      return io.now >= nextAt
        ? ask(memory.sequence, memory.times)
        : { wait: { until: nextAt }, memory: { ...memory } as Json };
    }
    const asked = { ...memory, request: memory.request, sentAt: memory.sentAt };
    const answer = received(io, asked);
    if (answer === undefined) return waitOn(asked as ExchangeMemory & Record<string, Json>);
    if (answer !== 'late' && answer.kind === 'unresolved') {
      io.complain(`bad address '${host}'`);
      return 1;
    }
    const address = answer !== 'late' && 'address' in answer ? (answer.address ?? host) : host;
    if (memory.sequence === 0) io.out(`PING ${host} (${address}): 56 data bytes\n`);
    const times = [...memory.times];
    if (answer !== 'late' && answer.kind === 'pong') {
      times.push(answer.ms);
      io.out(`64 bytes from ${address}: seq=${memory.sequence} ttl=64 time=${answer.ms.toFixed(3)} ms\n`);
    }
    const sequence = memory.sequence + 1;
    if (sequence >= count) return summary(io, host, sequence, times);
    const nextAt = memory.sentAt + periodMs;
    return {
      wait: { until: Math.max(nextAt, io.now) },
      memory: { sequence, times, nextAt: Math.max(nextAt, io.now) },
    };
  },
};

function summary(io: ToolIo, host: string, sent: number, times: readonly number[]): number {
  const lost = Math.round(((sent - times.length) / sent) * 100);
  io.out(
    `\n--- ${host} ping statistics ---\n${sent} packets transmitted, ${times.length} packets received, ${lost}% packet loss\n`,
  );
  if (times.length === 0) return 1;
  const mean = times.reduce((sum, ms) => sum + ms, 0) / times.length;
  io.out(
    `round-trip min/avg/max = ${[Math.min(...times), mean, Math.max(...times)].map((ms) => ms.toFixed(3)).join('/')} ms\n`,
  );
  return 0;
}
