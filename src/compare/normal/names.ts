import type { KubeObject } from '../../cluster/objects/kube-object.ts';
import type { Play } from '../play.ts';

/**
 * Says names that are drawn, and the namespace, alike in all plays: the second ReplicaSet of `nginx` is
 * `nginx<2>` whatever its hash, and its first pod `nginx<2>-<1>`.
 */
export type Naming = (text: string) => string;

interface Named {
  readonly name: string;
  readonly family: string;
  readonly createdAt: number;
  readonly deletedAt: number;
}

type Names = Pick<Play, 'changes' | 'namespace' | 'nodes' | 'shared'>;

/** Pods made in one go are alike until one of them is deleted: they are told apart by that. */
const BATCH_MS = 1000;

const known = new WeakMap<Names['changes'], { readonly of: string; readonly naming: Naming }>();

export function namingOf(play: Names): Naming {
  const of = [play.namespace, ...(play.nodes ?? []), '', ...(play.shared ?? [])].join(' ');
  const before = known.get(play.changes);
  if (before?.of === of) return before.naming;
  const naming = createNaming(play);
  known.set(play.changes, { of, naming });
  return naming;
}

/** The same for texts in which it is drawn which of several that are alike is spoken of. */
export function anyOfItsKind(play: Names): Naming {
  const { shared: _, ...drawn } = play;
  const naming = createNaming(drawn);
  return (text) => naming(text).replace(/-<\d+>/g, '-<pod>');
}

function createNaming({ changes, namespace, nodes = [], shared }: Names): Naming {
  const spoken = new Map<string, string>();
  const owners = ownersOf(changes);
  for (const [hash, said] of owners.hashes) spoken.set(hash, `<hash of ${said}>`);
  for (const [name, said] of owners.names) spoken.set(name, said);
  const families = new Map<string, Named[]>();
  for (const one of generatedOf(changes)) {
    const said = owners.names.get(one.family.slice(0, -1)) ?? one.family.slice(0, -1);
    families.set(said, [...(families.get(said) ?? []), one]);
  }
  for (const [said, members] of families) {
    for (const [index, { name }] of inOrder(members).entries()) {
      const suffix = shared?.has(name) ? name.slice(-DRAWN) : `<${index + 1}>`;
      spoken.set(name, `${said}-${suffix}`);
    }
  }
  for (const node of nodes) spoken.set(node, '<node>');
  if (namespace !== 'default') spoken.set(namespace, '<namespace>');
  const naming = speaking(spoken);
  // The word stands in many texts that tell of no namespace.
  if (namespace === 'default') return (text) => naming(text.replace(DEFAULT_NAMESPACE, '<namespace>'));
  return naming;
}

const DEFAULT_NAMESPACE =
  /(?<![\w-])default(?=\/|"? namespace)|(?<=(?:[Nn]amespace:? +"?|-n |--namespace[= ]))default(?![\w-])/g;

/** Names that stand in a text for themselves, or as the beginning of another name. */
function speaking(spoken: ReadonlyMap<string, string>): Naming {
  const longestFirst = [...spoken.keys()].filter((name) => name !== '').sort((a, b) => b.length - a.length);
  if (longestFirst.length === 0) return (text) => text;
  const names = longestFirst.map((name) => name.replace(/[.+$^*]/g, '\\$&')).join('|');
  const anyName = new RegExp(`(?<![a-z0-9])(?:${names})(?![a-z0-9])`, 'g');
  const said = new Map<string, string>();
  return (text) => {
    const before = said.get(text);
    if (before !== undefined) return before;
    const now = text.replace(anyName, (name) => spoken.get(name) ?? name);
    said.set(text, now);
    return now;
  };
}

/** The letters of a hash and of a drawn suffix (apimachinery: `util/rand/rand.go`). */
const HASHED = /^(.+)-([bcdfghjklmnpqrstvwxz2456789]{6,10})$/;

interface Owners {
  /** `nginx-57b545b656` is `nginx<1>`: by the order in which each owner's came to be. */
  readonly names: ReadonlyMap<string, string>;
  readonly hashes: ReadonlyMap<string, string>;
}

/**
 * Names that end in the hash of a template, which differs between versions (README 1.36, 3.0.12): of
 * ReplicaSets and revisions, or of pods' owners where nobody watched those.
 */
function ownersOf(changes: Names['changes']): Owners {
  const names = new Map<string, string>();
  const hashes = new Map<string, string>();
  const counts = new Map<string, number>();
  for (const { object } of changes) {
    const { kind, metadata } = object;
    const isHashed = kind === 'ReplicaSet' || kind === 'ControllerRevision';
    const name = isHashed ? (metadata.name ?? '') : (metadata.generateName?.slice(0, -1) ?? '');
    const [, owner, hash] = HASHED.exec(name) ?? [];
    if (owner === undefined || hash === undefined || names.has(name)) continue;
    if (!isHashed && metadata.labels?.['pod-template-hash'] !== hash) continue;
    const family = `${kind === 'ControllerRevision' ? 'revision ' : ''}${owner}`;
    const count = (counts.get(family) ?? 0) + 1;
    counts.set(family, count);
    names.set(name, `${owner}<${count}>`);
    if (!hashes.has(hash)) hashes.set(hash, `${owner}<${count}>`);
  }
  return { names, hashes };
}

/** All names that were drawn, in the order in which they came to be. */
export function generatedNames({ changes }: Pick<Play, 'changes'>): readonly string[] {
  return generatedOf(changes).map(({ name }) => name);
}

/** What was named by its prefix and five drawn letters. */
function generatedOf(changes: Names['changes']): readonly Named[] {
  const named = new Map<string, Named>();
  for (const { atMs, object } of changes) {
    const { name = '', deletionTimestamp } = object.metadata;
    const family = familyOf(object);
    if (family === undefined) continue;
    const before = named.get(name) ?? {
      name,
      family,
      createdAt: atMs,
      deletedAt: Number.POSITIVE_INFINITY,
    };
    const deleted = deletionTimestamp !== undefined && before.deletedAt > atMs;
    named.set(name, deleted ? { ...before, deletedAt: atMs } : before);
  }
  return [...named.values()];
}

/** apiserver: storage/names/generate.go randomLength */
const DRAWN = 5;

/** A StatefulSet's pods bear a prefix too, but are named by their ordinal. */
export function familyOf({ kind, metadata }: KubeObject): string | undefined {
  const { generateName, name = '', ownerReferences = [] } = metadata;
  if (generateName === undefined) return undefined;
  const suffix = name.slice(generateName.length);
  // Five drawn letters may all be digits.
  const isDrawn = suffix.length === DRAWN && !ownerReferences.some((owner) => owner.kind === 'StatefulSet');
  if (/^\d+$/.test(suffix) && !isDrawn) return undefined;
  return kind === 'EndpointSlice' ? `${generateName}slice-` : generateName;
}

function inOrder(family: readonly Named[]): readonly Named[] {
  const begin = family.reduce((first, { createdAt }) => Math.min(first, createdAt), Number.POSITIVE_INFINITY);
  const batch = ({ createdAt }: Named) => Math.floor((createdAt - begin) / BATCH_MS);
  return [...family].sort(
    (a, b) => batch(a) - batch(b) || compare(a.deletedAt, b.deletedAt) || a.createdAt - b.createdAt,
  );
}

function compare(a: number, b: number): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
