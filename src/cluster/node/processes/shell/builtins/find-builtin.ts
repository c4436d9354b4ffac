import type { ShellTask } from '../../process-state.ts';
import { ARRAY_BUILTIN } from '../../syntax/compile-array.ts';
import { array } from './array.ts';
import type { Builtin } from './builtin.ts';
import { exportBuiltin, local, readonlyBuiltin, unset } from './declare.ts';
import { cd, pwd } from './directory.ts';
import {
  breakBuiltin,
  colon,
  continueBuiltin,
  dot,
  evalBuiltin,
  exec,
  exit,
  falseBuiltin,
  returnBuiltin,
  shift,
  trueBuiltin,
} from './flow.ts';
import { getopts } from './getopts.ts';
import { jobs } from './jobs.ts';
import { kill } from './kill.ts';
import { builtin, command, hash, typeBuiltin } from './names.ts';
import { read } from './read.ts';
import { set } from './set.ts';
import { echo, letBuiltin, nothing, printf, test, times, ulimit, umask } from './small.ts';
import { trap } from './trap.ts';
import { wait } from './wait.ts';

/** What a shell does itself, without starting anything. */
const BUILTINS: Readonly<Record<string, Builtin>> = {
  ':': colon,
  '.': dot,
  '[': test,
  alias: nothing,
  bg: nothing,
  break: breakBuiltin,
  cd,
  command: command(findBuiltin),
  continue: continueBuiltin,
  echo,
  eval: evalBuiltin,
  exec,
  exit,
  export: exportBuiltin,
  false: falseBuiltin,
  fg: nothing,
  getopts,
  hash,
  jobs,
  kill,
  local,
  printf,
  pwd,
  read,
  readonly: readonlyBuiltin,
  return: returnBuiltin,
  set,
  shift,
  test,
  times,
  trap,
  true: trueBuiltin,
  type: typeBuiltin(findBuiltin),
  ulimit,
  umask,
  unalias: nothing,
  unset,
  wait,
};

/** Besides those of POSIX: busybox ash has them too. */
const NOT_IN_DASH: Readonly<Record<string, Builtin>> = { let: letBuiltin, source: dot };

const ONLY_IN_BASH: Readonly<Record<string, Builtin>> = {
  [ARRAY_BUILTIN]: array,
  builtin: builtin(findBuiltin),
  declare: local,
  disown: nothing,
  shopt: nothing,
  typeset: local,
};

export function findBuiltin(name: string, task: ShellTask): Builtin | undefined {
  const own = lookUp(BUILTINS, name);
  if (own || task.dash) return own;
  return lookUp(NOT_IN_DASH, name) ?? (task.bash ? lookUp(ONLY_IN_BASH, name) : undefined);
}

const lookUp = (table: Readonly<Record<string, Builtin>>, name: string): Builtin | undefined =>
  Object.hasOwn(table, name) ? table[name] : undefined;
