import { compareText } from '../../objects/json.ts';
import type { Node, Pod } from '../../objects/kubernetes.ts';
import type { Filter, Profile, Refusal } from '../framework.ts';
import type { NodeInfo } from '../nodes/node-info.ts';
import { allocatableOf, requestsOf } from '../nodes/resource-amounts.ts';

/**
 * Enough left of every resource (scheduler: plugins/noderesources/fit.go). A request beyond all that the node
 * has can't be met by removing pods either.
 */
export const nodeResourcesFit: Filter = {
  name: 'NodeResourcesFit',
  isLocal: true,
  prepare({ pod, profile }) {
    const wanted = Object.entries(requestsOf(pod))
      .filter(([name, amount]) => amount > 0 && !isIgnored(name, profile))
      .sort(byFitOrder);
    return (info) => (isEnough(info, wanted) ? undefined : refusalOf(info, wanted));
  },
  mayLift(news, { pod }) {
    if (news.kind === 'NodeAdded') return fitsAlone(pod, news.node);
    if (news.kind === 'NodeAllocatable') return fitsAlone(pod, news.node) && hasMore(pod, news);
    return news.kind === 'PodDeleted' || news.kind === 'PodScaledDown' || news.kind === 'NodeTaints';
  },
};

type Wanted = readonly (readonly [name: string, amount: number])[];

function isEnough({ allocatable, requested, pods }: NodeInfo, wanted: Wanted): boolean {
  if (pods.length + 1 > (allocatable['pods'] ?? 0)) return false;
  for (const [name, amount] of wanted) {
    if (amount + (requested[name] ?? 0) > (allocatable[name] ?? 0)) return false;
  }
  return true;
}

function refusalOf({ allocatable, requested, pods }: NodeInfo, wanted: Wanted): Refusal {
  const reasons: string[] = [];
  let beyond = false;
  if (pods.length + 1 > (allocatable['pods'] ?? 0)) reasons.push('Too many pods');
  for (const [name, amount] of wanted) {
    const has = allocatable[name] ?? 0;
    if (amount + (requested[name] ?? 0) <= has) continue;
    reasons.push(`Insufficient ${name}`);
    beyond ||= amount > has;
  }
  return { reasons, unresolvable: beyond };
}

/** Only extended resources can be left to somebody else, by name or by the group before the slash. */
function isIgnored(name: string, { args }: Profile): boolean {
  const { ignoredResources = [], ignoredResourceGroups = [] } = args.NodeResourcesFit ?? {};
  const [group = '', ...rest] = name.split('/');
  return rest.length > 0 && (ignoredResources.includes(name) || ignoredResourceGroups.includes(group));
}

/** Whether a node without any pods would have enough. */
function fitsAlone(pod: Pod, node: Node): boolean {
  const has = allocatableOf(node);
  return Object.entries(requestsOf(pod)).every(([name, amount]) => amount <= (has[name] ?? 0));
}

function hasMore(pod: Pod, { node, before }: { readonly node: Node; readonly before: Node }): boolean {
  const now = allocatableOf(node);
  const had = allocatableOf(before);
  return ['pods', ...Object.keys(requestsOf(pod))].some((name) => (now[name] ?? 0) > (had[name] ?? 0));
}

/** cpu, memory and ephemeral-storage are looked at first, extended resources after them. */
const FIRST = ['cpu', 'memory', 'ephemeral-storage'];

function byFitOrder([a]: readonly [string, number], [b]: readonly [string, number]): number {
  const place = (name: string): number => FIRST.indexOf(name) + 1 || FIRST.length + 1;
  return place(a) - place(b) || compareText(a, b);
}
