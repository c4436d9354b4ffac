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

/**
 * Who goes first when memory is short: who takes more than it asked for, then who matters least, then who is
 * farthest above what it asked for. Kubelet: eviction/helpers.go rankMemoryPressure.
 */
export function rankForMemory(candidates: readonly Candidate[]): readonly Candidate[] {
  return candidates
    .filter(({ pod }) => !isCritical(pod))
    .sort(
      (a, b) =>
        Number(excessOf(b) > 0) - Number(excessOf(a) > 0) ||
        priorityOf(a.pod) - priorityOf(b.pod) ||
        excessOf(b) - excessOf(a) ||
        (a.key < b.key ? -1 : 1),
    );
}

/** The same when the disk is short (rankDiskPressureFunc): what lies in volumes counts, too. */
export function rankForDisk(disks: readonly PodDisk[]): readonly PodDisk[] {
  const excess = ({ worker, total }: PodDisk): number =>
    total - bytesOf((podRequests(worker.pod)['ephemeral-storage'] ?? ZERO).nano);
  return disks
    .filter(({ worker }) => !isCritical(worker.pod))
    .toSorted(
      (a, b) =>
        Number(excess(b) > 0) - Number(excess(a) > 0) ||
        priorityOf(a.worker.pod) - priorityOf(b.worker.pod) ||
        excess(b) - excess(a) ||
        (a.key < b.key ? -1 : 1),
    );
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

function excessOf({ pod, bytes }: Candidate): number {
  return bytes - bytesOf((podRequests(pod)['memory'] ?? ZERO).nano);
}

function bytesOf(nano: bigint): number {
  return Number(nano / 1_000_000_000n);
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
