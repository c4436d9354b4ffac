import { sortedKeys } from '../../objects/json.ts';
import type { Deployment, ReplicaSet } from '../../objects/kubernetes.ts';
import { LAST_APPLIED } from '../../objects/last-applied.ts';
import { maxSurge, replicasOf } from './rollout-limits.ts';

export const REVISION = 'deployment.kubernetes.io/revision';
const HISTORY = 'deployment.kubernetes.io/revision-history';
export const DESIRED = 'deployment.kubernetes.io/desired-replicas';
export const MAXIMUM = 'deployment.kubernetes.io/max-replicas';
export const ROLLBACK_TO = 'deprecated.deployment.rollback.to';

/** A hundred revisions, about (sync.go maxRevHistoryLengthInChars). */
const HISTORY_MAX = 2000;

/** What a ReplicaSet and its Deployment each have for themselves (deployment_util.go annotationsToSkip). */
export const OWN_ANNOTATIONS: readonly string[] = [
  LAST_APPLIED,
  REVISION,
  HISTORY,
  DESIRED,
  MAXIMUM,
  ROLLBACK_TO,
];

export type Annotations = Readonly<Record<string, string>>;

/** 0 where there is none, or none that is a number. */
export function revisionOf({ metadata }: ReplicaSet | Deployment): number {
  const text = metadata.annotations?.[REVISION] ?? '';
  return /^-?\d+$/.test(text) ? Number(text) : 0;
}

export function highestRevision(sets: readonly ReplicaSet[]): number {
  return Math.max(0, ...sets.map(revisionOf));
}

/**
 * The annotations of the current ReplicaSet: its Deployment's, and a revision that is only ever raised, with
 * the former one noted (deployment_util.go SetNewReplicaSetAnnotations).
 */
export function annotationsFor(deployment: Deployment, before: Annotations, revision: number): Annotations {
  const annotations: Record<string, string> = { ...before };
  const given = deployment.metadata.annotations ?? {};
  for (const key of sortedKeys(given)) {
    if (!OWN_ANNOTATIONS.includes(key)) annotations[key] = given[key] ?? '';
  }
  const former = before[REVISION];
  if (former !== undefined && !/^-?\d+$/.test(former)) return annotations;
  if (Number(former ?? 0) >= revision) return annotations;
  annotations[REVISION] = String(revision);
  if (former !== undefined) annotations[HISTORY] = historyWith(before[HISTORY], former);
  return annotations;
}

/** The annotations by which a later change of `spec.replicas` is noticed. */
export function withSizes(deployment: Deployment, before: Annotations | undefined): Annotations {
  const replicas = replicasOf(deployment);
  return { ...before, [DESIRED]: String(replicas), [MAXIMUM]: String(replicas + maxSurge(deployment)) };
}

/** The number of an annotation; undefined for anything but a whole number from 0. */
export function countIn({ metadata }: ReplicaSet, key: string): number | undefined {
  const text = metadata.annotations?.[key] ?? '';
  return /^\d+$/.test(text) && Number(text) < 2 ** 31 ? Number(text) : undefined;
}

/** The oldest revisions are forgotten when there are too many. */
function historyWith(history: string | undefined, revision: string): string {
  if (!history) return revision;
  const revisions = [...history.split(','), revision];
  while (revisions.length > 1 && revisions.join(',').length > HISTORY_MAX) revisions.shift();
  return revisions.join(',');
}
