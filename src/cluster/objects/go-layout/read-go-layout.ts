import { LAYOUT_LINES } from './go-layout-table.ts';

/** How Go holds a type in memory, in one version of Kubernetes. */
export type GoLayout = { readonly fields: readonly GoFieldLayout[] } | { readonly is: string };

export interface GoFieldLayout {
  readonly name: string;
  /** As Go's reflection prints it: `[]v1.Container`, `*int64`. */
  readonly type: string;
  /** Under which name JSON has it; undefined for an embedded struct, whose fields stand in its place. */
  readonly json?: string;
}

// Both only remember what follows from the committed table.
let lines: ReadonlyMap<string, readonly string[]> | undefined;
const layouts = new Map<string, GoLayout>();

/** Undefined for types that Go itself has, and for those whose JSON is not their layout. */
export function goLayoutOf(type: string, minor: number): GoLayout | undefined {
  const key = `${type} ${minor}`;
  const known = layouts.get(key);
  if (known !== undefined) return known;
  lines ??= readLines();
  const words = lines.get(type);
  if (words === undefined) return undefined;
  const layout = readLayout(words, minor);
  layouts.set(key, layout);
  return layout;
}

/**
 * Each line is a type. One word after it is another type that it is a name for; otherwise its fields follow,
 * in Go's order:
 *
 *   v1.Lifecycle PostStart:*v1.Handler<23 PostStart:*v1.LifecycleHandler>=23 StopSignal:*v1.Signal>=33
 *   v1.Signal string
 *
 * `Name/json:type` gives the name in JSON where it is not the field's own with a small first letter;
 * `Name/:type` is an embedded struct. `>=` and `<` say in which minor versions it is there.
 */
function readLines(): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, readonly string[]>();
  for (const line of LAYOUT_LINES.split('\n')) {
    const [type = '', ...words] = line.split(' ');
    if (type !== '') found.set(type, words);
  }
  return found;
}

function readLayout(words: readonly string[], minor: number): GoLayout {
  const [first = ''] = words;
  if (!first.includes(':')) return { is: first };
  return { fields: words.flatMap((word) => readField(word, minor) ?? []) };
}

function readField(word: string, minor: number): GoFieldLayout | undefined {
  const [, name = '', json, type = '', from, until] =
    /^(\w+)(?:\/(\w*))?:([^<>]+)(?:>=(\d+))?(?:<(\d+))?$/.exec(word) ?? [];
  if (minor < Number(from ?? 0) || minor >= Number(until ?? minor + 1)) return undefined;
  if (json === '') return { name, type };
  return { name, type, json: json ?? name.charAt(0).toLowerCase() + name.slice(1) };
}
