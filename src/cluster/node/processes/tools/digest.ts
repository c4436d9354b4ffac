import { isOutcome, readAllInputs } from './input.ts';
import { notSimulated, readOptions } from './options.ts';
import type { Tool } from './tool.ts';

/** `md5sum /dev/zero` and the like are run to keep a processor busy; digests themselves are not computed. */
export const digest: Tool = {
  usage: 'md5sum [-c[sw]] [FILE]...',
  run(io) {
    const options = readOptions(io, this.usage, { letters: 'cswb' });
    if (!options) return 1;
    const inputs = readAllInputs(io, options.operands);
    if (isOutcome(inputs))
      return typeof inputs === 'object' && 'wait' in inputs && inputs.wait.cpus
        ? { wait: { cpus: 1 }, memory: null }
        : inputs;
    if (inputs.some((input) => input.endless)) return { wait: { cpus: 1 }, memory: null };
    if (inputs.every((input) => input.text === undefined)) return 1;
    return notSimulated(io, 'computing a digest');
  },
};
