import type { Tables } from '../../kernel/table/store.ts';
import type { ObjectReader, RowReader } from '../contract/reader.ts';
import type { Rows } from '../contract/rows.ts';
import type { KubeObject } from '../objects/kube-object.ts';
import { storageKey, storagePrefix } from '../objects/storage-key.ts';
import { changesAfter } from './changes-after.ts';
import { etcdReader } from './etcd-reader.ts';
import type { Staleness } from './stale-watches.ts';
import type { WorldRows } from './world.ts';

/**
 * Tables and the seq at which they are read; mutable, so that a view can follow the world through one commit.
 */
export interface Position {
  tables: Tables<WorldRows>;
  seq: number;
  /** What of it is not the store as it is; absent: it is. */
  staleness?: Staleness | undefined;
}

interface Holding {
  read(key: string): KubeObject | undefined;
  listed(index: string, value: string): readonly KubeObject[];
}

/** The ways to ask whatever holds objects under their keys and lists them by an index. */
export function asking({ read, listed }: Holding): Pick<ObjectReader, 'get' | 'byKey' | 'list' | 'listBy'> {
  return {
    get: <Kind extends KubeObject>(resource: string, namespace: string | undefined, name: string) =>
      read(storageKey(namespace === undefined ? { resource, name } : { resource, namespace, name })) as
        | Kind
        | undefined,
    byKey: <Kind extends KubeObject>(key: string) => read(key) as Kind | undefined,
    list: <Kind extends KubeObject>(resource: string, namespace?: string) =>
      listUnder(listed, resource, namespace) as readonly Kind[],
    listBy: <Kind extends KubeObject>(index: string, value: string) =>
      listed(index, value) as readonly Kind[],
  };
}

/** The objects of a kind, in a namespace or in all. */
export function listUnder(
  listed: Holding['listed'],
  resource: string,
  namespace: string | undefined,
): readonly KubeObject[] {
  return namespace === undefined
    ? listed('resource', storagePrefix(resource))
    : listed('folder', `${storagePrefix(resource)}${namespace}/`);
}

/** Reads the objects in etcd at a position. */
export function objectReader(position: Position): ObjectReader {
  return {
    ...asking({
      read: (key) => position.tables.objects.read(key, position.seq),
      listed: (index, value) => position.tables.objects.list(index, value, position.seq),
    }),
    changedAt: (key) => position.tables.objects.changedAt(key, position.seq),
    changesAfter: (wanted) => changesAfter(position.tables, wanted, position.seq),
    etcd: () => etcdReader(position.tables, position.seq),
    mark: () => ({ store: position.tables.objects, seq: position.seq }),
    changedUnder(index, { store, seq }) {
      const { objects } = position.tables;
      return store === objects ? objects.touchedBy(index, seq, position.seq) : undefined;
    },
  };
}

/** Reads the rows outside etcd at a position. */
export function rowReader(position: Position): RowReader {
  return {
    row: (table, key) => position.tables[table].read(key, position.seq),
    rowsBy: <Name extends keyof Rows>(table: Name, index: string, value: string) =>
      position.tables[table].list(index, value, position.seq) as readonly Rows[Name][],
    changedAt: (table, key) => position.tables[table].changedAt(key, position.seq) ?? null,
  };
}
