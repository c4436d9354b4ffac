import { parseRfc3339 } from '../../../kernel/time/rfc3339.ts';
import { compareText } from '../../objects/json.ts';
import type { Pod } from '../../objects/kubernetes.ts';
import { isSidecar } from '../../objects/pod-resources.ts';
import { inVersion, type KubeVersion, type Since } from '../../objects/versions.ts';
import { isReady, readySince } from './pod-state.ts';

/** PodDeletionCost and LogarithmicScaleDown: alpha in 1.21, on since 1.22 (kubernetes: kube_features.go). */
const WEIGHS_COST: Since<boolean> = [
  [0, false],
  [22, true],
];
const IN_BUCKETS: Since<boolean> = [
  [0, false],
  [22, true],
];

const COST = 'controller.kubernetes.io/pod-deletion-cost';
const PHASES: Readonly<Record<string, number>> = { Pending: 0, Unknown: 1, Running: 2 };

export interface DeletionRanking {
  readonly version: KubeVersion;
  /** Milliseconds since 1970. */
  readonly epochNow: number;
  /** How many pods of the same owner's owner are on the pod's node. */
  readonly neighbours: (pod: Pod) => number;
}

/** The pods in the order in which they are given up (controller_utils.go ActivePodsWithRanks). */
export function inDeletionOrder(pods: readonly Pod[], ranking: DeletionRanking): readonly Pod[] {
  return [...pods].sort((a, b) => compareForDeletion(a, b, ranking));
}

function compareForDeletion(a: Pod, b: Pod, ranking: DeletionRanking): number {
  const { version, neighbours } = ranking;
  return (
    Number(isAssigned(a)) - Number(isAssigned(b)) ||
    phaseOf(a) - phaseOf(b) ||
    Number(isReady(a)) - Number(isReady(b)) ||
    (inVersion(WEIGHS_COST, version) ? costOf(a) - costOf(b) : 0) ||
    neighbours(b) - neighbours(a) ||
    compareTimes(a, b, { ranking, timeOf: readySince }) ||
    restartsOf(b, 'regular') - restartsOf(a, 'regular') ||
    restartsOf(b, 'sidecar') - restartsOf(a, 'sidecar') ||
    compareTimes(a, b, { ranking, timeOf: createdAt })
  );
}

interface TimeRule {
  readonly ranking: DeletionRanking;
  readonly timeOf: (pod: Pod) => number | undefined;
}

/**
 * The younger goes first. Ages are compared by their powers of two, and within one of them the uid decides,
 * as good as by chance: otherwise all that was started last would go at once, wherever it is.
 */
function compareTimes(a: Pod, b: Pod, { ranking: { version, epochNow }, timeOf }: TimeRule): number {
  const [first, second] = [timeOf(a), timeOf(b)];
  if (first === undefined || second === undefined || first === second) return 0;
  if (!inVersion(IN_BUCKETS, version)) return second - first;
  const buckets = bucketOf(epochNow - first) - bucketOf(epochNow - second);
  return buckets || compareText(a.metadata.uid ?? '', b.metadata.uid ?? '');
}

/** The whole part of the binary logarithm of an age, in nanoseconds. */
function bucketOf(ageMs: number): number {
  let bucket = -1;
  for (let rest = ageMs * 1_000_000; rest >= 1; rest /= 2) bucket++;
  return bucket;
}

function isAssigned(pod: Pod): boolean {
  return Boolean(pod.spec.nodeName);
}

function phaseOf(pod: Pod): number {
  return PHASES[pod.status?.phase ?? ''] ?? 0;
}

/** What is not a whole number of 32 bits, written as Go writes it, costs nothing. */
function costOf({ metadata }: Pod): number {
  const text = metadata.annotations?.[COST] ?? '';
  const cost = /^(0|-?[1-9]\d*)$/.test(text) ? Number(text) : 0;
  return Math.abs(cost) < 2 ** 31 ? cost : 0;
}

function restartsOf({ spec, status }: Pod, of: 'regular' | 'sidecar'): number {
  if (of === 'regular') return maxRestarts(status?.containerStatuses);
  const sidecars = (spec.initContainers ?? []).filter(isSidecar).map(({ name }) => name);
  return maxRestarts(status?.initContainerStatuses?.filter(({ name }) => sidecars.includes(name)));
}

function maxRestarts(statuses: readonly { readonly restartCount?: number }[] = []): number {
  return Math.max(0, ...statuses.map(({ restartCount = 0 }) => restartCount));
}

function createdAt({ metadata }: Pod): number | undefined {
  return metadata.creationTimestamp ? parseRfc3339(metadata.creationTimestamp) : undefined;
}
