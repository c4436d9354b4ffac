/** A type that expressions make messages of: `Object.spec.template{…}`, `JSONPatch{…}`. */
const TYPE = /^(?:Object(?:\.\w+)*|JSONPatch)\s*\{/;
const FIELD = /^(\??)([A-Za-z_]\w*|`[^`]+`)(\s*:)/;
const TEXT = /^(?:"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')/s;
const WORD = /^[\w.]+/;

/**
 * An expression with its messages written as maps, whose keys are texts: the library knows no types of ours,
 * and what comes out is the same JSON.
 */
export function withoutMessages(expression: string): string {
  const open: ('message' | 'other')[] = [];
  let isField = false;
  let made = '';
  for (let at = 0; at < expression.length; ) {
    const rest = expression.slice(at);
    const space = /^\s+/.exec(rest)?.[0];
    const text = TEXT.exec(rest)?.[0];
    const type = TYPE.exec(rest)?.[0];
    const field = isField && open.at(-1) === 'message' ? FIELD.exec(rest) : null;
    const word = WORD.exec(rest)?.[0];
    const char = rest[0] ?? '';
    if (space !== undefined) {
      made += space;
      at += space.length;
      continue;
    }
    if (field) {
      const [whole, optional = '', name = '', colon = ''] = field;
      made += `${optional}"${name.replaceAll('`', '')}"${colon}`;
      at += whole.length;
      isField = false;
    } else if (type !== undefined) {
      open.push('message');
      made += '{';
      at += type.length;
      isField = true;
    } else {
      const piece = text ?? word ?? char;
      if (text === undefined && word === undefined) {
        if ('{[('.includes(char)) open.push('other');
        if ('}])'.includes(char)) open.pop();
      }
      isField = piece === ',';
      made += piece;
      at += piece.length;
    }
  }
  return made;
}

/** What an expression made, as JSON. */
export function jsonOf(value: unknown): unknown {
  if (typeof value === 'bigint') return Number(value);
  if (Array.isArray(value)) return value.map(jsonOf);
  if (value instanceof Map)
    return Object.fromEntries([...value].map(([key, each]) => [String(key), jsonOf(each)]));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, jsonOf(each)]));
}
