import { type Chance, drawWhole } from '../../kernel/chance/draw.ts';
import type { Pod } from '../objects/kubernetes.ts';
import { inVersion, type KubeVersion, type Since } from '../objects/versions.ts';
import type { Cycle } from './cycle.ts';
import { type NodeFilter, type Refusal, unresolvable } from './filters/filter.ts';
import type { NodeInfo } from './node-info.ts';
import { filters, scores } from './plugins.ts';

/** What a node was refused for, and by which plugin. */
export interface NodeRefusal {
  readonly node: string;
  readonly plugin: string;
  readonly refusal: Refusal;
}

/** What became of looking for a node: the chosen one, or what each node was refused for. */
export type Choice = { readonly node: string } | { readonly refusals: readonly NodeRefusal[] };

/** One scheduling cycle for one pod: filter, score, and a keyed draw among the best. */
export function chooseNode(cycle: Cycle, chance: Chance): Choice {
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

interface Filtered {
  readonly fitting: readonly NodeInfo[];
  readonly refusals: readonly NodeRefusal[];
}

/** Which nodes can take the pod; each of the others is refused by the first plugin that does. */
function filterNodes(cycle: Cycle): Filtered {
  const prepared = filters.flatMap((filter) => {
    const refuse = filter.prepare(cycle);
    return refuse ? [{ plugin: filter.name, refuse }] : [];
  });
  const wanted = wantedNodes(cycle.pod);
  const fitting: NodeInfo[] = [];
  const refusals: NodeRefusal[] = [];
  for (const info of cycle.nodes) {
    const refused = notWanted(info, wanted, cycle.version) ?? firstRefusal(prepared, info);
    if (refused) refusals.push({ node: info.name, ...refused });
    else fitting.push(info);
  }
  return { fitting, refusals };
}

interface Wanted {
  readonly plugins: readonly string[];
  readonly names: ReadonlySet<string>;
}

/** The nodes that are looked at, where plugins name them, and the plugins that do. */
function wantedNodes(pod: Pod): Wanted | undefined {
  let wanted: Wanted | undefined;
  for (const { name, narrow } of filters) {
    const names = narrow?.(pod);
    if (!names) continue;
    const both = new Set([...names].filter((each) => wanted?.names.has(each) ?? true));
    wanted = { plugins: [...(wanted?.plugins ?? []), name], names: both };
  }
  return wanted;
}

/** Before 1.24 all nodes were looked at (scheduler: schedule_one.go findNodesThatFitPod). */
const LEFT_OUT: Since<((plugins: readonly string[]) => readonly string[]) | undefined> = [
  [0, undefined],
  [24, () => []],
  [30, (plugins) => [`node(s) didn't satisfy plugin(s) [${plugins.join(' ')}]`]],
];

function notWanted(
  { name }: NodeInfo,
  wanted: Wanted | undefined,
  version: KubeVersion,
): Omit<NodeRefusal, 'node'> | undefined {
  if (!wanted || wanted.names.has(name)) return undefined;
  const reasons = inVersion(LEFT_OUT, version)?.(wanted.plugins);
  return reasons && { plugin: wanted.plugins[0] ?? '', refusal: unresolvable(...reasons) };
}

function firstRefusal(
  prepared: readonly { readonly plugin: string; readonly refuse: NodeFilter }[],
  info: NodeInfo,
): Omit<NodeRefusal, 'node'> | undefined {
  for (const { plugin, refuse } of prepared) {
    const refusal = refuse(info);
    if (refusal) return { plugin, refusal };
  }
  return undefined;
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
