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
  const set = (name: string, value: string): void => {
    setVariable(machine.state, task, name, value);
  };
  const index = Number(getVariable(machine.state, task, 'OPTIND') ?? '1') || 1;
  const offset = task.optionOffset ?? 1;
  delete task.optionOffset;
  const word = words[index - 1] ?? '';
  if (!/^-./.test(word) || word === '--') {
    set('OPTIND', String(word === '--' ? index + 1 : index));
    set(variable, '?');
    return 1;
  }
  const letter = word[offset] ?? '';
  const rest = word.slice(offset + 1);
  const found = readOption({ letters, letter, rest, next: words[index] });
  unsetVariable(machine.state, task, 'OPTARG');
  if (found.argument !== undefined) set('OPTARG', found.argument);
  if (found.complaint !== undefined) printError(shell, `${found.complaint}\n`);
  set(variable, found.shown);
  if (found.words === 0) task.optionOffset = offset + 1;
  set('OPTIND', String(index + found.words));
  return 0;
}

interface FoundOption {
  /** What the variable is set to. */
  readonly shown: string;
  readonly argument?: string;
  readonly complaint?: string;
  /** How many words it has used up; 0: more letters follow in this one. */
  readonly words: number;
}

/** With a colon first in `letters`, nothing is said about what is wrong, and `OPTARG` has the letter. */
function readOption(at: {
  letters: string;
  letter: string;
  rest: string;
  next: string | undefined;
}): FoundOption {
  const { letters, letter, rest, next } = at;
  const known = letter === ':' ? -1 : letters.indexOf(letter);
  const isSilent = letters.startsWith(':');
  const words = rest === '' ? 1 : 0;
  if (known < 0) {
    const told = isSilent ? { argument: letter } : { complaint: `Illegal option -${letter}` };
    return { shown: '?', words, ...told };
  }
  if (letters[known + 1] !== ':') return { shown: letter, words };
  if (rest !== '') return { shown: letter, argument: rest, words: 1 };
  if (next !== undefined) return { shown: letter, argument: next, words: 2 };
  if (isSilent) return { shown: ':', argument: letter, words: 1 };
  return { shown: '?', complaint: `No arg for -${letter} option`, words: 1 };
}
