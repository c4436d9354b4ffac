import type { KubeObject } from '../objects/kube-object.ts';

/**
 * What changed in etcd. An object is written whole once; afterwards only what changed: JSON pointers (RFC
 * 6901) to their new values. An array that only changed inside keeps its pointers by index; one that grew
 * sets its new indexes; one that shrank is set whole, as is a long one of which most has changed.
 */
export type ApiEvent =
  | {
      readonly type: 'ObjectCreated';
      readonly resource: string;
      /** The etcd key. */
      readonly key: string;
      readonly object: KubeObject;
      /** The field manager, where the request named one. */
      readonly manager?: string;
    }
  | {
      readonly type: 'ObjectUpdated';
      readonly resource: string;
      readonly key: string;
      readonly manager?: string;
      readonly set?: Readonly<Record<string, unknown>>;
      readonly unset?: readonly string[];
    }
  | {
      readonly type: 'ObjectDeleted';
      readonly resource: string;
      readonly key: string;
      /** The revision of the deletion. Watchers see the last object with it as its resourceVersion. */
      readonly revision: number;
    }
  | {
      readonly type: 'RequestRefused';
      readonly verb: string;
      readonly resource: string;
      readonly namespace?: string;
      readonly name?: string;
      readonly code: number;
      readonly reason: string;
      readonly message: string;
    };

/**
 * An etcd has started on what a snapshot held: its keys are those of an earlier state, and so is its
 * revision. No watch tells of it. The log goes on, and so do its seqs; whatever is not in etcd stays as it
 * is.
 */
export interface StoreRestored {
  readonly type: 'StoreRestored';
  /** seq of the entry after which etcd held what it holds again. */
  readonly seq: number;
  /** Its revision then; what is written next has the one after it. */
  readonly revision: number;
  /** The machine whose etcd started; absent where etcd is run elsewhere. */
  readonly node?: string;
  /** The data directory on which it started. */
  readonly path?: string;
}

/** What etcd holds after this entry can be had again under a name, as a snapshot would keep it. */
export interface StoreSaved {
  readonly type: 'StoreSaved';
  readonly name: string;
}

/**
 * Programs gave up watches from which they had heard nothing, and listed anew what they watch: their caches
 * are what the store is.
 */
export interface CachesRenewed {
  readonly type: 'CachesRenewed';
  /** Whose watches: a program of the control plane, or of every machine. */
  readonly program: 'kube-controller-manager' | 'kube-scheduler' | 'kubelet' | 'kube-proxy';
  /** Of machines: on which. */
  readonly node?: string;
  /** Of which resources; absent: of all. */
  readonly resources?: readonly string[];
  /** What is not there any more is told last, in an entry of its own: so far they hold it to be there. */
  readonly keepsGone?: true;
}

/** What becomes of etcd as a whole, and of those who watch it. */
export type StoreEvent = StoreSaved | StoreRestored | CachesRenewed;

/** A change of the store as its watchers see it. */
export interface Change {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED';
  readonly resource: string;
  /** The etcd key. */
  readonly key: string;
  /** The object after the change; of a deletion, as it was last. */
  readonly object: KubeObject;
  /** The object before it; absent when it was added. */
  readonly before?: KubeObject;
  /** seq of the entry. */
  readonly seq: number;
}
