import { derived } from '../objects/derived.ts';
import type { Pod, PodSpec } from '../objects/kubernetes.ts';
import { inVersion, type KubeVersion, type Since } from '../objects/versions.ts';
import { unresolvable } from './filters/filter.ts';
import type { Cycle, Filter, NodeFilter, Refusal } from './framework.ts';
import { hostPortsOf } from './nodes/host-ports.ts';
import type { NodeInfo } from './nodes/node-info.ts';
import { perNode } from './nodes/per-node.ts';
import { requestsOf } from './nodes/resource-amounts.ts';
import { tryOut } from './nodes/tally.ts';
import { nodesToFind } from './nodes-to-find.ts';
import { priorityOf } from './priority.ts';

/** What a node was refused for, and by which plugin. */
export interface NodeRefusal {
  readonly node: string;
  readonly plugin: string;
  readonly refusal: Refusal;
}

export interface Filtered {
  /** Places of nodes that can take the pod: all of them, or as many as are enough. */
  readonly fitting: readonly number[];
  readonly refusals: readonly NodeRefusal[];
  /** How many nodes were asked, and how many were to be found. */
  readonly asked: number;
  readonly enough: number;
}

/**
 * Which nodes can take the pod; each of the others is refused by the first plugin that does. In a large
 * cluster it begins where the cycle before has ended, and ends when there are enough to choose from
 * (scheduler: schedule_one.go findNodesThatPassFilters).
 */
export function filterNodes(cycle: Cycle): Filtered {
  const refuse = refuserOf(cycle);
  const wanted = wantedNodes(cycle);
  const places = wanted && placesOf(cycle, wanted);
  const all = places?.length ?? cycle.nodes.length;
  const enough = nodesToFind(cycle.profile, all);
  const fitting: number[] = [];
  const refusals: NodeRefusal[] = [];
  let asked = 0;
  for (; asked < all && fitting.length < enough; asked++) {
    const turn = (cycle.start + asked) % all;
    const place = places ? (places[turn] ?? turn) : turn;
    const refused = refuse(place);
    if (refused) refusals.push({ node: cycle.nodes[place]?.name ?? '', ...refused });
    else fitting.push(place);
  }
  // Only where no node was found does anybody ask for those that were not looked at.
  if (wanted && fitting.length === 0) refusals.push(...notWanted(cycle, wanted));
  return { fitting, refusals, asked, enough };
}

/** Whether the pod fits on the node at a place, those that are expected there counted in. */
export function refusalAt(cycle: Cycle, place: number): Refusal | undefined {
  return refuserOf(cycle)(place)?.refusal;
}

type Refused = Omit<NodeRefusal, 'node'>;
/** Of the node at a place. */
type Refuser = (place: number) => Refused | undefined;

/** A pod must fit on a node as it is, and beside those that are expected there. */
function refuserOf(cycle: Cycle): Refuser {
  const refuse = ownRefuserOf(cycle);
  const crowded = crowdedNodes(cycle);
  return crowded ? (place) => crowded(place) ?? refuse(place) : refuse;
}

/** All filters that have something to say, made ready for a cycle. */
function ownRefuserOf(cycle: Cycle): Refuser {
  const { nodes, pod, profile } = cycle;
  const [local, others] = split(profile.filters);
  const atOnce = preparedFor(cycle, local);
  const words = `refused ${profile.schedulerName} ${wordsOfPod(pod)}`;
  const first = perNode(nodes, words, (info) => firstRefusal(atOnce, info) ?? null);
  const then = preparedFor(cycle, others);
  if (then.length === 0) return (place) => first(place) ?? undefined;
  return (place) => {
    const refused = first(place);
    const info = nodes[place];
    return refused ?? (info && firstRefusal(then, info));
  };
}

/** The filters that are asked first and look at nothing but the node, and those from then on. */
function split(filters: readonly Filter[]): readonly [readonly Filter[], readonly Filter[]] {
  const other = filters.findIndex(({ isLocal }) => !isLocal);
  return other < 0 ? [filters, []] : [filters.slice(0, other), filters.slice(other)];
}

