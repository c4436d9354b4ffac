import type { Container, Pod } from '../../objects/kubernetes.ts';
import { isSidecar } from '../../objects/pod-resources.ts';
import { shouldStart } from '../status/container-statuses.ts';
import { restartsAfter } from '../status/pod-phase.ts';
import { findContainer, type KnownContainer } from '../status/runtime-status.ts';
import type { ActionInput, WantedKill } from './action-input.ts';
import { initActions } from './init-actions.ts';

/** What follows from a look at a pod: what to stop, and what to start in which order. */
export interface PodActions {
  /** Stop everything, with the sandbox. */
  readonly killsPod: boolean;
  readonly startsSandbox: boolean;
  readonly kills: readonly WantedKill[];
  /** Added to a pod that runs; each is started once, and never again. */
  readonly ephemeralContainers: readonly string[];
  readonly initContainers: readonly Container[];
  readonly containers: readonly Container[];
}

/** Kubelet: kuberuntime_manager.go computePodActions. */
export function podActions(input: ActionInput): PodActions {
  if (!input.runtime.isSandboxReady) return freshStart(input);
  const { pod, runtime } = input;
  const init = initActions(input);
  const isUnfinished = !init.isInitialized || init.failedForGood;
  const ephemeralContainers = newEphemerals(input);
  if (isUnfinished) {
    const { failedForGood, kills, starts } = init;
    const actions = { killsPod: failedForGood, startsSandbox: false, kills, ephemeralContainers };
    return { ...actions, initContainers: starts, containers: [] };
  }
  const kills: WantedKill[] = [...init.kills];
  const starts: Container[] = [];
  let kept = 0;
  for (const container of pod.spec.containers) {
    const known = findContainer(runtime, container.name);
    if (known?.state !== 'running') {
      if (shouldStart(container, known, pod)) starts.push(container);
      continue;
    }
    const kill = killOf(container, known, input);
    if (!kill) {
      kept++;
      continue;
    }
    kills.push(kill.kill);
    if (kill.restarts) starts.push(container);
  }
  // Sidecars do not keep a pod alive.
  const isDone = kept === 0 && starts.length === 0;
  return {
    killsPod: isDone,
    startsSandbox: false,
    kills,
    ephemeralContainers: isDone ? [] : ephemeralContainers,
    initContainers: isDone ? [] : init.starts,
    containers: starts,
  };
}

function killOf(
  container: Container,
  { row }: KnownContainer,
  { pod, probes, resizing }: ActionInput,
): { readonly kill: WantedKill; readonly restarts: boolean } | undefined {
  const policy = container.restartPolicy ?? pod.spec.restartPolicy ?? 'Always';
  const { id, name } = row;
  const found =
    row.specImage !== container.image
      ? { why: 'definition' as const, text: `Container ${name} definition changed`, restarts: true }
      : resizing?.restarts.includes(name) && row.createdAt <= resizing.since
        ? { why: 'definition' as const, text: `Container ${name} resize requires restart`, restarts: true }
        : probes.resultOf('liveness', id) === 'failure'
          ? {
              why: 'liveness' as const,
              text: `Container ${name} failed liveness probe`,
              restarts: policy !== 'Never',
            }
          : probes.resultOf('startup', id) === 'failure'
            ? {
                why: 'startup' as const,
                text: `Container ${name} failed startup probe`,
                restarts: policy !== 'Never',
              }
            : undefined;
  if (!found) return undefined;
  const message = found.restarts ? `${found.text}, will be restarted` : found.text;
  return { kill: { id, container, message, why: found.why }, restarts: found.restarts };
}

/** Without a sandbox everything begins anew, unless all is done. */
function freshStart({ pod, runtime, hadSandbox }: ActionInput): PodActions {
  const policy = pod.spec.restartPolicy ?? 'Always';
  const nothing: PodActions = {
    killsPod: true,
    startsSandbox: false,
    kills: [],
    ephemeralContainers: [],
    initContainers: [],
    containers: [],
  };
  if (policy === 'Never' && hadSandbox && runtime.containers.length > 0) return nothing;
  const containers = pod.spec.containers.filter((container) => {
    const known = findContainer(runtime, container.name);
    const hasSucceeded = known?.state === 'exited' && known.row.exit?.code === 0;
    return !(hasSucceeded && !restartsAfter(container, policy, 0));
  });
  if (containers.length === 0 && runtime.containers.some(({ row }) => isRegular(pod, row.name)))
    return nothing;
  const [first] = pod.spec.initContainers ?? [];
  return {
    killsPod: hadSandbox,
    startsSandbox: true,
    kills: [],
    ephemeralContainers: [],
    initContainers: first ? [first] : [],
    containers: first ? [] : containers,
  };
}

function newEphemerals({ pod: { spec, metadata }, runtime }: ActionInput): readonly string[] {
  if (metadata.deletionTimestamp !== undefined) return [];
  const names = (spec.ephemeralContainers ?? []).map(({ name }) => name);
  return names.filter((name) => findContainer(runtime, name) === undefined);
}

function isRegular({ spec }: Pod, name: string): boolean {
  return spec.containers.some((container) => container.name === name);
}

/** Whether the order matters in which the pod's containers are stopped. */
export function hasSidecars({ spec }: Pod): boolean {
  return spec.initContainers?.some(isSidecar) ?? false;
}
