import type { Pod } from '../objects/kubernetes.ts';
import { inVersion, type KubeVersion, type Since } from '../objects/versions.ts';
import type { Cycle } from './cycle.ts';
import { type NodeFilter, type Refusal, unresolvable } from './filters/filter.ts';
import { type NodeInfo, withPods } from './node-info.ts';
import { filters } from './plugins.ts';
import { priorityOf } from './priority.ts';

/** What a node was refused for, and by which plugin. */
export interface NodeRefusal {
  readonly node: string;
  readonly plugin: string;
  readonly refusal: Refusal;
}

interface Filtered {
  readonly fitting: readonly NodeInfo[];
  readonly refusals: readonly NodeRefusal[];
}

/** Which nodes can take the pod; each of the others is refused by the first plugin that does. */
export function filterNodes(cycle: Cycle): Filtered {
  const refuse = refuserOf(cycle);
  const nominated = expectedPods(cycle);
  const crowded = nominated.size > 0 ? crowdedNodes(cycle, nominated) : undefined;
  const wanted = wantedNodes(cycle.pod);
  const fitting: NodeInfo[] = [];
  const refusals: NodeRefusal[] = [];
  for (const info of cycle.nodes) {
    const refused = notWanted(info, wanted, cycle.version) ?? crowded?.(info) ?? refuse(info);
    if (refused) refusals.push({ node: info.name, ...refused });
    else fitting.push(info);
  }
  return { fitting, refusals };
}

/** Whether the pod fits on one node of a cycle, those that are expected there counted in. */
export function refusalAt(cycle: Cycle, info: NodeInfo): Refusal | undefined {
  const crowded = crowdedNodes(cycle, expectedPods(cycle));
  return (crowded(info) ?? refuserOf(cycle)(info))?.refusal;
}

type Refused = Omit<NodeRefusal, 'node'>;
type Refuser = (info: NodeInfo) => Refused | undefined;

/** All filters that have something to say, made ready for a cycle. */
function refuserOf(cycle: Cycle): Refuser {
  const prepared: { plugin: string; refuse: NodeFilter }[] = [];
  for (const filter of filters) {
    const refuse = filter.prepare(cycle);
    if (refuse) prepared.push({ plugin: filter.name, refuse });
  }
  return (info) => {
    for (const { plugin, refuse } of prepared) {
      const refusal = refuse(info);
      if (refusal) return { plugin, refusal };
    }
    return undefined;
  };
}

/**
 * Pods at least as important that have been promised room on a node, by its name: a pod must fit beside them,
 * and without them too (scheduler: framework/runtime RunFilterPluginsWithNominatedPods).
 */
function expectedPods({ pod, objects }: Cycle): ReadonlyMap<string, readonly Pod[]> {
  const expected = new Map<string, Pod[]>();
  for (const other of objects.listBy<Pod>('node', '')) {
    const node = other.status?.nominatedNodeName;
    if (!node || other.metadata.uid === pod.metadata.uid || priorityOf(other) < priorityOf(pod)) continue;
    expected.set(node, [...(expected.get(node) ?? []), other]);
  }
  return expected;
}

function crowdedNodes(cycle: Cycle, expected: ReadonlyMap<string, readonly Pod[]>): Refuser {
  const nodes = cycle.nodes.map((info) => {
    const more = expected.get(info.name);
    return more ? withPods(info, [...info.pods, ...more]) : info;
  });
  const byName = new Map(nodes.filter(({ name }) => expected.has(name)).map((info) => [info.name, info]));
  if (byName.size === 0) return () => undefined;
  const refuse = refuserOf({ ...cycle, nodes });
  return ({ name }) => {
    const info = byName.get(name);
    return info && refuse(info);
  };
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
): Refused | undefined {
  if (!wanted || wanted.names.has(name)) return undefined;
  const reasons = inVersion(LEFT_OUT, version)?.(wanted.plugins);
  return reasons && { plugin: wanted.plugins[0] ?? '', refusal: unresolvable(...reasons) };
}
