import type { Pod } from '../../objects/kubernetes.ts';
import type { NodeInfo } from '../node-info.ts';

/** A score plugin: 0 to 100 for each node that passed the filters. */
export interface Score {
  /** The plugin's name in Kubernetes. */
  readonly name: string;
  readonly weight: number;
  /** One score a node, in the order of the nodes. */
  scores(pod: Pod, infos: readonly NodeInfo[]): readonly number[];
}
