import type { Cycle } from '../cycle.ts';
import type { NodeInfo } from '../nodes/node-info.ts';
import type { News } from '../queue/news.ts';

/** Why a node can't take a pod. */
export interface Refusal {
  /** The plugin's words, one or several. */
  readonly reasons: readonly string[];
  /** True where removing other pods would not help (UnschedulableAndUnresolvable). */
  readonly unresolvable: boolean;
}

/** Refuses a node, or has nothing against it. */
export type NodeFilter = (info: NodeInfo) => Refusal | undefined;

/** A filter plugin. */
export interface Filter {
  /** The plugin's name in Kubernetes. */
  readonly name: string;
  /** What a cycle needs to know before its nodes (PreFilter); undefined where no node could be refused. */
  prepare(cycle: Cycle): NodeFilter | undefined;
  /**
   * Whether news may change its mind about a pod that it has refused (EventsToRegister and its hints).
   */
  mayLift(news: News, waiting: Waiting): boolean;
  /** The only nodes that need be looked at, by name; undefined for all (PreFilterResult). */
  narrow?(cycle: Cycle): ReadonlySet<string> | undefined;
  /**
   * True where what it says of a node follows from the node with its pods, from what the profile demands and
   * from `wordsOfPod`, whatever else there is.
   */
  readonly isLocal?: boolean;
  /** Why the pod can be nowhere, whatever the nodes are like (a PreFilter that refuses). */
  problemOf?(cycle: Cycle): string | undefined;
}

/** A pod that waits for something to happen. */
export type Waiting = Pick<Cycle, 'pod' | 'profile' | 'objects'>;

export function unresolvable(...reasons: readonly string[]): Refusal {
  return { reasons, unresolvable: true };
}

/** A refusal that removing other pods might lift. */
export function unschedulable(...reasons: readonly string[]): Refusal {
  return { reasons, unresolvable: false };
}
