import { kubectl } from './kubectl/kubectl.ts';
import { awk } from './pipes/awk.ts';
import { cut, tr } from './pipes/field-tools.ts';
import { egrep, grep } from './pipes/grep.ts';
import { cat, head, tail, uniq, wc } from './pipes/line-tools.ts';
import { sed } from './pipes/sed.ts';
import {
  alias,
  base64,
  clear,
  echo,
  exportTool,
  falseTool,
  printf,
  seq,
  sleep,
  tee,
  trueTool,
} from './pipes/small-tools.ts';
import { sort } from './pipes/sort.ts';
import type { Filter, Program } from './program.ts';
import { curl } from './web/curl.ts';

export type ProgramTable = ReadonlyMap<string, Program | Filter>;

/**
 * Everything that can be called by its name where the commands are typed. A new one is one more word here.
 */
export const PROGRAMS: ProgramTable = new Map(
  [
    kubectl,
    { ...kubectl, name: 'k' },
    sleep,
    curl,
    cat,
    head,
    tail,
    grep,
    egrep,
    wc,
    sort,
    uniq,
    cut,
    tr,
    awk,
    sed,
    tee,
    base64,
    echo,
    printf,
    seq,
    clear,
    trueTool,
    falseTool,
    alias,
    exportTool,
  ].map((program) => [program.name, program]),
);
