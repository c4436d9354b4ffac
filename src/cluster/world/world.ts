import type { Indexes } from '../../kernel/table/contents.ts';
import { branchStore, createStore, type Store, type StoreShape } from '../../kernel/table/store.ts';
import type { Millis } from '../../kernel/time/millis.ts';
import type { Rows } from '../contract/rows.ts';
import type { KubeObject } from '../objects/kube-object.ts';
import type { CoreEvent, Pod } from '../objects/kubernetes.ts';
import { machineTables } from './machine-tables.ts';

/** All tables: what etcd holds, and what is true outside of it. */
export interface WorldRows extends Rows {
  readonly objects: KubeObject;
}

/**
 * A state of the simulated world. It is a number into tables that keep every version: to keep one costs
 * nothing.
 */
export interface World {
  /** seq of the last entry folded. */
  readonly seq: number;
  /** Virtual milliseconds of that entry. */
  readonly at: Millis;
  readonly store: Store<WorldRows>;
}

/** The world before the first entry. */
export function emptyWorld(): World {
  return { seq: 0, at: 0, store: createStore(SHAPE) };
}

/** The same world with tables of its own: what is folded into one of the two leaves the other alone. */
export function branchWorld({ seq, at, store }: World): World {
  return { seq, at, store: branchStore(store, seq) };
}

export const objectIndexes: Indexes<KubeObject> = {
  // The folder of the key, `/registry/pods/default/`, and that of the resource, `/registry/pods/`.
  folder: { ofKey: (key) => key.slice(0, key.lastIndexOf('/') + 1) },
  resource: { ofKey: resourceFolder },
  // Pods that have no node yet stand under the empty name.
  node: (object) => (object.kind === 'Pod' ? ((object as Pod).spec.nodeName ?? '') : undefined),
  nominated: hasPromise,
  owner: controllerUid,
  // Few refer to owners that are not their controllers: they are found together.
  dependent: (object) =>
    object.metadata.ownerReferences?.some((owner) => !owner.controller) ? 'yes' : undefined,
  involved: (object) => (object.kind === 'Event' ? (object as CoreEvent).involvedObject.uid : undefined),
};

/** What of objects their indexes look at, as JSON pointers: an update of anything else leaves them alone. */
export const INDEXED_FIELDS: readonly string[] = [
  '/kind',
  '/spec/nodeName',
  '/status/nominatedNodeName',
  '/metadata/ownerReferences',
  '/involvedObject/uid',
];

export const SHAPE: StoreShape<WorldRows> = {
  objects: objectIndexes,
  settings: {},
  arrivals: {},
  commands: {
    running: (row) => (row.exitCode === undefined ? 'yes' : undefined),
    session: (row) => (leavesSession(row.state) ? 'changed' : undefined),
  },
  story: {},
  traffic: { all: () => '' },
  writers: {},
  counters: {},
  etcd: {},
  etcdMembers: { all: () => '' },
  etcdKeys: { all: () => '' },
  etcdLeases: { all: () => '' },
  ...machineTables,
};

/** A line that later ones go on from leaves that in its state: a variable, a file, a context of kubectl. */
function leavesSession(state: unknown): boolean {
  return typeof state === 'object' && state !== null && 'session' in state;
}

/** Pods that room has been made for and that are not there yet: few, and found together. */
function hasPromise(object: KubeObject): string | undefined {
  if (object.kind !== 'Pod') return undefined;
  const { spec, status } = object as Pod;
  return status?.nominatedNodeName && !spec.nodeName ? 'yes' : undefined;
}

/** Pods that nobody controls stand under the empty uid: they may be adopted. */
function controllerUid({ kind, metadata }: KubeObject): string | undefined {
  // Each change of each object comes through here, and most have one owner or none.
  const owners = metadata.ownerReferences;
  if (owners) for (const owner of owners) if (owner.controller) return owner.uid;
  return kind === 'Pod' ? '' : undefined;
}

const resourceFolders = new Map<string, string>();

/** `/registry/pods/default/web` lies in `/registry/pods/`; so do cluster-scoped keys, in their own folder. */
export function resourceFolder(key: string): string {
  const folder = key.slice(0, key.lastIndexOf('/') + 1);
  let resource = resourceFolders.get(folder);
  if (resource === undefined) {
    // Services and endpoints have a folder more (`/registry/services/specs/default/`), as do groups of
    // extensions, the only ones with dots.
    const depth = /^\/registry\/(?:services|[^/.]*\.[^/]*)\//.test(key) ? 4 : 3;
    resource = `${key.split('/').slice(0, depth).join('/')}/`;
    resourceFolders.set(folder, resource);
  }
  return resource;
}