interface Prepared {
  readonly plugin: string;
  readonly refuse: NodeFilter;
}

function preparedFor(cycle: Cycle, filters: readonly Filter[]): readonly Prepared[] {
  return filters.flatMap((filter) => {
    const refuse = filter.prepare(cycle);
    return refuse ? [{ plugin: filter.name, refuse }] : [];
  });
}

function firstRefusal(prepared: readonly Prepared[], info: NodeInfo): Refused | undefined {
  for (const { plugin, refuse } of prepared) {
    const refusal = refuse(info);
    if (refusal) return { plugin, refusal };
  }
  return undefined;
}

/** All that a pod says by which a node alone is judged. */
const wordsOfPod = ({ spec }: Pod): string => wordsOfSpec(spec);

const wordsOfSpec = derived((spec: PodSpec): string =>
  JSON.stringify([
    spec.nodeName,
    spec.tolerations,
    spec.nodeSelector,
    spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution,
    hostPortsOf({ spec }),
    requestsOf({ spec }),
  ]),
);

/**
 * Pods at least as important that have been promised room on a node, by its name (scheduler:
 * framework/runtime RunFilterPluginsWithNominatedPods).
 */
function expectedPods({ pod, objects }: Cycle): ReadonlyMap<string, readonly Pod[]> {
  const expected = new Map<string, Pod[]>();
  for (const other of objects.listBy<Pod>('nominated', 'yes')) {
    const node = other.status?.nominatedNodeName;
    if (!node || other.metadata.uid === pod.metadata.uid || priorityOf(other) < priorityOf(pod)) continue;
    expected.set(node, [...(expected.get(node) ?? []), other]);
  }
  return expected;
}

function crowdedNodes(cycle: Cycle): Refuser | undefined {
  const expected = expectedPods(cycle);
  if (expected.size === 0) return undefined;
  const instead = new Map<number, Pick<NodeInfo, 'node' | 'pods'>>();
  for (const [place, info] of cycle.nodes.entries()) {
    const more = expected.get(info.name);
    if (more) instead.set(place, { node: info.node, pods: [...info.pods, ...more] });
  }
  if (instead.size === 0) return undefined;
  const refuse = ownRefuserOf({ ...cycle, nodes: tryOut(cycle.nodes, instead) });
  return (place) => (instead.has(place) ? refuse(place) : undefined);
}

interface Wanted {
  readonly plugins: readonly string[];
  readonly names: ReadonlySet<string>;
}

/** The nodes that are looked at, where plugins name them, and the plugins that do. */
function wantedNodes(cycle: Cycle): Wanted | undefined {
  if (inVersion(LEFT_OUT, cycle.version) === undefined) return undefined;
  let wanted: Wanted | undefined;
  for (const { name, narrow } of cycle.profile.filters) {
    const names = narrow?.(cycle);
    if (!names) continue;
    const both = new Set([...names].filter((each) => wanted?.names.has(each) ?? true));
    wanted = { plugins: [...(wanted?.plugins ?? []), name], names: both };
  }
  return wanted;
}

function placesOf({ nodes }: Cycle, { names }: Wanted): readonly number[] {
  return nodes.flatMap(({ name }, place) => (names.has(name) ? [place] : []));
}

/** Before 1.24 all nodes were looked at (scheduler: schedule_one.go findNodesThatFitPod). */
const LEFT_OUT: Since<((plugins: readonly string[]) => readonly string[]) | undefined> = [
  [0, undefined],
  [24, () => []],
  [30, (plugins) => [`node(s) didn't satisfy plugin(s) [${plugins.join(' ')}]`]],
];

function notWanted({ nodes, version }: Cycle, { plugins, names }: Wanted): readonly NodeRefusal[] {
  const refusal = unresolvable(...leftOutReasons(plugins, version));
  return nodes
    .filter(({ name }) => !names.has(name))
    .map(({ name }) => ({ node: name, plugin: plugins[0] ?? '', refusal }));
}

function leftOutReasons(plugins: readonly string[], version: KubeVersion): readonly string[] {
  return inVersion(LEFT_OUT, version)?.(plugins) ?? [];
}
