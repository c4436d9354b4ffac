import type { Files } from './files.ts';
import { kubectl } from './kubectl/kubectl.ts';
import { awk } from './pipes/awk.ts';
import { cut, tr } from './pipes/field-tools.ts';
import { egrep, grep } from './pipes/grep.ts';
import { cat, head, tail, uniq, wc } from './pipes/line-tools.ts';
import { base64, clear, echo, falseTool, printf, sleep, trueTool } from './pipes/small-tools.ts';
import { sort } from './pipes/sort.ts';
import type { Filter, Program } from './program.ts';

/**
 * Everything that can be called by its name where the commands are typed. A new one is one more line here.
 */
const PROGRAMS: readonly ((files: Files) => Program | Filter)[] = [
  (files) => kubectl(files),
  ...[sleep, cat, head, tail, grep, egrep, wc, sort, uniq, cut, tr, awk, base64, echo, printf, clear].map(
    (tool) => () => tool,
  ),
  () => trueTool,
  () => falseTool,
];

export type ProgramTable = ReadonlyMap<string, Program | Filter>;

export function programsWith(files: Files): ProgramTable {
  return new Map(PROGRAMS.map((make) => make(files)).map((program) => [program.name, program]));
}

/** What people know these by as well. */
export const ALIASES: Readonly<Record<string, string>> = { k: 'kubectl' };
