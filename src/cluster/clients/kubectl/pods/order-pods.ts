import { parseRfc3339 } from '../../../../kernel/time/rfc3339.ts';
import { findCondition } from '../../../objects/conditions.ts';
import type { ContainerStatus, Pod } from '../../../objects/kubernetes.ts';

/** Whose log is shown: the busiest, for longest (kubectl: podutils.go ByLogging). */
export function byLogging(a: Pod, b: Pod): number {
  return (
    byAssignment(a, b) ||
    phaseRank(a, ['Running', 'Unknown', 'Pending']) - phaseRank(b, ['Running', 'Unknown', 'Pending']) ||
    byReadiness(a, b) ||
    byReadySince(a, b) ||
    byRestarts(a, b) ||
    byAge(a, b)
  );
}

/** Where a program is run: the calmest, for longest (kubectl: podutils.go ActivePods, turned round). */
export function byActivity(a: Pod, b: Pod): number {
  return (
    byAssignment(a, b) ||
    phaseRank(b, ['Pending', 'Unknown', 'Running']) - phaseRank(a, ['Pending', 'Unknown', 'Running']) ||
    byReadiness(a, b) ||
    byDeletion(a, b) ||
    byReadySince(a, b) ||
    byRestarts(b, a) ||
    byAge(a, b)
  );
}

function byAssignment(a: Pod, b: Pod): number {
  return Number(b.spec.nodeName !== undefined) - Number(a.spec.nodeName !== undefined);
}

/** A phase that is not listed counts as the first. */
function phaseRank({ status }: Pod, phases: readonly string[]): number {
  return Math.max(phases.indexOf(status?.phase ?? ''), 0);
}

function byReadiness(a: Pod, b: Pod): number {
  return Number(readySince(b) !== undefined) - Number(readySince(a) !== undefined);
}

/** The one that is deleted last, or not at all, first. */
function byDeletion(a: Pod, b: Pod): number {
  const deletedAt = ({ metadata }: Pod) =>
    parseRfc3339(metadata.deletionTimestamp ?? '') ?? Number.MAX_SAFE_INTEGER;
  return deletedAt(b) - deletedAt(a);
}

function byReadySince(a: Pod, b: Pod): number {
  return (readySince(a) ?? 0) - (readySince(b) ?? 0);
}

function readySince({ status }: Pod): number | undefined {
  const ready = findCondition(status?.conditions, 'Ready');
  return ready?.status === 'True' ? parseRfc3339(ready.lastTransitionTime ?? '') : undefined;
}

/** More restarts first; those of sidecars decide last. */
function byRestarts(a: Pod, b: Pod): number {
  return (
    mostRestarts(b.status?.containerStatuses) - mostRestarts(a.status?.containerStatuses) ||
    mostRestarts(sidecars(b)) - mostRestarts(sidecars(a))
  );
}

function mostRestarts(statuses: readonly ContainerStatus[] = []): number {
  return Math.max(0, ...statuses.map(({ restartCount }) => restartCount));
}

function sidecars({ spec, status }: Pod): readonly ContainerStatus[] {
  const init = spec.initContainers ?? [];
  const isSidecar = (name: string) =>
    init.some((container) => container.name === name && container.restartPolicy === 'Always');
  return (status?.initContainerStatuses ?? []).filter(({ name }) => isSidecar(name));
}

function byAge(a: Pod, b: Pod): number {
  return createdAt(a) - createdAt(b);
}

function createdAt({ metadata }: Pod): number {
  return parseRfc3339(metadata.creationTimestamp ?? '') ?? 0;
}
