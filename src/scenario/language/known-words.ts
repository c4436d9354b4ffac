import { type Files, findFile } from '../../cluster/clients/files.ts';
import { isObject, type Json } from '../../cluster/objects/json.ts';
import { readManifest } from '../../cluster/objects/manifest/read-manifest.ts';
import type { Resource } from '../../cluster/objects/schema/resources.ts';
import { nearMiss } from '../../cluster/objects/shape/near-miss.ts';

/** What every cluster has before anybody types a command. */
const OF_EVERY_CLUSTER: readonly string[] = [
  'default',
  'kube-system',
  'kube-public',
  'kube-node-lease',
  'kubernetes',
  'kube-root-ca.crt',
  'kube-dns',
  'system-cluster-critical',
  'system-node-critical',
];

/**
 * All words that can become a name or a label in a scenario: those of its commands and of the files that they
 * use. A name that comes from none of them cannot be there.
 */
export interface KnownWords {
  /**
   * Whether something of this name can exist: it was written, or begins with what was (`web` makes
   * `web-7c67d`).
   */
  has(name: string): boolean;
  /** The kinds of which there may be objects. */
  readonly resources: readonly Resource[];
  /** A written word that was probably meant. */
  near(name: string): string | undefined;
}

export interface Sources {
  /** Typed lines, and other words of the scenario. */
  readonly lines: readonly string[];
  readonly files: Files;
  readonly nodes: readonly string[];
  readonly resources: readonly Resource[];
}

export function knownWords({ lines, files, nodes, resources }: Sources): KnownWords {
  const words = new Set<string>([...OF_EVERY_CLUSTER, ...nodes]);
  for (const line of lines) for (const word of line.split(/[\s'"=,/:{}[\]]+/)) words.add(word);
  for (const [path, text] of Object.entries(files)) {
    if (findFile(files, path).type !== 'file') continue;
    words.add(path.slice(path.lastIndexOf('/') + 1));
    for (const { object } of readManifest(text, path).objects) addStrings(object, words);
  }
  words.delete('');
  return {
    resources,
    has: (name) =>
      words.has(name) ||
      [...name.matchAll(/-/g)].some(({ index }) => words.has(name.slice(0, index))) ||
      [...name.matchAll(/-/g)].some(({ index }) => words.has(name.slice(index + 1))),
    near: (name) => nearMiss(name, words),
  };
}

function addStrings(value: Json, words: Set<string>): void {
  if (typeof value === 'string') words.add(value);
  else if (Array.isArray(value)) for (const item of value) addStrings(item, words);
  else if (isObject(value)) for (const member of Object.values(value)) addStrings(member as Json, words);
}
