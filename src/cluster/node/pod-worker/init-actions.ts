import type { Container } from '../../objects/kubernetes.ts';
import { isSidecar } from '../../objects/pod-resources.ts';
import { restartsAfter } from '../status/pod-phase.ts';
import { findContainer, type KnownContainer } from '../status/runtime-status.ts';
import type { ActionInput, WantedKill } from './action-input.ts';

interface InitActions {
  readonly isInitialized: boolean;
  /** An init container has failed and is not tried again. */
  readonly failedForGood: boolean;
  readonly kills: readonly WantedKill[];
  readonly starts: readonly Container[];
}

/**
 * Which init containers to start: the one after the last that is done, and sidecars that are down. Looked at
 * from the last to the first, since the runtime may have let go of the earlier ones. Kubelet:
 * kuberuntime_container.go computeInitContainerActions.
 */
export function initActions(input: ActionInput): InitActions {
  const { pod, runtime } = input;
  const containers = pod.spec.initContainers ?? [];
  if (containers.length === 0) return { isInitialized: true, failedForGood: false, kills: [], starts: [] };
  const runs = pod.spec.containers.some(({ name }) => {
    const state = findContainer(runtime, name)?.state;
    return state === 'running' || state === 'created';
  });
  const plan: Plan = { isInitialized: runs, wasInitialized: runs, kills: [], starts: [] };
  for (const [index, container] of [...containers.entries()].reverse()) {
    const known = findContainer(runtime, container.name);
    if (!known) {
      if (plan.wasInitialized && isSidecar(container)) plan.starts.unshift(container);
    } else if (!plan.wasInitialized || isSidecar(container)) {
      const verdict = isSidecar(container)
        ? sidecarVerdict(container, known, input)
        : initVerdict(container, known, input);
      if (verdict === 'failed') return { isInitialized: false, failedForGood: true, kills: [], starts: [] };
      follow(plan, verdict, { container, following: containers[index + 1] });
    }
  }
  if (!plan.wasInitialized && containers[0]) plan.starts.unshift(containers[0]);
  return { isInitialized: plan.isInitialized, failedForGood: false, kills: plan.kills, starts: plan.starts };
}

interface Plan {
  isInitialized: boolean;
  /** The container after the one looked at has been started before. */
  wasInitialized: boolean;
  readonly kills: WantedKill[];
  /** In the order of the pod. */
  readonly starts: Container[];
}

interface Place {
  readonly container: Container;
  readonly following: Container | undefined;
}

function follow(plan: Plan, verdict: Verdict, { container, following }: Place): void {
  const kill = typeof verdict === 'object' ? verdict : undefined;
  if (verdict === 'done' || kill?.why === 'liveness') {
    if (!following) plan.isInitialized = true;
    else if (!plan.wasInitialized) plan.starts.unshift(following);
  }
  if (kill) plan.kills.push(kill);
  if (kill || verdict === 'start') plan.starts.unshift(container);
  plan.wasInitialized = true;
}

type Verdict = 'done' | 'wait' | 'start' | 'failed' | WantedKill;

function initVerdict(container: Container, { state, row }: KnownContainer, { pod }: ActionInput): Verdict {
  if (state === 'created') return 'start';
  if (state === 'running') return 'wait';
  const code = row.exit?.code ?? 0;
  if (code === 0) return 'done';
  return restartsAfter(container, pod.spec.restartPolicy ?? 'Always', code) ? 'start' : 'failed';
}

function sidecarVerdict(
  container: Container,
  { state, row }: KnownContainer,
  { probes }: ActionInput,
): Verdict {
  if (state !== 'running') return 'start';
  const { id, name } = row;
  if (container.startupProbe) {
    const startup = probes.resultOf('startup', id);
    if (startup === 'failure') {
      return { id, container, message: `Init container ${name} failed startup probe`, why: 'startup' };
    }
    if (startup !== 'success') return 'wait';
  }
  if (container.livenessProbe && probes.resultOf('liveness', id) === 'failure') {
    return { id, container, message: `Init container ${name} failed liveness probe`, why: 'liveness' };
  }
  return 'done';
}
