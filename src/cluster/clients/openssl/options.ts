import { findFile } from '../files.ts';
import type { Call, Ended, LeftFile } from '../program.ts';

/** Ends a call of openssl; caught where the call began. */
export class OpensslExit extends Error {}

export interface Options {
  /** Options with a value; of one that is given again, the last. */
  readonly values: ReadonlyMap<string, string>;
  readonly bare: ReadonlySet<string>;
  readonly operands: readonly string[];
}

/** Takes `-out file -noout 2048` apart. */
export function readOptions(
  command: string,
  words: readonly string[],
  { valued, bare }: { readonly valued: string; readonly bare: string },
): Options {
  const values = new Map<string, string>();
  const found = new Set<string>();
  const operands: string[] = [];
  const [withValue, without] = [valued.split(' '), bare.split(' ')];
  for (let index = 0; index < words.length; index++) {
    const word = words[index] ?? '';
    const name = word.replace(/^--?/, '');
    if (!word.startsWith('-')) operands.push(word);
    else if (without.includes(name)) found.add(name);
    else if (withValue.includes(name)) {
      index += 1;
      values.set(name, words[index] ?? '');
    } else {
      throw new OpensslExit(
        `${command}: Unknown option or cipher: ${name}\n${command}: Use -help for summary.`,
      );
    }
  }
  return { values, bare: found, operands };
}

/** The text of a file that an option names; what is typed into it where it names none. */
export function inputOf(call: Call, path: string | undefined, what: string): string {
  if (path === undefined || path === '-') return call.stdin;
  const found = findFile(call.files, path);
  if (found.type === 'file') return found.text;
  throw new OpensslExit(
    `Could not open file or uri for loading ${what} from ${path}: No such file or directory`,
  );
}

/** Ends with text in the file that -out names, or printed. */
export function output(
  call: Call,
  path: string | undefined,
  text: string,
  more: readonly LeftFile[] = [],
): Ended {
  if (path === undefined) {
    call.write('stdout', text);
    return { exitCode: 0, written: more };
  }
  return { exitCode: 0, written: [...more, { path, text }] };
}
