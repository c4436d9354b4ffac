import type { Kill, WorkStep } from '../../contract/pod-worker-row.ts';
import { newestSandbox, type RuntimeStatus } from '../status/runtime-status.ts';
import { hasSidecars } from './pod-actions.ts';
import type { PodContext } from './pod-context.ts';

/** All that runs is stopped at the same time, and then the sandbox. Kubelet: killPodWithSyncResult. */
export function killEverything(context: PodContext, runtime: RuntimeStatus): WorkStep[] {
  const { view, pod, key, now } = context;
  const kills: Kill[] = runtime.containers
    .filter(({ state }) => state === 'running')
    .map(({ row }) => ({
      id: row.id,
      container: row.name,
      message: `Stopping container ${row.name}`,
      graceSeconds: graceSeconds(context),
      at: 'announce' as const,
      since: now,
    }));
  const steps: WorkStep[] = [];
  if (kills.length > 0) steps.push({ do: 'kill', kills, ordered: hasSidecars(pod) });
  const sandbox = newestSandbox(view.rows, key);
  if (sandbox && sandbox.stoppedAt === undefined) steps.push({ do: 'stop sandbox' });
  return steps;
}

const DEFAULT_GRACE_SECONDS = 30;

function graceSeconds({ worker, pod }: PodContext): number {
  return worker.graceSeconds ?? pod.spec.terminationGracePeriodSeconds ?? DEFAULT_GRACE_SECONDS;
}
