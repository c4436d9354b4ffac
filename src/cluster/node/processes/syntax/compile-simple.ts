import type { Assignment, Command, Redirection, Word as UnbashWord } from 'unbash';
import { compileArrays, isOfArray } from './compile-array.ts';
import { compileRedirects } from './compile-redirect.ts';
import { compileWord, compileWords } from './compile-word.ts';
import { addMistake, addNode, type Compiling } from './compiling.ts';
import type { AssignmentWord, Part, Word } from './program.ts';

type SimpleItem = UnbashWord | Assignment | Redirection;
const isRedirect = (item: SimpleItem): item is Redirection =>
  item.type === 'Redirect' || item.type === 'HereDoc' || item.type === 'HereString';

/** `before` stands in front of the command's own words. */
export function compileSimple(compiling: Compiling, command: Command, before: readonly Word[] = []): number {
  const line = compiling.lineAt(command.pos);
  const assignments = command.prefix.filter((item) => item.type === 'Assignment');
  const suffix = command.suffix.filter((item) => !isRedirect(item)) as (UnbashWord | Assignment)[];
  if ([...assignments, ...suffix].some(isOfArray)) {
    // Neither ash nor dash has arrays.
    if (compiling.dialect !== 'bash') return addMistake(compiling, 'unexpected "("', line);
    return compileArrays(compiling, command);
  }
  const redirects = [...command.prefix, ...command.suffix].filter(isRedirect);
  const hereString = redirects.find((item) => item.type === 'HereString');
  if (hereString && compiling.dialect !== 'bash')
    return addMistake(compiling, 'unexpected redirection', line);
  const words = [...(command.name ? [command.name] : []), ...suffix];
  const isDeclaring = DECLARING.includes(command.name?.value ?? '');
  return addNode(compiling, {
    kind: 'simple',
    words: [...before, ...words.flatMap((item) => compileArgument(compiling, item, isDeclaring))],
    assignments: assignments.flatMap((item) => compileAssignment(compiling, item)),
    redirects: compileRedirects(compiling, redirects),
    line,
  });
}

const DECLARING = ['export', 'readonly', 'local', 'declare', 'typeset'];

/** `a=$x` as an argument is a word like any other, but to commands that declare variables. */
function compileArgument(compiling: Compiling, item: UnbashWord | Assignment, whole: boolean): Word[] {
  if (item.type === 'Word') return compileWords(compiling, item);
  if (item.value.type === 'ArrayValue') return [];
  const value = compileWord(compiling, item.value);
  const start = `${item.name}${item.append ? '+' : ''}=`;
  const parts: Part[] = [{ kind: 'text', text: start, quoted: false }, ...value.parts];
  return [{ parts, source: item.text, ...(whole && { whole }) }];
}

function compileAssignment(compiling: Compiling, item: Assignment): AssignmentWord[] {
  if (item.value.type === 'ArrayValue') return [];
  return [{ name: item.name, append: item.append === true, value: compileWord(compiling, item.value) }];
}
