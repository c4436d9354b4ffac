import { type Chance, drawWhole } from '../../kernel/chance/draw.ts';
import { settledOutcome } from '../../kernel/chance/outcomes.ts';
import { type Filtered, filterNodes, refusalAt } from './filter-nodes.ts';
import type { Cycle, Scores } from './framework.ts';
import { bestOrderFor, tieKey } from './settled-node.ts';

/** What became of looking for a node, and how it came to that. */
export interface Choice extends Filtered {
  /** The chosen one; absent where each node that was asked has refused. */
  readonly node?: string;
  /** The node that room was made on, if that has settled it. */
  readonly promised?: string;
  /** Absent where there was nothing to compare. */
  readonly scored?: Scored;
}

/** The nodes that could take the pod, compared. */
export interface Scored {
  /** What each plugin made of each node, in the order of the nodes. */
  readonly plugins: readonly PluginScores[];
  /** The weighted sums. */
  readonly totals: readonly number[];
  /** Of those with the highest sum the draw is one. */
  readonly ties: readonly string[];
}

export interface PluginScores extends Scores {
  readonly plugin: string;
  readonly weight: number;
}

/** One scheduling cycle for one pod: filter, score, and a keyed draw among the best. */
export function chooseNode(cycle: Cycle, chance: Chance): Choice {
  const promised = promisedNode(cycle);
  if (promised !== undefined) {
    const name = cycle.nodes[promised]?.name ?? '';
    return {
      node: name,
      promised: name,
      fitting: [promised],
      refusals: [],
      asked: 1,
      enough: 1,
    };
  }
  const filtered = filterNodes(cycle);
  const { fitting } = filtered;
  const [first] = fitting;
  if (first === undefined) return filtered;
  const nameOf = (place: number): string => cycle.nodes[place]?.name ?? '';
  // With one node left there is nothing to score (scheduler: schedule_one.go schedulePod).
  if (fitting.length === 1) return { ...filtered, node: nameOf(first) };
  const scored = scoreNodes(cycle, fitting);
  const key = tieKey(cycle.pod);
  const settled = settledOutcome(chance, ...key);
  if (settled !== undefined && fitting.some((place) => nameOf(place) === settled))
    return { ...filtered, node: settled, scored };
  const drawn = drawWhole(chance, 0, scored.ties.length - 1, ...key);
  return { ...filtered, node: scored.ties[drawn] ?? nameOf(first), scored };
}

/**
 * Whether the node of a choice is one that could have been drawn: it is among the best, or would have been
 * had the pods that came together been worked off in another order. Of a settled one it may be asked.
 */
export function couldBeDrawn(cycle: Cycle, { node, scored, fitting }: Choice, { outcomes }: Chance): boolean {
  if (node === undefined || !scored || scored.ties.includes(node)) return true;
  return scoreNodes(bestOrderFor(cycle, node, outcomes ?? {}), fitting).ties.includes(node);
}

/** The node that room was made on, if the pod fits there by now: no other is looked at. */
function promisedNode(cycle: Cycle): number | undefined {
  const name = cycle.pod.status?.nominatedNodeName;
  const place = name ? cycle.nodes.findIndex((each) => each.name === name) : -1;
  return place >= 0 && !refusalAt(cycle, place) ? place : undefined;
}

/** The weighted sum of all scores of each node. */
function scoreNodes(cycle: Cycle, fitting: readonly number[]): Scored {
  const totals = fitting.map(() => 0);
  const plugins: PluginScores[] = [];
  for (const { score, weight } of cycle.profile.scores) {
    const scores = score.scores(cycle, fitting);
    if (!scores) continue;
    plugins.push({ plugin: score.name, weight, ...scores });
    const values = scores.normalized ?? scores.raw;
    for (let index = 0; index < totals.length; index++) {
      totals[index] = (totals[index] ?? 0) + weight * (values[index] ?? 0);
    }
  }
  let best = Number.NEGATIVE_INFINITY;
  for (const total of totals) best = Math.max(best, total);
  const ties = fitting
    .filter((_place, index) => totals[index] === best)
    .map((place) => cycle.nodes[place]?.name ?? '');
  return { plugins, totals, ties };
}
