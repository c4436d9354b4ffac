import type { Millis } from '../../kernel/time/millis.ts';

/** The tables of etcd besides the objects that the API server keeps in it. */
export interface EtcdRows {
  /** One row, `cluster`: the members that hold the world's objects. Absent where etcd is run elsewhere. */
  readonly etcd: EtcdRow;
  /** The etcd of each machine that ever ran one, by node. */
  readonly etcdMembers: EtcdMemberRow;
  /** Keys that no API server wrote, by key. One that was deleted stays, and says so. */
  readonly etcdKeys: EtcdKeyRow;
  /** Leases in force, by ID. */
  readonly etcdLeases: EtcdLeaseRow;
}

/** A member as the list of members has it. IDs are 16 hexadecimal digits at most, as etcd prints them. */
export interface EtcdPeer {
  readonly id: string;
  /** Empty until it has started for the first time. */
  readonly name: string;
  readonly peerUrls: readonly string[];
  readonly clientUrls: readonly string[];
  readonly learner?: true;
}

export interface EtcdRow {
  readonly clusterId: string;
  /** Tells one course of writes from another: that of a restored snapshot is a new one under the same IDs. */
  readonly history: string;
  readonly members: readonly EtcdPeer[];
  readonly term: number;
  /** The leading member's ID; absent while there is none. */
  readonly leader?: string;
  /** Since when there has been a leader, or none. */
  readonly since: Millis;
  /** How many entries of the raft log wrote no key: members, elections, leases, compactions. */
  readonly otherEntries: number;
  /** The revision before which history is gone; 0: none is. */
  readonly compacted: number;
  readonly compactedAt?: Millis;
  /** Members, by ID, that have raised NOSPACE. */
  readonly alarms: readonly string[];
  /** To how many bytes a member's file has grown, by ID; it shrinks by defragmentation alone. */
  readonly grown: Readonly<Record<string, number>>;
}

/** What a data directory, or a snapshot, holds: where it stands in the course of the log. */
export interface EtcdHeld {
  /** seq of the entry after which the store held it; 0: nothing. */
  readonly seq: number;
  readonly revision: number;
  /** The revision before which history is gone; absent: none is. */
  readonly compacted?: number;
}

export interface EtcdMemberRow {
  readonly node: string;
  /** Its data directory, on the machine. */
  readonly path: string;
  readonly clusterId: string;
  readonly history: string;
  readonly id: string;
  /** The members that its directory names: what a cluster that it founds is made of. */
  readonly members: readonly EtcdPeer[];
  readonly since: Millis;
  readonly runs: boolean;
  /** What it found in its directory when it started, or held when it stopped; absent while it keeps up. */
  readonly held?: EtcdHeld;
  /** Bytes that it may take; absent: etcd's own limit. */
  readonly quota?: number;
}

export interface EtcdKeyRow {
  readonly key: string;
  readonly value: string;
  readonly created: number;
  readonly modified: number;
  readonly version: number;
  /** The ID of its lease, hexadecimal. */
  readonly lease?: string;
  readonly deleted?: true;
}

export interface EtcdLeaseRow {
  /** Hexadecimal, 16 digits. */
  readonly id: string;
  /** Seconds. */
  readonly ttl: number;
  readonly renewedAt: Millis;
}

/** What a file of a data directory or of a snapshot says of itself: it is moved and copied as text. */
export interface EtcdData {
  readonly etcd: 'data' | 'snapshot';
  readonly clusterId: string;
  readonly history: string;
  /** Of a data directory: whose it is. */
  readonly id?: string;
  readonly members?: readonly EtcdPeer[];
  /** Absent while an etcd runs on it. */
  readonly held?: EtcdHeld;
  /** What is in it is not what was written: no etcd starts on it. */
  readonly damaged?: true;
  /** Of a snapshot. */
  readonly keys?: number;
  readonly bytes?: number;
  readonly hash?: string;
  /** By which it was saved. */
  readonly version?: string;
}

export interface EtcdPut {
  readonly key: string;
  readonly value: string;
  readonly lease?: string;
}

export type EtcdEvent =
  /** The members of a cluster that has run for long. */
  | {
      readonly type: 'EtcdFormed';
      readonly clusterId: string;
      readonly members: readonly (EtcdPeer & {
        readonly node: string;
        readonly path: string;
        readonly quota?: number;
      })[];
    }
  | {
      readonly type: 'EtcdStarted';
      readonly node: string;
      readonly path: string;
      readonly clusterId: string;
      readonly history: string;
      readonly id: string;
      readonly members: readonly EtcdPeer[];
      readonly held: EtcdHeld;
      readonly quota?: number;
    }
  | { readonly type: 'EtcdStopped'; readonly node: string }
  | {
      readonly type: 'EtcdLeaderElected';
      readonly id: string;
      readonly term: number;
      readonly clusterId: string;
      readonly history: string;
      readonly members: readonly EtcdPeer[];
      /** Of a history that was not the one before. */
      readonly compacted?: number;
    }
  | { readonly type: 'EtcdLeaderLost' }
  | { readonly type: 'EtcdMembersChanged'; readonly members: readonly EtcdPeer[] }
  /** Keys that are no objects of the API, in one transaction. */
  | {
      readonly type: 'EtcdKeysWritten';
      readonly revision: number;
      readonly puts?: readonly EtcdPut[];
      readonly deleted?: readonly string[];
    }
  | { readonly type: 'EtcdCompacted'; readonly revision: number; readonly bytes: number }
  | { readonly type: 'EtcdDefragmented'; readonly id: string; readonly bytes: number }
  | { readonly type: 'EtcdAlarmRaised'; readonly id: string }
  | { readonly type: 'EtcdAlarmsDisarmed' }
  /** Granted, or renewed. */
  | { readonly type: 'EtcdLeaseKept'; readonly lease: string; readonly ttl: number }
  | { readonly type: 'EtcdLeaseEnded'; readonly lease: string };

export const ETCD_ROW = 'cluster';

/** Under which the API server writes down up to where it had history dropped. */
export const COMPACTED_KEY = 'compact_rev_key';
