import { readOptions } from './options.ts';
import type { Tool } from './tool.ts';

const usage = 'env [-iu0] [-u NAME]... [-] [NAME=VALUE]... [PROG ARGS]';

export const env: Tool = {
  usage,
  run(io) {
    const options = readOptions(io, usage, {
      letters: 'iu:0',
      long: { unset: 'u', 'ignore-environment': 'i' },
      stopsEarly: true,
    });
    if (!options) return 1;
    const operands = options.operands[0] === '-' ? options.operands.slice(1) : options.operands;
    const all: Record<string, string> = options.has('i') || options.operands[0] === '-' ? {} : io.env();
    for (const name of options.values('u')) delete all[name];
    const first = operands.findIndex((operand) => !/^[^=]+=/.test(operand));
    const assigned = first < 0 ? operands : operands.slice(0, first);
    for (const text of assigned) {
      const at = text.indexOf('=');
      all[text.slice(0, at)] = text.slice(at + 1);
    }
    if (first < 0) {
      for (const [name, value] of Object.entries(all)) io.out(`${name}=${value}\n`);
      return 0;
    }
    return { exec: operands.slice(first), env: difference(io.machine.state.env, all) };
  },
};

/** As tasks keep their environment: what differs from the container's. */
function difference(
  container: Readonly<Record<string, string>>,
  all: Readonly<Record<string, string>>,
): Record<string, string | null> {
  const changed: Record<string, string | null> = {};
  for (const name in container) if (all[name] === undefined) changed[name] = null;
  for (const name in all) if (all[name] !== container[name]) changed[name] = all[name] ?? null;
  return changed;
}

export const printenv: Tool = {
  usage: 'printenv [VARIABLE]...',
  run(io) {
    const all = io.env();
    if (io.args.length === 0) for (const [name, value] of Object.entries(all)) io.out(`${name}=${value}\n`);
    for (const name of io.args) if (all[name] !== undefined) io.out(`${all[name]}\n`);
    return io.args.every((name) => all[name] !== undefined) ? 0 : 1;
  },
};
