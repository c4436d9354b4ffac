import type { PodStatus } from '../../objects/kubernetes.ts';
import { podProbes } from '../probes/pod-probes.ts';
import { podStatus } from '../status/pod-status.ts';
import type { RuntimeStatus } from '../status/runtime-status.ts';
import type { PodContext } from './pod-context.ts';
import { currentStatus } from './publish-status.ts';

/** The pod's status as it follows from the runtime as it was seen. */
export function computeStatus(context: PodContext, runtime: RuntimeStatus, isOver = false): PodStatus {
  const { view, worker, pod, machine, now, version, key } = context;
  return podStatus({
    pod,
    old: currentStatus(context),
    runtime,
    reasons: worker.reasons,
    ...(worker.verdict && { verdict: worker.verdict }),
    given: worker.pod,
    ...(worker.resizePending && { resizePending: worker.resizePending }),
    ...(worker.resizing && { resizing: worker.resizing }),
    probes: podProbes(view.rows, key),
    hostIp: machine.ip,
    isOver,
    now,
    epochMs: view.settings.epochMs,
    version,
  });
}
