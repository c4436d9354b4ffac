import type { Doing } from '../../contract/doing.ts';
import type { PodStatus } from '../../objects/kubernetes.ts';
import { inVersion, type Since } from '../../objects/versions.ts';
import type { PodContext } from '../pod-worker/pod-context.ts';
import { idOf, podProbes } from './pod-probes.ts';

/**
 * Kubelet: prober_manager.go UpdatePodStatus; not in 1.20, whose first readiness probes were recorded at
 * random.
 */
const TRIGGERS: Since<boolean> = [
  [20, false],
  [21, true],
];

/** Whenever the pod's status is made, what has started and is not ready is probed at once. */
export function* triggerReadiness(
  { view, key, node, now, version }: PodContext,
  status: PodStatus,
): Doing<void> {
  if (!inVersion(TRIGGERS, version)) return;
  const probes = podProbes(view.rows, key);
  for (const container of [...(status.containerStatuses ?? []), ...(status.initContainerStatuses ?? [])]) {
    const worker = probes.find('readiness', container.name);
    if (!worker || worker.triggeredAt !== undefined || !container.started || !container.state?.running)
      continue;
    if (probes.resultOf('readiness', idOf(container.containerID)) === 'success') continue;
    yield { type: 'ProbeWorkerMoved', node, pod: key, probe: worker.key, set: { '/triggeredAt': now } };
  }
}
