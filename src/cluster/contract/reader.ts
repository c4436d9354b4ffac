import type { KubeObject } from '../objects/kube-object.ts';
import type { Change } from './api-event.ts';
import type { EtcdReader } from './etcd-reader.ts';
import type { Rows } from './rows.ts';

/** Reads the API's objects at one instant. Lists are in the order of etcd keys: namespace, then name. */
export interface ObjectReader {
  get<Kind extends KubeObject>(
    resource: string,
    namespace: string | undefined,
    name: string,
  ): Kind | undefined;
  byKey<Kind extends KubeObject>(etcdKey: string): Kind | undefined;
  /** Of a namespace, or of all. */
  list<Kind extends KubeObject>(resource: string, namespace?: string): readonly Kind[];
  /**
   * By an index of the store: `node` (pods by spec.nodeName, '' for none), `nominated` ('yes': pods without a
   * node that were promised one), `owner` (by the controller's
   * uid; pods without one under ''), `dependent` ('yes': all that refer to owners that are not their
   * controllers), `involved` (by involvedObject.uid).
   */
  listBy<Kind extends KubeObject>(index: ObjectIndex, value: string): readonly Kind[];
  /** seq of the entry that last wrote the object. */
  changedAt(etcdKey: string): number | undefined;
  /**
   * The changes of a resource after a revision, in order: what a watch that began there has reported by now.
   */
  changesAfter(wanted: WatchedFrom): readonly Change[];
  /** The same store as etcd's own clients read it: keys, and revisions of them. */
  etcd(): EtcdReader;
  /** Where it reads now. */
  mark(): StoreMark;
  /**
   * The values of an index under which something changed since a mark; undefined where that is not known, and
   * everything is to be looked at anew.
   */
  changedUnder(index: ObjectIndex, since: StoreMark): readonly string[] | undefined;
}

/** A state of the store: what was found there can be brought forward to a later one. */
export interface StoreMark {
  /** The very store, to which the number belongs. */
  readonly store: object;
  readonly seq: number;
}

export interface WatchedFrom {
  readonly resource: string;
  readonly namespace?: string;
  /** The revision after which the changes begin. */
  readonly revision: number;
}

export type ObjectIndex = 'node' | 'nominated' | 'owner' | 'dependent' | 'involved';

/** Reads the rows outside etcd at one instant. */
export interface RowReader {
  row<Name extends keyof Rows>(table: Name, key: string): Rows[Name] | undefined;
  /** Rows under a value of one of the table's indexes, in the order of their keys. */
  rowsBy<Name extends keyof Rows>(table: Name, index: string, value: string): readonly Rows[Name][];
  /** seq of the entry that last wrote the row: the natural cause of whatever follows from it. */
  changedAt(table: keyof Rows, key: string): number | null;
}
