import type { Millis } from '../../../kernel/time/millis.ts';
import type { ApiEvent } from '../../contract/api-event.ts';
import type { Request } from '../../contract/request.ts';
import { extended } from '../../objects/json.ts';
import type { KubeObject } from '../../objects/kube-object.ts';
import { applyDelta, deltaWithRevision } from '../../world/object-delta.ts';
import { listUnder } from '../../world/readers.ts';
import type { World } from '../../world/world.ts';
import { builtInObject, isOnlyBuiltIn, withBuiltIn } from './built-in.ts';

/**
 * The store as one request reads and writes it: the world before the request, and over it what the request
 * has written so far. What it wrote comes out as events; the world itself is not touched.
 */
export interface Transaction {
  readonly events: readonly ApiEvent[];
  /** The world before the request. */
  readonly world: World;
  /** etcd's revision, the writes of this request included. */
  revision(): number;
  read<Kind extends KubeObject>(key: string): Kind | undefined;
  /** As they were before the request. Of a namespace, or of all; in the order of their keys. */
  list<Kind extends KubeObject>(resource: string, namespace?: string): readonly Kind[];
  /**
   * All versions of an object before the request, oldest first, with whoever typed them; a dry run's own is
   * the last.
   */
  versionsOf(key: string): readonly StoredVersion[];
  /** How often an object of this key has been removed before: tells the lives of one name apart. */
  livesOf(key: string): number;
  /** How many objects have been created so far with this `generateName` below this folder of keys. */
  generatedSoFar(base: string): number;
  create(place: Place, object: KubeObject): KubeObject;
  /** An object that says the same as before is not written, and keeps its revision. */
  update(place: Place, stored: KubeObject, object: KubeObject): KubeObject;
  remove(place: Place, stored: KubeObject): KubeObject;
}

export interface StoredVersion {
  /** Absent where it was removed. */
  readonly object?: KubeObject;
  /** The field manager and the time of the write; absent where a program wrote. */
  readonly manager?: string;
  readonly at?: Millis;
}

export interface Place {
  readonly resource: string;
  /** The etcd key. */
  readonly key: string;
}

type WriteEvent = Exclude<ApiEvent, { type: 'RequestRefused' }>;

/** etcd's revision before anything was written. */
const FIRST_REVISION = 1;

/** With `dryRun` the writes are seen by the request that makes them, and nothing comes of them. */
export function beginTransaction(
  world: World,
  { dryRun = false, fieldManager }: Pick<Request, 'dryRun' | 'fieldManager'>,
  at: Millis,
): Transaction {
  const begun: Begun = {
    events: NOTHING,
    world,
    dryRun,
    manager: fieldManager,
    at,
    reached: world.store.tables.counters.read('revision', world.seq)?.value ?? FIRST_REVISION,
    key: undefined,
    object: undefined,
    earlier: undefined,
    revision: WAYS.revision,
    read: WAYS.read,
    list: WAYS.list,
    versionsOf: WAYS.versionsOf,
    livesOf: WAYS.livesOf,
    generatedSoFar: WAYS.generatedSoFar,
    create: WAYS.create,
    update: WAYS.update,
    remove: WAYS.remove,
  };
  return begun;
}

const NOTHING: ApiEvent[] = [];

/** What a transaction is; its ways are the same functions for all, since one is begun with every request. */
interface Begun extends Transaction {
  events: ApiEvent[];
  readonly world: World;
  readonly dryRun: boolean;
  readonly manager: string | undefined;
  readonly at: Millis;
  /** The revision, with what has been written. */
  reached: number;
  /** What was written last; undefined for what was removed. Most requests write one object, or none. */
  key: string | undefined;
  object: KubeObject | undefined;
  /** What was written before that. */
  earlier: Map<string, KubeObject | undefined> | undefined;
}

