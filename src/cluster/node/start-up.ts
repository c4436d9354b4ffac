import type { Millis } from '../../kernel/time/millis.ts';
import type { Reaction, View, Wake } from '../contract/component.ts';
import type { MachineRow } from '../contract/machine-rows.ts';
import type { Pod } from '../objects/kubernetes.ts';
import { reportNode } from './heartbeat/report-node.ts';
import { workPod } from './pod-worker/work-pod.ts';

/**
 * A kubelet that comes back finds the pods that were bound to its node meanwhile, as it finds all of them.
 * What it kept of those that it knew is looked at again too, and its back-offs are forgotten.
 */
export function* startUp(view: View, node: string, now: Millis): Reaction {
  if (!view.rows.row('machines', node)?.kubelet.starting) return;
  yield { type: 'KubeletCaughtUp', node };
  for (const pod of view.objects.listBy<Pod>('node', node)) {
    const { namespace, name, uid } = pod.metadata;
    const key = `${namespace}/${name}/${uid}`;
    if (!view.rows.row('podWorkers', key)) yield* workPod(view, node, { key, now });
  }
  // It does not wait for its turn to say that it is there (kubelet.go fastStatusUpdateOnce).
  yield* reportNode(view, node, now);
}

export function startUpWake({ kubelet }: MachineRow, from: Millis, cause: number | null): Wake | undefined {
  return kubelet.starting ? { at: from, cause } : undefined;
}
