import type { Pod } from '../../objects/kubernetes.ts';
import { isSidecar, podRequests } from '../../objects/pod-resources.ts';
import { ZERO } from '../../objects/quantity.ts';
import type { PodDisk } from './machine-disk.ts';

/** A pod that could be evicted, and what it takes. */
export interface Candidate {
  readonly key: string;
  readonly pod: Pod;
  readonly bytes: number;
  /** By the name of the container. */
  readonly byContainer: ReadonlyMap<string, number>;
}

/** scheduling: SystemCriticalPriority. */
const SYSTEM_CRITICAL = 2_000_000_000;

/** Pods of the system are never evicted. Kubelet: types/pod_update.go IsCriticalPod. */
export function isCritical(pod: Pod): boolean {
  return priorityOf(pod) >= SYSTEM_CRITICAL;
}

/** Who goes first when memory is short. Kubelet: eviction/helpers.go rankMemoryPressure. */
export function rankForMemory(candidates: readonly Candidate[]): readonly Candidate[] {
  return ranked(candidates, ({ key, pod, bytes }) => ({ key, pod, excess: bytes - asked(pod, 'memory') }));
}

/** The same when the disk is short (rankDiskPressureFunc): what lies in volumes counts, too. */
export function rankForDisk(disks: readonly PodDisk[]): readonly PodDisk[] {
  return ranked(disks, ({ key, worker: { pod }, total }) => ({
    key,
    pod,
    excess: total - asked(pod, 'ephemeral-storage'),
  }));
}

interface Standing {
  readonly key: string;
  readonly pod: Pod;
  /** Bytes taken above what was asked for. */
  readonly excess: number;
}

/** Who takes more than it asked for, then who matters least, then who is farthest above what it asked for. */
function ranked<One>(all: readonly One[], standingOf: (one: One) => Standing): readonly One[] {
  return all
    .map((one) => ({ one, ...standingOf(one) }))
    .filter(({ pod }) => !isCritical(pod))
    .sort(
      (a, b) =>
        Number(b.excess > 0) - Number(a.excess > 0) ||
        priorityOf(a.pod) - priorityOf(b.pod) ||
        b.excess - a.excess ||
        (a.key < b.key ? -1 : 1),
    )
    .map(({ one }) => one);
}

/** What each container of a pod asked for of the disk, by name. */
export function requestedDisk({ spec }: Pod): ReadonlyMap<string, string> {
  return new Map(
    [...spec.containers, ...(spec.initContainers ?? [])].map(({ name, resources }) => [
      name,
      String(resources?.requests?.['ephemeral-storage'] ?? '0'),
    ]),
  );
}

function priorityOf({ spec }: Pod): number {
  return spec.priority ?? 0;
}

/** Bytes. */
function asked(pod: Pod, resource: 'memory' | 'ephemeral-storage'): number {
  return Number((podRequests(pod)[resource] ?? ZERO).nano / 1_000_000_000n);
}

/** Its containers that run, with what each asked for, in the order in which the pod names them. */
export function containersOf({ pod, byContainer }: Candidate): readonly {
  readonly name: string;
  readonly bytes: number;
  readonly requested: string;
}[] {
  const all = [...pod.spec.containers, ...(pod.spec.initContainers ?? []).filter(isSidecar)];
  return all.flatMap(({ name, resources }) => {
    const bytes = byContainer.get(name);
    const requested = String(resources?.requests?.['memory'] ?? '0');
    return bytes === undefined ? [] : [{ name, bytes, requested }];
  });
}
