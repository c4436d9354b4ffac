import { type Files, findFile } from '../files.ts';
import type { Filter } from '../program.ts';

/** `[ -f /etc/kubernetes/admin.conf ]`, `test "$a" = b` (POSIX test, without parentheses). */
export const test: Filter = {
  type: 'filter',
  name: 'test',
  isSteady: () => true,
  run(args, _stdin, files) {
    const words = args.at(-1) === ']' ? args.slice(0, -1) : args;
    const holds = either(words, files);
    if (typeof holds === 'boolean') return { stdout: '', exitCode: holds ? 0 : 1 };
    return { stdout: '', stderr: `bash: [: ${holds}\n`, exitCode: 2 };
  },
};

type Truth = boolean | string;

/** `-o` binds less than `-a`. */
function either(words: readonly string[], files: Files): Truth {
  return joined(words, '-o', (part) => joined(part, '-a', (each) => single(each, files), true), false);
}

function joined(
  words: readonly string[],
  operator: string,
  of: (part: readonly string[]) => Truth,
  isAll: boolean,
): Truth {
  const at = words.indexOf(operator, 1);
  const first = of(at < 0 ? words : words.slice(0, at));
  if (at < 0 || typeof first === 'string' || first !== isAll) return first;
  return joined(words.slice(at + 1), operator, of, isAll);
}

const COMPARISONS: Readonly<Record<string, (a: number, b: number) => boolean>> = {
  '-eq': (a, b) => a === b,
  '-ne': (a, b) => a !== b,
  '-lt': (a, b) => a < b,
  '-le': (a, b) => a <= b,
  '-gt': (a, b) => a > b,
  '-ge': (a, b) => a >= b,
};

function single(words: readonly string[], files: Files): Truth {
  const [first = '', second = '', third = ''] = words;
  if (first === '!' && words.length > 1) {
    const inner = single(words.slice(1), files);
    return typeof inner === 'boolean' ? !inner : inner;
  }
  if (words.length <= 1) return first !== '';
  if (words.length === 2) return unary(first, second, files);
  if (second === '=' || second === '==') return first === third;
  if (second === '!=') return first !== third;
  const compare = COMPARISONS[second];
  if (!compare) return `${second}: binary operator expected`;
  const wrong = [first, third].find((word) => !/^[-+]?\d+$/.test(word.trim()));
  return wrong === undefined
    ? compare(Number(first), Number(third))
    : `${wrong}: integer expression expected`;
}

function unary(operator: string, word: string, files: Files): Truth {
  if (operator === '-n') return word !== '';
  if (operator === '-z') return word === '';
  const found = findFile(files, word);
  switch (operator) {
    case '-e':
    case '-r':
    case '-w':
      return found.type === 'file' || found.type === 'folder';
    case '-f':
      return found.type === 'file';
    case '-s':
      return found.type === 'file' && found.text !== '';
    case '-d':
    case '-x':
      return found.type === 'folder';
    case '-L':
    case '-h':
      return false;
    default:
      return `${operator}: unary operator expected`;
  }
}
