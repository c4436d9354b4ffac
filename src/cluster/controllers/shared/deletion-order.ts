import type { Chance } from '../../../kernel/chance/draw.ts';
import { settledOutcome } from '../../../kernel/chance/outcomes.ts';
import { SECOND } from '../../../kernel/time/millis.ts';
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
  /** By which settled draws pods that are as old as each other are given up. */
  readonly chance: Chance;
}

/** The pods in the order in which they are given up (controller_utils.go ActivePodsWithRanks). */
export function inDeletionOrder(pods: readonly Pod[], ranking: DeletionRanking): readonly Pod[] {
  const ranked = pods.map((pod) => rankOf(pod, ranking));
  return ranked.sort((a, b) => compareRanks(a, b, ranking)).map(({ pod }) => pod);
}

/** What decides about a pod. */
interface Rank {
  readonly pod: Pod;
  readonly isAssigned: boolean;
  readonly phase: number;
  readonly isReady: boolean;
  readonly cost: number;
  readonly neighbours: number;
  readonly ready: Moment | undefined;
  readonly restarts: number;
  readonly sidecarRestarts: number;
  readonly created: Moment | undefined;
  /** Its settled place; not a number where nobody has settled it. */
  readonly turn: number;
}

/** A time in milliseconds since 1970, and how long ago it is, by powers of two. */
interface Moment {
  readonly time: number;
  readonly bucket: number;
}

function rankOf(pod: Pod, { version, epochNow, neighbours, chance }: DeletionRanking): Rank {
  const { namespace = '', name = '', uid = '' } = pod.metadata;
  const momentOf = (time: number | undefined): Moment | undefined =>
    time === undefined ? undefined : { time, bucket: bucketOf(epochNow - time) };
  return {
    pod,
    isAssigned: Boolean(pod.spec.nodeName),
    phase: PHASES[pod.status?.phase ?? ''] ?? 0,
    isReady: isReady(pod),
    cost: inVersion(WEIGHS_COST, version) ? costOf(pod) : 0,
    neighbours: neighbours(pod),
    ready: momentOf(readySince(pod)),
    restarts: restartsOf(pod, 'regular'),
    sidecarRestarts: restartsOf(pod, 'sidecar'),
    created: momentOf(createdAt(pod)),
    turn: Number(settledOutcome(chance, 'deletion turn', namespace, name, uid) ?? Number.NaN),
  };
}

function compareRanks(a: Rank, b: Rank, { version }: DeletionRanking): number {
  return (
    Number(a.isAssigned) - Number(b.isAssigned) ||
    a.phase - b.phase ||
    Number(a.isReady) - Number(b.isReady) ||
    a.cost - b.cost ||
    b.neighbours - a.neighbours ||
    (areTogether(a, b) && a.turn - b.turn) ||
    compareMoments(a, b, { of: 'ready', version }) ||
    b.restarts - a.restarts ||
    b.sidecarRestarts - a.sidecarRestarts ||
    compareMoments(a, b, { of: 'created', version })
  );
}

/** Times are whole seconds: of what came together nobody decides which is in the younger bucket. */
function areTogether(a: Rank, b: Rank): boolean {
  const apart = (one: Moment | undefined, other: Moment | undefined): number =>
    one && other ? Math.abs(one.time - other.time) : 0;
  return apart(a.ready, b.ready) <= TOGETHER_MS && apart(a.created, b.created) <= TOGETHER_MS;
}

const TOGETHER_MS = 2 * SECOND;

interface MomentRule {
  readonly of: 'ready' | 'created';
  readonly version: KubeVersion;
}

/**
 * The younger goes first. Ages are compared by their powers of two, and within one of them the uid decides,
 * as good as by chance: otherwise all that was started last would go at once, wherever it is.
 */
function compareMoments(a: Rank, b: Rank, { of, version }: MomentRule): number {
  const [first, second] = [a[of], b[of]];
  if (first === undefined || second === undefined || first.time === second.time) return 0;
  if (!inVersion(IN_BUCKETS, version)) return second.time - first.time;
  return first.bucket - second.bucket || compareText(a.pod.metadata.uid ?? '', b.pod.metadata.uid ?? '');
}

/** The whole part of the binary logarithm of an age, in nanoseconds. */
function bucketOf(ageMs: number): number {
  let bucket = -1;
  for (let rest = ageMs * 1_000_000; rest >= 1; rest /= 2) bucket++;
  return bucket;
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
