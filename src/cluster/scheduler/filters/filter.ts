import type { ObjectReader } from '../../contract/reader.ts';
import type { Pod } from '../../objects/kubernetes.ts';
import type { Cycle } from '../cycle.ts';
import type { NodeInfo } from '../node-info.ts';
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
  mayLift(news: News, pod: Pod, objects: ObjectReader): boolean;
  /** The only nodes that need be looked at, by name; undefined for all (PreFilterResult). */
  narrow?(pod: Pod): ReadonlySet<string> | undefined;
}

export function unresolvable(...reasons: readonly string[]): Refusal {
  return { reasons, unresolvable: true };
}

/** A refusal that removing other pods might lift. */
export function unschedulable(...reasons: readonly string[]): Refusal {
  return { reasons, unresolvable: false };
}
