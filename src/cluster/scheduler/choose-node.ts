import { type Chance, drawWhole } from '../../kernel/chance/draw.ts';
import { inVersion } from '../objects/versions.ts';
import type { Cycle } from './cycle.ts';
import { filterNodes, type NodeRefusal, refusalAt } from './filter-nodes.ts';
import type { NodeInfo } from './node-info.ts';
import { scores } from './plugins.ts';

/** What became of looking for a node: the chosen one, or what each node was refused for. */
export type Choice = { readonly node: string } | { readonly refusals: readonly NodeRefusal[] };

/** One scheduling cycle for one pod: filter, score, and a keyed draw among the best. */
export function chooseNode(cycle: Cycle, chance: Chance): Choice {
  const promised = promisedNode(cycle);
  if (promised) return { node: promised };
  const { fitting, refusals } = filterNodes(cycle);
  const [first, ...others] = fitting;
  if (!first) return { refusals };
  // With one node left there is nothing to score (scheduler: schedule_one.go schedulePod).
  if (others.length === 0) return { node: first.name };
  const totals = scoreNodes(cycle, fitting);
  const best = Math.max(...totals);
  const ties = fitting.filter((_info, index) => totals[index] === best);
  const { namespace = '', name = '', uid = '' } = cycle.pod.metadata;
  const chosen = ties[drawWhole(chance, 0, ties.length - 1, 'scheduler tie', namespace, name, uid)];
  return { node: chosen?.name ?? '' };
}

/** The node that room was made on, if the pod fits there by now: no other is looked at. */
function promisedNode(cycle: Cycle): string | undefined {
  const name = cycle.pod.status?.nominatedNodeName;
  const info = name ? cycle.nodes.find((each) => each.name === name) : undefined;
  return info && !refusalAt(cycle, info) ? info.name : undefined;
}

/** The weighted sum of all scores of each node. */
function scoreNodes(cycle: Cycle, fitting: readonly NodeInfo[]): readonly number[] {
  const totals = fitting.map(() => 0);
  for (const score of scores) {
    const weight = inVersion(score.weight, cycle.version);
    for (const [index, value] of (score.scores(cycle, fitting) ?? []).entries()) {
      totals[index] = (totals[index] ?? 0) + weight * value;
    }
  }
  return totals;
}
