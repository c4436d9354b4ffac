import type { Millis } from '../../kernel/time/millis.ts';
import type { Reaction, View } from '../contract/component.ts';
import type { Doing } from '../contract/doing.ts';
import type { AutoscalerSettings } from '../contract/settings.ts';
import { machineJoined } from '../node/machines-installed.ts';
import { findCondition } from '../objects/conditions.ts';
import type { Pod } from '../objects/kubernetes.ts';
import type { NodeInfo } from '../scheduler/nodes/node-info.ts';
import { nodeInfos } from '../scheduler/nodes/snapshot.ts';
import { tell } from './autoscaler-events.ts';
import { isBeingDeleted } from './deletion-taints.ts';
import { chooseExpansion, type Expansion, expansionOf, type NoExpansion } from './expand.ts';
import { machineOf, nodeToCome } from './new-nodes.ts';
import { type Group, isReady, nodeOfMachine, numberOf } from './node-groups.ts';
import { placeAll } from './simulated-nodes.ts';

/** Pods of a lower priority are not worth a machine (--expendable-pods-priority-cutoff). */
const LEAST_PRIORITY = -10;

/** Pods for which the scheduler has found no node. */
export function pendingPods({ objects }: View): readonly Pod[] {
  return objects.listBy<Pod>('node', '').filter(({ metadata, spec, status }) => {
    const condition = findCondition(status?.conditions, 'PodScheduled');
    const isRefused = condition?.status === 'False' && condition.reason === 'Unschedulable';
    return isRefused && !metadata.deletionTimestamp && (spec.priority ?? 0) >= LEAST_PRIORITY;
  });
}

/**
 * Adds machines for pods that fit nowhere, not even on those that are on their way (cluster-autoscaler:
 * core/scaleup/orchestrator). Answers whether any were added.
 */
export function* scaleUp(
  view: View,
  { groups, settings }: { readonly groups: readonly Group[]; readonly settings: AutoscalerSettings },
  now: Millis,
): Doing<boolean> {
  const pending = pendingPods(view);
  if (pending.length === 0) return false;
  const { nodes, left } = placeAll(view, [...usableNodes(view), ...nodesOnTheirWay(view, groups)], pending);
  if (left.length === 0) return false;
  const found = groups.map((group) => expansionOf(view, { group, nodes }, left));
  const options = found.flatMap(({ expansion }) => expansion ?? []);
  const chosen = chooseExpansion(view, settings.expander, { options, now });
  if (chosen) yield* addMachines(view, chosen, now);
  const helped = chosen?.pods ?? [];
  const refused = found.flatMap((one) => one.refused);
  for (const pod of left.filter((each) => !helped.includes(each))) {
    const reasons = refused.filter((each) => each.pod === pod);
    // Where another group could help too, the pod's turn comes.
    if (reasons.length < groups.length) continue;
    const message = `pod didn't trigger scale-up: ${reasonsText(reasons)}`;
    yield* tell(view, pod, { reason: 'NotTriggerScaleUp', message }, now);
  }
  return chosen !== undefined;
}

function usableNodes({ objects }: View): readonly NodeInfo[] {
  return nodeInfos(objects).filter(({ node }) => isReady(node) && !isBeingDeleted(node));
}

/** As they will be once they are ready. */
function nodesOnTheirWay(view: View, groups: readonly Group[]): readonly NodeInfo[] {
  return groups.flatMap(({ settings, machines }) =>
    machines.flatMap((machine) => {
      const node = nodeOfMachine(view, machine);
      const isComing = machine.joined !== undefined && !(node && isReady(node));
      return isComing ? [nodeToCome(view, settings, numberOf(machine.node))] : [];
    }),
  );
}

function* addMachines(view: View, { group, more, pods }: Expansion, now: Millis): Reaction {
  const { settings, machines, everHad } = group;
  for (let number = everHad + 1; number <= everHad + more; number++) {
    const machine = machineJoined(view, machineOf(settings, number), now);
    yield { ...machine, powerAt: now + settings.provisionMs };
  }
  const size = machines.length;
  const message = `pod triggered scale-up: [{${settings.name} ${size}->${size + more} (max: ${settings.max})}]`;
  for (const pod of pods) yield* tell(view, pod, { reason: 'TriggeredScaleUp', message }, now);
}

/** How many groups say each thing (processors/status/eventing_scale_up_processor.go ReasonsMessage). */
function reasonsText(refused: readonly NoExpansion[]): string {
  const counts = new Map<string, number>();
  for (const { reasons } of refused)
    for (const reason of reasons) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  return [...counts]
    .map(([reason, count]) => `${count} ${reason}`)
    .sort()
    .join(', ');
}
