import { complain, printError, type Shell } from '../shell.ts';
import { getVariable, setVariable, unsetVariable } from '../variables.ts';
import type { Builtin } from './builtin.ts';

export const getopts: Builtin = {
  run({ shell, args }) {
    const [letters = '', variable = '', ...given] = args;
    if (variable === '') {
      complain(shell, 'usage: getopts optstring var [arg]');
      return 2;
    }
    return nextOption(shell, { letters, variable, words: given.length > 0 ? given : shell.task.args });
  },
};

interface Options {
  readonly letters: string;
  readonly variable: string;
  readonly words: readonly string[];
}

/** `OPTIND` counts words; within a word of several letters, the place is kept with the task. */
function nextOption(shell: Shell, { letters, variable, words }: Options): number {
  const { task, machine } = shell;
  const set = (name: string, value: string): unknown => setVariable(machine.state, task, name, value);
  let index = Number(getVariable(machine.state, task, 'OPTIND') ?? '1') || 1;
  let offset = task.optionOffset ?? 1;
  delete task.optionOffset;
  const word = words[index - 1] ?? '';
  if (!/^-./.test(word) || word === '--') {
    set('OPTIND', String(word === '--' ? index + 1 : index));
    set(variable, '?');
    return 1;
  }
  const letter = word[offset] ?? '';
  offset += 1;
  const isLast = offset >= word.length;
  const known = letter === ':' ? -1 : letters.indexOf(letter);
  const silent = letters.startsWith(':');
  unsetVariable(machine.state, task, 'OPTARG');
  if (isLast) index += 1;
  else task.optionOffset = offset;
  if (known < 0) {
    if (silent) set('OPTARG', letter);
    else printError(shell, `Illegal option -${letter}\n`);
    set(variable, '?');
  } else if (letters[known + 1] === ':') {
    const value = isLast ? words[index - 1] : word.slice(offset);
    delete task.optionOffset;
    index += 1;
    if (value === undefined) {
      index -= 1;
      if (silent) set('OPTARG', letter);
      else printError(shell, `No arg for -${letter} option\n`);
      set(variable, silent ? ':' : '?');
    } else {
      set('OPTARG', value);
      set(variable, letter);
      if (!isLast) index = (Number(getVariable(machine.state, task, 'OPTIND') ?? '1') || 1) + 1;
    }
  } else set(variable, letter);
  set('OPTIND', String(index));
  return 0;
}
