import type { View } from '../contract/component.ts';
import type { NodeGroup, NodeSettings } from '../contract/settings.ts';
import { nodeOf } from '../node/node-object.ts';
import type { Pod } from '../objects/kubernetes.ts';
import { controllerOf } from '../objects/owner-references.ts';
import { type NodeInfo, nodeInfo } from '../scheduler/nodes/node-info.ts';
import { placeFor } from './simulated-nodes.ts';

/** What a machine of a group will be called and made of. */
export function machineOf({ name, machine }: NodeGroup, number: number): NodeSettings {
  return { ...machine, name: `${name}-${number}`, group: name };
}

/**
 * A node of a group as it will be once it is ready, with the pods that its DaemonSets will put there
 * (cluster-autoscaler: processors/nodeinfosprovider).
 */
export function nodeToCome(view: View, group: NodeGroup, number: number): NodeInfo {
  const made = nodeOf(machineOf(group, number), view.settings, { index: 0, conditions: [] });
  const empty = nodeInfo(made, []);
  const daemons = daemonPods(view).filter((pod) => placeFor(view, [empty], pod) !== undefined);
  return nodeInfo(made, daemons);
}

/** One pod of each DaemonSet, as it would be on another node. */
function daemonPods({ objects }: View): readonly Pod[] {
  const one = new Map<string, Pod>();
  for (const pod of objects.list<Pod>('pods')) {
    const owner = controllerOf(pod);
    if (owner?.kind !== 'DaemonSet' || one.has(owner.uid)) continue;
    // Its affinity names the node that it was made for.
    const { affinity, ...spec } = pod.spec;
    const { nodeAffinity: _, ...others } = affinity ?? {};
    one.set(owner.uid, { ...pod, spec: { ...spec, affinity: others } });
  }
  return [...one.values()];
}
