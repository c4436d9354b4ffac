import type { NodeAffinity, TopologySpreadConstraint } from '../objects/kubernetes.ts';

/**
 * How the scheduler is configured: of KubeSchedulerConfiguration (kubescheduler.config.k8s.io/v1) what is
 * simulated. What is left out has Kubernetes' defaults.
 */
export interface SchedulerSettings {
  /** How many of all nodes that could take a pod are enough to score; 0 for the scheduler's own formula. */
  readonly percentageOfNodesToScore?: number;
  readonly podInitialBackoffSeconds?: number;
  readonly podMaxBackoffSeconds?: number;
  readonly profiles: readonly SchedulerProfile[];
}

/** What pods get that name a scheduler. */
export interface SchedulerProfile {
  readonly schedulerName: string;
  readonly percentageOfNodesToScore?: number;
  readonly plugins?: Readonly<Partial<Record<ExtensionPoint, PluginSet>>>;
  readonly pluginConfig?: PluginArgs;
}

export type ExtensionPoint = 'multiPoint' | 'filter' | 'postFilter' | 'score';

export interface PluginSet {
  readonly enabled?: readonly { readonly name: string; readonly weight?: number }[];
  /** By name; `*` for all. */
  readonly disabled?: readonly { readonly name: string }[];
}

/** The arguments of plugins, by the plugin's name. */
export interface PluginArgs {
  readonly NodeResourcesFit?: FitArgs;
  readonly NodeResourcesBalancedAllocation?: { readonly resources?: readonly ResourceWeight[] };
  readonly InterPodAffinity?: {
    readonly hardPodAffinityWeight?: number;
    readonly ignorePreferredTermsOfExistingPods?: boolean;
  };
  readonly PodTopologySpread?: {
    readonly defaultConstraints?: readonly TopologySpreadConstraint[];
    readonly defaultingType?: 'System' | 'List';
  };
  readonly NodeAffinity?: { readonly addedAffinity?: NodeAffinity };
  readonly DefaultPreemption?: {
    readonly minCandidateNodesPercentage?: number;
    readonly minCandidateNodesAbsolute?: number;
  };
}

export interface FitArgs {
  readonly ignoredResources?: readonly string[];
  readonly ignoredResourceGroups?: readonly string[];
  readonly scoringStrategy?: {
    readonly type: 'LeastAllocated' | 'MostAllocated' | 'RequestedToCapacityRatio';
    readonly resources?: readonly ResourceWeight[];
    readonly requestedToCapacityRatio?: { readonly shape: readonly ShapePoint[] };
  };
}

export interface ResourceWeight {
  readonly name: string;
  readonly weight?: number;
}

/** A point of the line that gives a score (0 to 10) for how much of a resource is used (0 to 100). */
export interface ShapePoint {
  readonly utilization: number;
  readonly score: number;
}
