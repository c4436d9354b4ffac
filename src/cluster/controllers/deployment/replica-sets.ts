import { derivedOfPair } from '../../objects/derived.ts';
import { compareText, isEqualJson } from '../../objects/json.ts';
import type { Deployment, PodTemplateSpec, ReplicaSet } from '../../objects/kubernetes.ts';

export const HASH_LABEL = 'pod-template-hash';

/** The ReplicaSets of a Deployment: the one of its template, if there is one yet, and all others. */
export interface ReplicaSets {
  readonly current?: ReplicaSet | undefined;
  readonly old: readonly ReplicaSet[];
}

/** Of several that have the Deployment's template, the oldest is the current one (FindNewReplicaSet). */
export function sortOut(deployment: Deployment, owned: readonly ReplicaSet[]): ReplicaSets {
  const sorted = oldestFirst(owned);
  const current = sorted.find(({ spec }) => isSameTemplate(spec.template, deployment.spec.template));
  return { current, old: sorted.filter((each) => each !== current) };
}

export function allOf({ current, old }: ReplicaSets): readonly ReplicaSet[] {
  return current ? [...old, current] : old;
}

/** Whether two templates are the same but for the hash that a Deployment puts on them. */
export function isSameTemplate(a: PodTemplateSpec | undefined, b: PodTemplateSpec | undefined): boolean {
  return areAlike(a ?? NO_TEMPLATE, b ?? NO_TEMPLATE);
}

const NO_TEMPLATE: PodTemplateSpec = {};

const areAlike = derivedOfPair((a: PodTemplateSpec, b: PodTemplateSpec): boolean =>
  isEqualJson(withoutHash(a), withoutHash(b)),
);

export function withoutHash(template: PodTemplateSpec | undefined): PodTemplateSpec {
  const { labels, ...metadata } = template?.metadata ?? {};
  const { [HASH_LABEL]: _, ...others } = labels ?? {};
  const kept = Object.keys(others).length > 0 ? { labels: others } : {};
  return { ...template, metadata: { ...metadata, ...kept } };
}

export function sizeOf({ spec }: ReplicaSet): number {
  return spec.replicas ?? 0;
}

export function availableOf({ status }: ReplicaSet): number {
  return status?.availableReplicas ?? 0;
}

export function sumOf(sets: readonly ReplicaSet[], count: (set: ReplicaSet) => number): number {
  return sets.reduce((sum, set) => sum + count(set), 0);
}

/** Those that have pods, or ought to (controller_utils.go FilterActiveReplicaSets). */
export function activeOf(sets: readonly ReplicaSet[]): readonly ReplicaSet[] {
  return sets.filter((set) => sizeOf(set) > 0);
}

function oldestFirst(sets: readonly ReplicaSet[]): readonly ReplicaSet[] {
  return [...sets].sort(compareByCreation);
}

/** By the time of creation, which is told in whole seconds, and then by name. */
export function compareByCreation(a: ReplicaSet, b: ReplicaSet): number {
  const [first, second] = [a.metadata.creationTimestamp ?? '', b.metadata.creationTimestamp ?? ''];
  return compareText(first, second) || compareText(a.metadata.name ?? '', b.metadata.name ?? '');
}
