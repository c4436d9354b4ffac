import type { ObjectReader } from '../contract/reader.ts';
import type { Pod } from '../objects/kubernetes.ts';
import type { KubeVersion } from '../objects/versions.ts';
import type { NodeInfo } from './node-info.ts';

/** What one scheduling cycle looks at: one pod, and the snapshot of all nodes that the cycle begins with. */
export interface Cycle {
  readonly pod: Pod;
  readonly nodes: readonly NodeInfo[];
  /** Services, ReplicaSets, Namespaces and what else a plugin asks about. */
  readonly objects: ObjectReader;
  readonly version: KubeVersion;
}
