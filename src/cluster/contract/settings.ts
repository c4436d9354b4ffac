import type { Outcomes } from '../../kernel/chance/outcomes.ts';
import type { Millis } from '../../kernel/time/millis.ts';
import { derived } from '../objects/derived.ts';
import type { KubeVersion } from '../objects/versions.ts';
import type { Addon, Addons } from './addons.ts';
import type { GivenMetric } from './given-metric.ts';
import type { Latencies } from './latencies.ts';
import type { SchedulerSettings } from './scheduler-settings.ts';
import type { WebhookAnswer } from './webhook-answer.ts';

/** What a cluster is made of before anything happens; the log's first entry carries it. */
export interface ClusterSettings {
  /** Milliseconds since 1970-01-01 UTC at virtual time 0. */
  readonly epochMs: number;
  readonly seed: string;
  /** Draws that are settled beforehand, as where a recording is replayed. */
  readonly outcomes?: Outcomes;
  readonly version: KubeVersion;
  /** The namespace of kubectl's context. */
  readonly namespace: string;
  readonly nodes: readonly NodeSettings[];
  readonly latencies: Latencies;
  /** Images that the scenario defines, by name; plain data, read by `node/images`. */
  readonly images: Readonly<Record<string, unknown>>;
  /** Names of images that every node has from the start. */
  readonly presentImages: readonly string[];
  /**
   * The programs of a control plane that runs elsewhere renew their leases as leaders. Absent: nobody would
   * see it.
   */
  readonly leaderLeases?: true;
  /** Volumes are made for claims that name no class (as kind, minikube and clouds have it). */
  readonly defaultStorageClass?: true;
  /** What it has besides Kubernetes itself; absent where that is nothing. */
  readonly addons?: Addons;
  /** Absent where no group of nodes grows or shrinks by itself. */
  readonly autoscaler?: AutoscalerSettings;
  /** How long before the story kubeadm signed its certificates; absent: when the cluster was made. */
  readonly certificatesAgeMs?: Millis;
  /** What webhooks of admission answer, by their names. */
  readonly webhooks?: Readonly<Record<string, readonly WebhookAnswer[]>>;
  /** What metrics are worth that nothing in the cluster measures, by their names. */
  readonly metrics?: Readonly<Record<string, GivenMetric>>;
  /** Absent where the scheduler has its defaults. */
  readonly scheduler?: SchedulerSettings;
}

export interface NodeSettings {
  readonly name: string;
  /** Quantities: cpu, memory, ephemeral-storage, pods, … */
  readonly capacity: Readonly<Record<string, string>>;
  readonly labels: Readonly<Record<string, string>>;
  readonly taints: readonly { readonly key: string; readonly value?: string; readonly effect: string }[];
  /**
   * Virtual milliseconds at which its kubelet has been started; negative: long before the scenario begins.
   */
  readonly kubeletStartedAt: Millis;
  readonly controlPlane: boolean;
  /** It has power and belongs to no cluster yet: its kubelet has never been started. */
  readonly spare?: true;
  /** The group of nodes that it belongs to, which an autoscaler makes larger and smaller. */
  readonly group?: string;
  /** Its kubelet only pretends to run containers, as kubemark's do. */
  readonly hollow?: true;
}

/**
 * Whether the control plane runs on machines of the cluster, as kubeadm sets it up, and not elsewhere, as
 * where somebody else manages it.
 */
export const hasOwnControlPlane = derived(({ nodes }: ClusterSettings): boolean =>
  nodes.some(({ controlPlane }) => controlPlane),
);

/** Whether there is a cluster when the log begins: otherwise somebody sets it up on its machines. */
export const isFounded = derived(
  ({ nodes }: ClusterSettings): boolean =>
    !nodes.some(({ controlPlane }) => controlPlane) ||
    nodes.some(({ controlPlane, spare }) => controlPlane && !spare),
);

/** Whoever runs a control plane elsewhere is a cloud, which has load balancers as well. */
export function hasAddon(settings: ClusterSettings, addon: Addon): boolean {
  return settings.addons?.[addon] ?? (addon === 'loadBalancer' && !hasOwnControlPlane(settings));
}

/** Machines of one kind, of which there may be more or fewer. */
export interface NodeGroup {
  readonly name: string;
  readonly min: number;
  readonly max: number;
  /** What each of them is made of; its name is the group's with a number. */
  readonly machine: NodeSettings;
  /** From the order until a machine has power, in virtual milliseconds. */
  readonly provisionMs: Millis;
}

/** How groups of nodes grow and shrink (cluster-autoscaler's flags); times are virtual milliseconds. */
export interface AutoscalerSettings {
  readonly groups: readonly NodeGroup[];
  /** --scan-interval */
  readonly scanMs: Millis;
  /** --scale-down-unneeded-time */
  readonly unneededMs: Millis;
  /** --scale-down-delay-after-add */
  readonly delayAfterAddMs: Millis;
  /** --scale-down-utilization-threshold: a share of 1. */
  readonly threshold: number;
  readonly expander: 'least-waste' | 'most-pods' | 'random';
}
