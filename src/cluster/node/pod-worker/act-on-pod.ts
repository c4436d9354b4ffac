import type { Millis } from '../../../kernel/time/millis.ts';
import type { Doing } from '../../contract/doing.ts';
import type { Kill, WorkStep } from '../../contract/pod-worker-row.ts';
import type { Container, Probe } from '../../objects/kubernetes.ts';
import { isSidecar } from '../../objects/pod-resources.ts';
import { podProbes } from '../probes/pod-probes.ts';
import { runtimeAsSeen } from '../status/runtime-status.ts';
import type { WantedKill } from './action-input.ts';
import { killEverything } from './kill-everything.ts';
import { podActions } from './pod-actions.ts';
import { move, type PodContext, type StepResult, tell } from './pod-context.ts';

/** Decides what the pod needs, and makes it the next steps. Kubelet: kuberuntime_manager.go SyncPod. */
export function* actOnPod(context: PodContext): Doing<StepResult> {
  const { view, worker, pod, key, now } = context;
  const { underWay: work } = worker;
  if (!work) return { step: 'done' };
  const runtime = runtimeAsSeen(view.rows, work.seen);
  const hadSandbox = work.seen.sandbox !== undefined;
  const actions = podActions({
    pod,
    runtime,
    hadSandbox,
    probes: podProbes(view.rows, key),
    resizing: worker.resizing,
  });
  if (actions.startsSandbox && hadSandbox) {
    const message = 'Pod sandbox changed, it will be killed and re-created.';
    yield* tell(context, { type: 'Normal', reason: 'SandboxChanged', message });
  }
  const steps: WorkStep[] = actions.killsPod ? killEverything(context, runtime) : [];
  for (const kill of actions.kills)
    steps.push({ do: 'kill', kills: [killOf(kill, pod.spec, now)], ordered: false });
  if (actions.startsSandbox) steps.push({ do: 'start sandbox' });
  for (const name of actions.ephemeralContainers)
    steps.push({ do: 'start container', container: name, required: false });
  for (const { name, ...rest } of actions.initContainers) {
    steps.push({ do: 'start container', container: name, required: !isSidecar(rest) });
  }
  for (const { name } of actions.containers)
    steps.push({ do: 'start container', container: name, required: false });
  if (steps.length > 0) move(context, { underWay: { ...work, acted: true } });
  return { step: 'becomes', steps };
}

function killOf(
  { id, container, message, why }: WantedKill,
  { terminationGracePeriodSeconds: ofPod = 30 }: { readonly terminationGracePeriodSeconds?: number },
  now: Millis,
): Kill {
  const ofProbe = probeOf(container, why)?.terminationGracePeriodSeconds;
  return {
    id,
    container: container.name,
    message,
    graceSeconds: ofProbe ?? ofPod,
    at: 'announce',
    since: now,
  };
}

function probeOf(container: Container, why: WantedKill['why']): Probe | undefined {
  if (why === 'liveness') return container.livenessProbe;
  return why === 'startup' ? container.startupProbe : undefined;
}
