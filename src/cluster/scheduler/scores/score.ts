import type { Since } from '../../objects/versions.ts';
import type { Cycle } from '../cycle.ts';
import type { NodeInfo } from '../node-info.ts';

/** A score plugin: 0 to 100 for each node that passed the filters. */
export interface Score {
  /** The plugin's name in Kubernetes. */
  readonly name: string;
  readonly weight: Since<number>;
  /** One score a node, in the order of the nodes; undefined where it has nothing to say (Skip). */
  scores(cycle: Cycle, infos: readonly NodeInfo[]): readonly number[] | undefined;
}
