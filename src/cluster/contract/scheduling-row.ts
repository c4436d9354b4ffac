import type { Millis } from '../../kernel/time/millis.ts';

/** What the scheduler keeps in mind of a pod that it found no node for (scheduler: QueuedPodInfo). */
export interface SchedulingRow {
  /** The pod's key in etcd. */
  readonly podKey: string;
  readonly uid: string;
  /** Attempts so far, all in vain. */
  readonly attempts: number;
  readonly failedAt: Millis;
  /** The plugins that refused nodes: only what may change their minds leads to another attempt. */
  readonly plugins: readonly string[];
  /** When it is tried again, having been called up while it still backed off. */
  readonly retryAt?: Millis;
  /** It has a node, and waits for its volumes there. */
  readonly reserved?: { readonly node: string; readonly since: Millis };
}

/** What the scheduler notes down; `podKey` is the pod's key in etcd. */
export type SchedulingEvent =
  | {
      readonly type: 'SchedulingFailed';
      readonly podKey: string;
      readonly uid: string;
      readonly plugins: readonly string[];
    }
  /** A node was found, and the pod's claims are to get their volumes there first. */
  | {
      readonly type: 'SchedulingReserved';
      readonly podKey: string;
      readonly uid: string;
      readonly node: string;
    }
  | { readonly type: 'SchedulingBackedOff'; readonly podKey: string; readonly until: Millis }
  /** The pod has a node, or is gone. */
  | { readonly type: 'SchedulingForgotten'; readonly podKey: string }
  /** Some of all nodes were looked at; the next cycle begins at this one, counted from 0. */
  | { readonly type: 'NodesLookedAt'; readonly next: number };

/** The counter that tells at which node the next cycle begins. */
export const NEXT_NODE = 'next node to look at';
