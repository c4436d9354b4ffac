import type { Assignment, Command, Word as UnbashWord } from 'unbash';
import { compileWord, compileWords } from './compile-word.ts';
import { addMistake, addNode, type Compiling } from './compiling.ts';
import type { Part, Word } from './program.ts';

/** The builtin that assignments of arrays become; no command can be called so. */
export const ARRAY_BUILTIN = '(array)';

const DECLARING = ['declare', 'typeset', 'local', 'readonly', 'export'];

/** Whether an assignment is one of an array, or of an element of it. */
export function isOfArray(item: UnbashWord | Assignment): item is Assignment {
  return item.type === 'Assignment' && (item.index !== undefined || item.value.type === 'ArrayValue');
}

/**
 * `a=(x y)`, `a+=(z)`, `a[1]=w`, alone or behind `declare -a` and the like: one command after another, each
 * of which is this shell's own. In a function, such arrays stay when it is over.
 */
export function compileArrays(compiling: Compiling, command: Command): number {
  const line = compiling.lineAt(command.pos);
  const name = command.name?.value ?? '';
  const inFront = command.prefix.filter((item) => item.type === 'Assignment');
  const behind = command.suffix.filter((item) => item.type === 'Word' || item.type === 'Assignment');
  const isDeclaring = DECLARING.includes(name) && inFront.length === 0;
  const options = behind.flatMap((item) => (item.type === 'Word' ? [item.text] : []));
  if (options.some((text) => /^-\w*A/.test(text)))
    return addMistake(compiling, 'associative arrays are not simulated', line);
  if (!isDeclaring && name !== '')
    return addMistake(compiling, 'an array before a command is not simulated', line);
  const items = [...inFront, ...behind.filter((item) => item.type === 'Assignment')].map((item) =>
    isOfArray(item) ? arrayNode(compiling, item, line) : plainNode(compiling, item, line),
  );
  return items.length === 1 ? (items[0] ?? 0) : addNode(compiling, { kind: 'list', items, line });
}

function plainNode(compiling: Compiling, { name, append, value }: Assignment, line: number): number {
  const assignments =
    value.type === 'ArrayValue'
      ? []
      : [{ name, append: append === true, value: compileWord(compiling, value) }];
  return addNode(compiling, { kind: 'simple', words: [], assignments, redirects: [], line });
}

/** The words of the command are: its name, the array's, `=` or `+=`, what was written; then the elements. */
function arrayNode(compiling: Compiling, item: Assignment, line: number): number {
  const { name, append, index, value, text } = item;
  const how = `${append ? '+' : ''}=`;
  const elements = value.type === 'ArrayValue' ? value.elements : undefined;
  if (elements?.some((element) => /^\[.*\]=/.test(element.text)))
    return addMistake(compiling, 'elements with an index in an array are not simulated', line);
  const words = elements
    ? elements.flatMap((element) => compileWords(compiling, element))
    : [indexWord(compiling, index), { ...compileWord(compiling, value as UnbashWord), whole: true as const }];
  return addNode(compiling, {
    kind: 'simple',
    words: [ARRAY_BUILTIN, name, elements ? how : `[]${how}`, text].map(plainWord).concat(words),
    assignments: [],
    redirects: [],
    line,
  });
}

const plainWord = (text: string): Word => ({ parts: [{ kind: 'text', text, quoted: true }], source: text });

function indexWord(compiling: Compiling, index: UnbashWord | undefined): Word {
  const parts: Part[] = index ? [...compileWord(compiling, index).parts] : [];
  return { parts: [{ kind: 'arithmetic', parts, quoted: true }], source: index?.text ?? '' };
}
