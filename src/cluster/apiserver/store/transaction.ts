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
  { dryRun = false, fieldManager: manager }: Pick<Request, 'dryRun' | 'fieldManager'>,
  at: Millis,
): Transaction {
  const { tables } = world.store;
  const events: ApiEvent[] = [];
  /** undefined for what was removed. Most requests read and write one object once. */
  let written: Map<string, KubeObject | undefined> | undefined;
  let revision = tables.counters.read('revision', world.seq)?.value ?? FIRST_REVISION;

  const put = (key: string, object: KubeObject | undefined, event: WriteEvent): void => {
    written ??= new Map();
    written.set(key, object);
    if (!dryRun)
      events.push(manager === undefined || event.type === 'ObjectDeleted' ? event : { ...event, manager });
  };
  const nextRevision = (): number => (dryRun ? revision : ++revision);
  const writtenDry = (key: string) => lastOf(dryRun ? written?.get(key) : undefined, at, manager);
  const isBuiltIn = (key: string): boolean => !written?.has(key) && isOnlyBuiltIn(world, key);

  return {
    events,
    revision: () => revision,
    read: <Kind extends KubeObject>(key: string) =>
      (written?.has(key) ? written.get(key) : readStored(world, key)) as Kind | undefined,
    list: (resource, namespace) => listStored(world, resource, namespace),
    versionsOf: (key) => [...versionsOf(world, key), ...writtenDry(key)],
    livesOf: (key) => livesOf(world, key),
    generatedSoFar: (base) => tables.counters.read(`generated ${base}`, world.seq)?.value ?? 0,
    create({ resource, key }, object) {
      if (dryRun) {
        put(key, object, { type: 'ObjectCreated', resource, key, object });
        return object;
      }
      const created = withRevision(object, nextRevision());
      put(key, created, { type: 'ObjectCreated', resource, key, object: created });
      return created;
    },
    update({ resource, key }, stored, object) {
      const isFirst = isBuiltIn(key);
      const delta = deltaWithRevision(stored, withRevision(object, stored.metadata.resourceVersion), () =>
        dryRun || isFirst ? (stored.metadata.resourceVersion ?? '') : String(nextRevision()),
      );
      if (delta === undefined) return stored;
      if (isFirst) return this.create({ resource, key }, applyDelta(stored, delta));
      const event: WriteEvent = { type: 'ObjectUpdated', resource, key, ...delta };
      const updated = applyDelta(stored, delta);
      put(key, updated, event);
      return updated;
    },
    remove({ resource, key }, stored) {
      if (isBuiltIn(key)) this.create({ resource, key }, stored);
      put(key, undefined, { type: 'ObjectDeleted', resource, key, revision: nextRevision() });
      return dryRun ? stored : withRevision(stored, revision);
    },
  };
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
function lastOf(
  object: KubeObject | undefined,
  at: Millis,
  manager: string | undefined,
): readonly StoredVersion[] {
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
