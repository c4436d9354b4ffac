import { type Chance, drawWhole } from '../../kernel/chance/draw.ts';
import type { Pod } from '../objects/kubernetes.ts';
import type { KubeVersion } from '../objects/versions.ts';
import type { Refusal } from './filters/filter.ts';
import type { NodeInfo } from './node-info.ts';
import { filters, scores } from './plugins.ts';

/** What became of looking for a node: the chosen one, or what each node was refused for. */
export type Choice =
  | { readonly node: string }
  | { readonly refusals: readonly { readonly node: string; readonly refusal: Refusal }[] };

/** One scheduling cycle for one pod: filter, score, and a keyed draw among the best. */
export function chooseNode(
  pod: Pod,
  infos: readonly NodeInfo[],
  { chance, version }: { readonly chance: Chance; readonly version: KubeVersion },
): Choice {
  const fitting: NodeInfo[] = [];
  const refusals: { node: string; refusal: Refusal }[] = [];
  for (const info of infos) {
    const refusal = firstRefusal(pod, info, version);
    if (refusal) refusals.push({ node: info.name, refusal });
    else fitting.push(info);
  }
  if (fitting.length === 0) return { refusals };
  const totals = fitting.map(() => 0);
  for (const score of scores) {
    for (const [index, value] of score.scores(pod, fitting).entries()) {
      totals[index] = (totals[index] ?? 0) + score.weight * value;
    }
  }
  const best = Math.max(...totals);
  const ties = fitting.filter((_info, index) => totals[index] === best);
  const { namespace = '', name = '', uid = '' } = pod.metadata;
  const chosen = ties[drawWhole(chance, 0, ties.length - 1, 'scheduler tie', namespace, name, uid)];
  return { node: chosen?.name ?? '' };
}

function firstRefusal(pod: Pod, info: NodeInfo, version: KubeVersion): Refusal | undefined {
  for (const filter of filters) {
    const refusal = filter.refuse(pod, info, version);
    if (refusal) return refusal;
  }
  return undefined;
}
