import { ARRAY_BUILTIN } from '../syntax/compile-array.ts';
import { printError, type Shell } from './shell.ts';
import { getVariable } from './variables.ts';

/** `set -x`: the command as it is run, quoted where that is needed, as ash writes it. */
export function traceCommand(
  shell: Shell,
  assigned: readonly { readonly name: string; readonly value: string }[],
  fields: readonly string[],
): void {
  // Of an array, what was written is shown.
  const shown = fields[0] === ARRAY_BUILTIN ? [fields[3] ?? ''] : fields.map((field) => quoteWord(field));
  const start = getVariable(shell.machine.state, shell.task, 'PS4') ?? '';
  const words = [...assigned.map(({ name, value }) => `${name}=${quoteWord(value)}`), ...shown];
  if (words.length > 0) printError(shell, `${start}${words.join(' ')}\n`);
}

/** A word in single quotes unless it is plain; `=` is quoted on its own (`ash.c`: maybe_single_quote). */
function quoteWord(word: string): string {
  if (/^[\w@%+:,./\]{}^~-]+$/.test(word) || /^[\w@%+:,./~-]*$/.test(word)) return word;
  return singleQuoted(word);
}

export function singleQuoted(word: string): string {
  return (
    word
      .split(/('+)/)
      .filter((piece) => piece !== '')
      .map((piece) => (piece.startsWith("'") ? `"${piece}"` : `'${piece}'`))
      .join('') || "''"
  );
}
