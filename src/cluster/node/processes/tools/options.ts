import { type OptionSyntax, type Options, readOptionWords } from '../../../tools/option-words.ts';
import { notice } from '../machine/machine.ts';
import type { ToolIo } from './tool.ts';

/**
 * The options of a command line; undefined when one is not known, which is then said together with the usage.
 */
export function readOptions(io: ToolIo, usage: string, syntax: OptionSyntax): Options | undefined {
  const options = readOptionWords(io.args, syntax);
  if (typeof options !== 'string') return options;
  refuse(io, usage, options);
  return undefined;
}

/** Says what is wrong, then the usage in the form of the image's tools. */
export function refuse(io: ToolIo, usage: string, text: string): void {
  io.complain(text);
  printUsage(io, usage);
}

export function printUsage(io: ToolIo, usage: string): void {
  if (isGnu(io)) io.err(`Try '${io.name} --help' for more information.\n`);
  else io.err(`BusyBox v1.36.1 (2023-05-18 22:34:17 UTC) multi-call binary.\n\nUsage: ${usage}\n`);
}

export const isGnu = (io: ToolIo): boolean => io.machine.host.image.userland === 'gnu';

/** Names what is not simulated, where the user sees it, and as a notice. */
export function notSimulated(io: ToolIo, what: string): 1 {
  io.complain(`${what} is not simulated`);
  notice(io.machine, `${io.name}: ${what} is not simulated`);
  return 1;
}
