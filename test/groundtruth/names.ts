import type { Play } from './read-recording.ts';

/**
 * Says generated names and the namespace alike in all plays: `slow-57b545b656-qp79t` is `slow-<hash>-<1>`.
 */
export type Naming = (text: string) => string;

interface Named {
  readonly name: string;
  readonly generateName: string;
  readonly createdAt: number;
  readonly deletedAt: number;
}

/** Pods made in one go are alike until one of them is deleted: they are told apart by that. */
const BATCH_MS = 1000;

export function namingOf({ changes, namespace }: Pick<Play, 'changes' | 'namespace'>): Naming {
  const named = new Map<string, Named>();
  for (const { atMs, object } of changes) {
    const { name = '', generateName, deletionTimestamp } = object.metadata;
    if (object.kind !== 'Pod' || generateName === undefined) continue;
    const known = named.get(name) ?? {
      name,
      generateName,
      createdAt: atMs,
      deletedAt: Number.POSITIVE_INFINITY,
    };
    const deleted = deletionTimestamp !== undefined && known.deletedAt > atMs;
    named.set(name, deleted ? { ...known, deletedAt: atMs } : known);
  }
  const spoken = new Map<string, string>();
  for (const family of new Set([...named.values()].map(({ generateName }) => generateName))) {
    const members = [...named.values()].filter(({ generateName }) => generateName === family);
    for (const [index, { name }] of inOrder(members).entries()) spoken.set(name, `${family}<${index + 1}>`);
  }
  const longestFirst = [...spoken.keys()].sort((a, b) => b.length - a.length);
  return (text) =>
    stem(
      longestFirst.reduce((said, name) => said.replaceAll(name, spoken.get(name) ?? name), text),
    ).replaceAll(namespace, '<namespace>');
}

/** Without the hash of a pod template, which differs between versions (README 1.36, 3.0.12). */
function stem(text: string): string {
  return text.replace(/-[bcdfghjklmnpqrstvwxz2456789]{8,10}(?![a-z0-9])/g, '-<hash>');
}

function inOrder(family: readonly Named[]): readonly Named[] {
  const begin = Math.min(...family.map(({ createdAt }) => createdAt));
  const batch = ({ createdAt }: Named) => Math.floor((createdAt - begin) / BATCH_MS);
  return [...family].sort(
    (a, b) => batch(a) - batch(b) || compare(a.deletedAt, b.deletedAt) || a.createdAt - b.createdAt,
  );
}

function compare(a: number, b: number): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