const WAYS = {
  revision(this: Begun): number {
    return this.reached;
  },
  read<Kind extends KubeObject>(this: Begun, key: string): Kind | undefined {
    return (isWritten(this, key) ? writtenIn(this, key) : readStored(this.world, key)) as Kind | undefined;
  },
  list<Kind extends KubeObject>(this: Begun, resource: string, namespace?: string): readonly Kind[] {
    return listStored(this.world, resource, namespace);
  },
  versionsOf(this: Begun, key: string): readonly StoredVersion[] {
    const stored = versionsOf(this.world, key);
    return this.dryRun ? [...stored, ...writtenDry(this, key)] : stored;
  },
  livesOf(this: Begun, key: string): number {
    return livesOf(this.world, key);
  },
  generatedSoFar(this: Begun, base: string): number {
    const { store, seq } = this.world;
    return store.tables.counters.read(`generated ${base}`, seq)?.value ?? 0;
  },
  create(this: Begun, { resource, key }: Place, object: KubeObject): KubeObject {
    if (this.dryRun) {
      put(this, key, object, { type: 'ObjectCreated', resource, key, object });
      return object;
    }
    const created = withRevision(object, nextRevision(this));
    put(this, key, created, { type: 'ObjectCreated', resource, key, object: created });
    return created;
  },
  update(this: Begun, { resource, key }: Place, stored: KubeObject, object: KubeObject): KubeObject {
    const isFirst = isBuiltIn(this, key);
    const { resourceVersion } = stored.metadata;
    const isKept = this.dryRun || isFirst;
    const next = isKept ? (resourceVersion ?? '') : String(this.reached + 1);
    const delta = deltaWithRevision(stored, withRevision(object, resourceVersion), next);
    if (delta === undefined) return stored;
    if (!isKept) this.reached += 1;
    if (isFirst) return this.create({ resource, key }, applyDelta(stored, delta));
    const event: WriteEvent = { type: 'ObjectUpdated', resource, key, ...delta };
    const updated = applyDelta(stored, delta);
    put(this, key, updated, event);
    return updated;
  },
  remove(this: Begun, { resource, key }: Place, stored: KubeObject): KubeObject {
    if (isBuiltIn(this, key)) this.create({ resource, key }, stored);
    put(this, key, undefined, { type: 'ObjectDeleted', resource, key, revision: nextRevision(this) });
    return this.dryRun ? stored : withRevision(stored, this.reached);
  },
};

function put(begun: Begun, key: string, object: KubeObject | undefined, event: WriteEvent): void {
  if (begun.key !== undefined && begun.key !== key) {
    begun.earlier ??= new Map();
    begun.earlier.set(begun.key, begun.object);
  }
  begun.key = key;
  begun.object = object;
  const { manager } = begun;
  if (begun.dryRun) return;
  const told = manager === undefined || event.type === 'ObjectDeleted' ? event : { ...event, manager };
  // Most requests write once, and lists that are begun empty take room for many.
  if (begun.events === NOTHING) begun.events = [told];
  else begun.events.push(told);
}

function isWritten({ key: last, earlier }: Begun, key: string): boolean {
  return key === last || earlier?.has(key) === true;
}

function writtenIn({ key: last, object, earlier }: Begun, key: string): KubeObject | undefined {
  return key === last ? object : earlier?.get(key);
}

function nextRevision(begun: Begun): number {
  if (!begun.dryRun) begun.reached += 1;
  return begun.reached;
}

function isBuiltIn(begun: Begun, key: string): boolean {
  return !isWritten(begun, key) && isOnlyBuiltIn(begun.world, key);
}

function listStored<Kind extends KubeObject>(
  world: World,
  resource: string,
  namespace: string | undefined,
): readonly Kind[] {
  const { objects } = world.store.tables;
  const stored = listUnder((index, value) => objects.list(index, value, world.seq), resource, namespace);
  return withBuiltIn(world, resource, { namespace, stored }) as readonly Kind[];
}

function livesOf({ store, seq }: World, key: string): number {
  const { objects } = store.tables;
  if (objects.changedAt(key, seq) === undefined) return 0;
  return objects.versions(key, seq).filter(({ row }) => row === undefined).length;
}

function versionsOf({ store: { tables }, seq: now }: World, key: string): readonly StoredVersion[] {
  return tables.objects.versions(key, now).map(({ seq, row: object }) => {
    const writer = tables.writers.changedAt(key, seq) === seq ? tables.writers.read(key, seq) : undefined;
    return { ...(object && { object }), ...writer };
  });
}

/** What a dry run has written comes after all that is stored. */
function writtenDry(begun: Begun, key: string): readonly StoredVersion[] {
  const { at, manager } = begun;
  const object = isWritten(begun, key) ? writtenIn(begun, key) : undefined;
  return object ? [{ object, at, ...(manager !== undefined && { manager }) }] : [];
}

function readStored(world: World, key: string): KubeObject | undefined {
  return world.store.tables.objects.read(key, world.seq) ?? builtInObject(world, key);
}

function withRevision(object: KubeObject, revision: number | string | undefined): KubeObject {
  const { metadata } = object;
  if (metadata.resourceVersion === revision) return object;
  const { resourceVersion: _, ...others } = revision === undefined ? metadata : {};
  return {
    ...object,
    metadata: revision === undefined ? others : extended(metadata, { resourceVersion: String(revision) }),
  };
}
