import type { ObjectReader } from '../contract/reader.ts';
import type { PluginArgs } from '../contract/scheduler-settings.ts';
import type { Pod } from '../objects/kubernetes.ts';
import type { KubeVersion, Since } from '../objects/versions.ts';
import type { NodeInfo } from './nodes/node-info.ts';
import type { News } from './queue/news.ts';

/** What one scheduling cycle looks at: one pod, and the snapshot of all nodes that the cycle begins with. */
export interface Cycle {
  readonly pod: Pod;
  readonly profile: Profile;
  /** In the order in which they are looked at. */
  readonly nodes: readonly NodeInfo[];
  /** At which of them this cycle begins, where not all need be looked at. */
  readonly start: number;
  /** Services, ReplicaSets, Namespaces and what else a plugin asks about. */
  readonly objects: ObjectReader;
  readonly version: KubeVersion;
}

/** What the scheduler does for the pods that name it so. */
export interface Profile {
  readonly schedulerName: string;
  /** 0 for the scheduler's own formula. */
  readonly percentageOfNodesToScore: number;
  /** In the order in which they are asked. */
  readonly filters: readonly Filter[];
  readonly scores: readonly WeighedScore[];
  readonly preempts: boolean;
  readonly args: PluginArgs;
}

export interface WeighedScore {
  readonly score: Score;
  readonly weight: number;
}

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

/** A score plugin: 0 to 100 for each node that passed the filters. */
export interface Score {
  /** The plugin's name in Kubernetes. */
  readonly name: string;
  /** What its scores are multiplied by, unless the scheduler is configured otherwise. */
  readonly weight: Since<number>;
  /** Of the nodes at some places, in their order; undefined where it has nothing to say (Skip). */
  scores(cycle: Cycle, places: readonly number[]): Scores | undefined;
}

/** What a plugin makes of each node. */
export interface Scores {
  /** What it counted. */
  readonly raw: readonly number[];
  /** The same as 0 to 100; absent where it is so already (NormalizeScore). */
  readonly normalized?: readonly number[];
}
