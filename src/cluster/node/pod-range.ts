import type { Reaction, View } from '../contract/component.ts';
import type { MachineRow } from '../contract/machine-rows.ts';
import type { RowReader } from '../contract/reader.ts';
import type { Node } from '../objects/kubernetes.ts';

/**
 * Its pods get addresses of the range that its node has been given. Kubelet: kubelet_network.go
 * updatePodCIDR.
 */
export function* takeRange({ objects }: View, { node, podCidr: taken }: MachineRow): Reaction {
  const podCidr = objects.get<Node>('nodes', undefined, node)?.spec?.podCIDR;
  if (podCidr !== undefined && podCidr !== taken) yield { type: 'PodCidrTaken', node, podCidr };
}

/** Whether a node has been given another range than its machine knows of. */
export function hasNewRange({ metadata, spec }: Node, rows: RowReader): boolean {
  const taken = rows.row('machines', metadata.name ?? '')?.podCidr;
  return spec?.podCIDR !== undefined && taken !== undefined && spec.podCIDR !== taken;
}
