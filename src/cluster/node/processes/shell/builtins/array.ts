import { complain } from '../shell.ts';
import { arrayItems, setArray } from '../variables.ts';
import type { Builtin } from './builtin.ts';

/** What `a=(…)`, `a+=(…)` and `a[i]=…` are compiled to (see `syntax/compile-array.ts`). */
export const array: Builtin = {
  run({ shell, args: [name = '', how = '', , ...rest] }) {
    const { machine, task } = shell;
    const before = arrayItems(machine.state, task, name);
    const items = how.startsWith('[]') ? withElement(before, how, rest) : withElements(before, how, rest);
    if (items !== undefined && setArray(machine.state, task, name, items)) return 0;
    complain(
      shell,
      items === undefined ? `${name}[${rest[0] ?? ''}]: bad array subscript` : `${name}: readonly variable`,
    );
    return 1;
  },
};

type Items = Readonly<Record<string, string>>;

function withElements(before: Items, how: string, texts: readonly string[]): Items {
  const kept = how === '+=' ? before : {};
  const from = how === '+=' ? endOf(before) : 0;
  return { ...kept, ...Object.fromEntries(texts.map((text, index) => [from + index, text])) };
}

function withElement(
  before: Items,
  how: string,
  [index = '0', text = '']: readonly string[],
): Items | undefined {
  const wanted = Number(index);
  const at = wanted < 0 ? endOf(before) + wanted : wanted;
  if (at < 0) return undefined;
  return { ...before, [at]: how === '[]+=' ? `${before[at] ?? ''}${text}` : text };
}

/** One more than the highest index. */
const endOf = (items: Items): number => Number(Object.keys(items).at(-1) ?? -1) + 1;
