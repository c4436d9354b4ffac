import type { KubeObject } from '../objects/kube-object.ts';
import type { EtcdHeld } from './etcd-rows.ts';

/** A key as etcd holds it at a revision. */
export interface KeyValue {
  readonly key: string;
  /** The revisions of the write that made it, and of the last one; how many there were between. */
  readonly created: number;
  readonly modified: number;
  readonly version: number;
  /** An object of the API, or text that somebody put there. */
  readonly value: KubeObject | string;
  /** Hexadecimal. */
  readonly lease?: string;
}

/** One write to a key; without `after` it was deleted. */
export interface KeyChange {
  readonly key: string;
  readonly revision: number;
  readonly after?: KeyValue;
  readonly before?: KeyValue;
}

/** What etcd answers: its keys with their revisions, now and as they were. */
export interface EtcdReader {
  /** The state that it reads. */
  now(): EtcdHeld;
  /** Those that a range takes, in their order, as of a revision that is not in the future. */
  range(isMeant: (key: string) => boolean, revision: number): readonly KeyValue[];
  at(key: string, revision: number): KeyValue | undefined;
  /** What was written after a revision, in order. */
  changesAfter(isMeant: (key: string) => boolean, revision: number): readonly KeyChange[];
  /** Every version that is kept since a revision, the last one before it included. */
  versionsSince(revision: number): Iterable<KeyValue>;
}
