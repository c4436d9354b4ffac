import type { Play } from '../play.ts';

/**
 * Says generated names and the namespace alike in all plays: `slow-57b545b656-qp79t` is `slow-<slow-1>-<1>`.
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
  const hashes = new Map<string, string>();
  for (const family of new Set([...named.values()].map(({ generateName }) => generateName))) {
    const said = withoutHash(family, hashes);
    const members = [...named.values()].filter(({ generateName }) => generateName === family);
    for (const [index, { name }] of inOrder(members).entries()) spoken.set(name, `${said}<${index + 1}>`);
  }
  for (const [hash, said] of hashes) spoken.set(hash, said);
  const longestFirst = [...spoken.keys()].sort((a, b) => b.length - a.length);
  return (text) =>
    longestFirst
      .reduce((said, name) => said.replaceAll(name, spoken.get(name) ?? name), text)
      .replaceAll(namespace, '<namespace>');
}

/**
 * The hash of a pod template differs between versions (README 1.36, 3.0.12): ReplicaSets are told apart by
 * the order in which they made their first pods.
 */
function withoutHash(generateName: string, hashes: Map<string, string>): string {
  const [, owner, hash] = /^(.+-)([bcdfghjklmnpqrstvwxz2456789]{6,10})-$/.exec(generateName) ?? [];
  if (owner === undefined || hash === undefined) return generateName;
  const siblings = [...hashes.values()].filter((said) => said.startsWith(`<${owner}`));
  const said = hashes.get(hash) ?? `<${owner}${siblings.length + 1}>`;
  hashes.set(hash, said);
  return `${owner}${said}-`;
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
