import type { Pod } from '../../objects/kubernetes.ts';
import type { KubeVersion } from '../../objects/versions.ts';
import type { NodeInfo } from '../node-info.ts';

/** Why a node can't take a pod. */
export interface Refusal {
  /** The plugin's words, one or several. */
  readonly reasons: readonly string[];
  /** True where removing other pods would not help (UnschedulableAndUnresolvable). */
  readonly unresolvable: boolean;
}

/** A filter plugin: it refuses a node, or has nothing against it. */
export interface Filter {
  /** The plugin's name in Kubernetes. */
  readonly name: string;
  refuse(pod: Pod, info: NodeInfo, version: KubeVersion): Refusal | undefined;
}

export function unresolvable(reason: string): Refusal {
  return { reasons: [reason], unresolvable: true };
}
