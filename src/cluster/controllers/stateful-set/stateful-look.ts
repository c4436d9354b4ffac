import type { Millis } from '../../../kernel/time/millis.ts';
import type { View } from '../../contract/component.ts';
import type { Pod, StatefulSet } from '../../objects/kubernetes.ts';
import { inVersion, type Since } from '../../objects/versions.ts';
import { isAvailableNow, isReady } from '../shared/pod-state.ts';
import { podOfOrdinal, revisionOf } from './identity.ts';
import { isInRange, ordinalOf, ordinalsOf } from './ordinals.ts';
import { type Revisions, templateOf } from './revisions.ts';

export const ACTOR = 'statefulset-controller';

/** A pod that is to be there: one that is, or one as it is to be made. */
export interface Replica {
  readonly pod: Pod;
  readonly isCreated: boolean;
}

/** What one look at a StatefulSet finds. */
export interface StatefulLook {
  readonly view: View;
  readonly now: Millis;
  readonly set: StatefulSet;
  readonly revisions: Revisions;
  /** All pods of the set. */
  readonly pods: readonly Pod[];
  /** By ordinal, the lowest first. */
  readonly replicas: readonly Replica[];
  /** Pods that the set has no room for, the highest ordinal first. */
  readonly condemned: readonly Pod[];
  /** The first pod that is not available, those to be kept before those that are not. */
  readonly firstUnavailable: Pod | undefined;
  /** One pod after another, and none before those before it are fine. */
  readonly isOrdered: boolean;
}

type Seen = Pick<StatefulLook, 'view' | 'now' | 'set' | 'revisions' | 'pods'>;

export function lookAt(seen: Seen): StatefulLook {
  const { set, pods } = seen;
  const { start, end } = ordinalsOf(set);
  const replicas = Array.from({ length: Math.max(0, end - start) }, (_, index): Replica => {
    const pod = pods.find((each) => ordinalOf(each) === start + index);
    return pod ? { pod, isCreated: true } : { pod: newPod(seen, start + index), isCreated: false };
  });
  const condemned = pods
    .filter((pod) => ordinalOf(pod) >= 0 && !isInRange(pod, set))
    .sort((a, b) => ordinalOf(b) - ordinalOf(a));
  const all = [...replicas.map(({ pod }) => pod), ...[...condemned].reverse()];
  return {
    ...seen,
    replicas,
    condemned,
    firstUnavailable: all.find((pod) => isUnavailable(seen, pod)),
    isOrdered: set.spec.podManagementPolicy !== 'Parallel',
  };
}

/** Below the partition pods are as they were (stateful_set_utils.go newVersionedStatefulSetPod). */
export function newPod({ view, set, revisions }: Seen, ordinal: number): Pod {
  const { type, rollingUpdate } = set.spec.updateStrategy ?? {};
  const { start } = ordinalsOf(set);
  const old = rollingUpdate
    ? (rollingUpdate.partition ?? 0)
    : type === 'RollingUpdate'
      ? (set.status?.currentReplicas ?? 0)
      : 0;
  const kept = ordinal < start + old ? revisions.current : revisions.update;
  const revision = kept.metadata.name ?? '';
  const versioned = { ...set, spec: { ...set.spec, template: templateOf(kept) } };
  return podOfOrdinal(versioned, { ordinal, revision, version: view.settings.version });
}

export function isRunningAndReady(pod: Pod): boolean {
  return pod.status?.phase === 'Running' && isReady(pod);
}

export function isGoing({ metadata }: Pod): boolean {
  return metadata.deletionTimestamp !== undefined;
}

export function isUnavailable(seen: Seen, pod: Pod): boolean {
  return !isAvailableNow(seen, pod) || isGoing(pod);
}

/** How many pods are how; it changes while a look does things, in versions that count what they do. */
export interface Tally {
  replicas: number;
  ready: number;
  available: number;
  current: number;
  updated: number;
}

export function tallyOf(seen: Seen): Tally {
  const { pods, revisions } = seen;
  const staying = pods.filter((pod) => !isGoing(pod));
  const of = (name: string | undefined) => staying.filter((pod) => revisionOf(pod) === name).length;
  return {
    replicas: pods.length,
    ready: pods.filter(isRunningAndReady).length,
    available: pods.filter((pod) => isRunningAndReady(pod) && isAvailableNow(seen, pod)).length,
    current: of(revisions.current.metadata.name),
    updated: of(revisions.update.metadata.name),
  };
}

/** Since 1.27 a status tells of what was there when the look began (stateful_set_control.go updateStatus). */
const COUNTS_DEEDS: Since<boolean> = [
  [0, true],
  [27, false],
];

export function countDeed({ view, revisions }: StatefulLook, tally: Tally, deed: Deed): void {
  if (!inVersion(COUNTS_DEEDS, view.settings.version)) return;
  const { pod, by, isGone = true } = deed;
  if (isGone) tally.replicas += by;
  if (revisionOf(pod) === revisions.current.metadata.name) tally.current += by;
  if (revisionOf(pod) === revisions.update.metadata.name) tally.updated += by;
}

interface Deed {
  readonly pod: Pod;
  readonly by: 1 | -1;
  /** False for a pod that was only asked to go. */
  readonly isGone?: boolean;
}
