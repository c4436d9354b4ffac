/** The leaves of a value by their paths: `status.conditions.Ready.status` is `"True"`. */
export type Leaves = ReadonlyMap<string, string>;

/**
 * Elements of lists are named by what names them in Kubernetes, so that a difference reads well; their order
 * is a leaf of its own.
 */
export function flatten(value: unknown): Leaves {
  const leaves = new Map<string, string>();
  const walk = (one: unknown, path: string): void => {
    const below = (key: string) => (path === '' ? key : `${path}.${key}`);
    if (Array.isArray(one) && one.length > 0) {
      const names = one.map(nameOf);
      const named = names.every((name) => name !== undefined) && new Set(names).size === names.length;
      if (named) leaves.set(below('#'), names.join(','));
      for (const [index, each] of one.entries())
        walk(each, below(named ? String(names[index]) : String(index)));
    } else if (typeof one === 'object' && one !== null && Object.keys(one).length > 0) {
      for (const [key, each] of Object.entries(one)) walk(each, below(key));
    } else {
      leaves.set(path, typeof one === 'string' ? one : JSON.stringify(one));
    }
  };
  walk(value, '');
  return leaves;
}

function nameOf(element: unknown): string | undefined {
  if (typeof element !== 'object' || element === null) return undefined;
  const { name, type } = element as { readonly name?: unknown; readonly type?: unknown };
  return typeof name === 'string' ? name : typeof type === 'string' ? type : undefined;
}
