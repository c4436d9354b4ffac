/** A type of a Go package: a struct with its fields in Go's order, or another name for something else. */
export type GoType = { readonly fields: readonly GoField[] } | { readonly is: string };

export interface GoField {
  readonly name: string;
  /** As Go's reflection prints it: `[]v1.Container`, `*int64`. */
  readonly type: string;
  /** Empty when the fields of an embedded struct stand in its place. */
  readonly json: string;
}

const BUILTIN = /^(string|bool|int|int32|int64|uint8|float64|byte)$/;

/** The types that a file of `k8s.io/api` or `k8s.io/apimachinery` declares, under the name of its package. */
export function readGoTypes(source: string, pkg: string): ReadonlyMap<string, GoType> {
  const types = new Map<string, GoType>();
  let open: { name: string; fields: GoField[] } | undefined;
  for (const line of source.replace(/\/\*[\s\S]*?\*\//g, '').split('\n')) {
    const code = line.replace(/^\s*\/\/.*$|\/\/[^`]*$/, '').trim();
    if (open !== undefined) {
      if (line.startsWith('}')) {
        types.set(`${pkg}.${open.name}`, { fields: open.fields });
        open = undefined;
      } else {
        const field = readField(code, pkg);
        if (field !== undefined) open.fields.push(field);
      }
      continue;
    }
    const struct = /^type (\w+) struct \{$/.exec(code)?.[1];
    if (struct !== undefined) open = { name: struct, fields: [] };
    const [, name, is] = /^type (\w+) ([\w.[\]*]+)$/.exec(code) ?? [];
    if (name !== undefined && is !== undefined) types.set(`${pkg}.${name}`, { is: printed(is, pkg) });
  }
  return types;
}

function readField(code: string, pkg: string): GoField | undefined {
  const [, names = '', tags = ''] = /^([^`]+?)\s*`(.*)`$/.exec(code) ?? [];
  if (names === '') return undefined;
  const [first = '', type = first] = names.split(/\s+/);
  const [json = ''] = (/json:"([^"]*)"/.exec(tags)?.[1] ?? '').split(',');
  return { name: first.split('.').at(-1) ?? first, type: printed(type, pkg), json };
}

/** Go prints a package by its own last name, whatever a file calls it: `metav1.Time` is `v1.Time`. */
function printed(type: string, pkg: string): string {
  const [, wrapping = '', name = ''] = /^((?:\*|\[\]|map\[[\w.]+\])*)([\w.]+)$/.exec(type) ?? [];
  const outer = wrapping.replace(/\[(\w[\w.]*)\]/, (_, key: string) => `[${qualified(key, pkg)}]`);
  return outer + qualified(name, pkg);
}

function qualified(name: string, pkg: string): string {
  if (name === 'byte') return 'uint8';
  if (name.includes('.')) return name.replace(/^metav1\./, 'v1.');
  return BUILTIN.test(name) ? name : `${pkg}.${name}`;
}
