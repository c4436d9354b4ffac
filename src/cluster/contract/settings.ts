import type { Millis } from '../../kernel/time/millis.ts';
import type { KubeVersion } from '../objects/versions.ts';
import type { Latencies } from './latencies.ts';
import type { SchedulerSettings } from './scheduler-settings.ts';

/** What a cluster is made of before anything happens; the log's first entry carries it. */
export interface ClusterSettings {
  /** Milliseconds since 1970-01-01 UTC at virtual time 0. */
  readonly epochMs: number;
  readonly seed: string;
  readonly version: KubeVersion;
  /** The namespace of kubectl's context. */
  readonly namespace: string;
  readonly nodes: readonly NodeSettings[];
  readonly latencies: Latencies;
  /** Images that the scenario defines, by name; plain data, read by `node/images`. */
  readonly images: Readonly<Record<string, unknown>>;
  /** Names of images that every node has from the start. */
  readonly presentImages: readonly string[];
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
  /** Its kubelet only pretends to run containers, as kubemark's do. */
  readonly hollow?: true;
}
