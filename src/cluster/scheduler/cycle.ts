import type { ObjectReader } from '../contract/reader.ts';
import type { Pod } from '../objects/kubernetes.ts';
import type { KubeVersion } from '../objects/versions.ts';
import type { NodeInfo } from './nodes/node-info.ts';
import type { Profile } from './profile.ts';

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
