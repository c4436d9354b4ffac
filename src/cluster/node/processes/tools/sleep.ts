import { printUsage } from './options.ts';
import type { Tool } from './tool.ts';

const usage = 'sleep [N]...';
const UNITS: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

export const sleep: Tool = {
  usage,
  run(io) {
    if (typeof io.memory === 'number')
      return io.now >= io.memory ? 0 : { wait: { until: io.memory }, memory: io.memory };
    if (io.args.length === 0) {
      printUsage(io, usage);
      return 1;
    }
    let total = 0;
    for (const arg of io.args) {
      const ms = durationMs(arg);
      if (ms === undefined) {
        io.complain(`invalid number '${arg}'`);
        return 1;
      }
      total += ms;
    }
    if (total === Number.POSITIVE_INFINITY) return { wait: {}, memory: null };
    const until = io.now + Math.round(total);
    return total === 0 ? 0 : { wait: { until }, memory: until };
  },
};

/** `30`, `0.5`, `2m`, `infinity`; undefined for what is no duration. */
export function durationMs(text: string): number | undefined {
  if (/^inf(inity)?$/i.test(text)) return Number.POSITIVE_INFINITY;
  const found = /^(\d+\.?\d*|\.\d+)([smhd]?)$/.exec(text);
  return found ? Number(found[1]) * (UNITS[found[2] || 's'] ?? 1000) : undefined;
}

/** The same in microseconds. */
export const usleep: Tool = {
  usage: 'usleep N',
  run(io) {
    if (typeof io.memory === 'number')
      return io.now >= io.memory ? 0 : { wait: { until: io.memory }, memory: io.memory };
    const until = io.now + Math.round((Number(io.args[0]) || 0) / 1000);
    return until === io.now ? 0 : { wait: { until }, memory: until };
  },
};
