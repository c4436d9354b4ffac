import type { KubeObject } from '../kube-object.ts';
import type {
  Pod,
  PodAffinityTerm,
  ResourceQuota,
  ScopedResourceSelectorRequirement,
} from '../kubernetes.ts';
import { qosClassOf } from '../qos-class.ts';

/** Whether a quota is about an object at all: every scope has to fit (quota/v1/generic: Matches). */
export function isInScope({ spec }: ResourceQuota, resource: string, object: KubeObject): boolean {
  const plain = (spec?.scopes ?? []).map((scopeName) => ({ scopeName, operator: 'Exists' }));
  const scopes = [...plain, ...(spec?.scopeSelector?.matchExpressions ?? [])];
  return scopes.every((scope) => resource === 'pods' && fits(scope, object as Pod));
}

function fits({ scopeName, operator, values = [] }: ScopedResourceSelectorRequirement, pod: Pod): boolean {
  switch (scopeName) {
    case 'Terminating':
      return isTerminating(pod);
    case 'NotTerminating':
      return !isTerminating(pod);
    case 'BestEffort':
      return qosClassOf(pod) === 'BestEffort';
    case 'NotBestEffort':
      return qosClassOf(pod) !== 'BestEffort';
    case 'PriorityClass':
      return fitsClass(operator, values, pod.spec.priorityClassName ?? '');
    case 'CrossNamespacePodAffinity':
      return affinityTerms(pod).some(
        ({ namespaces, namespaceSelector }) => namespaces?.length || namespaceSelector,
      );
    default:
      return false;
  }
}

export function isTerminating({ spec }: Pod): boolean {
  return (spec.activeDeadlineSeconds ?? -1) >= 0;
}

function fitsClass(operator: string, values: readonly string[], name: string): boolean {
  if (operator === 'Exists') return name !== '';
  if (operator === 'DoesNotExist') return name === '';
  return operator === 'In' ? values.includes(name) : !values.includes(name);
}

function affinityTerms({ spec: { affinity } }: Pod): readonly PodAffinityTerm[] {
  return [affinity?.podAffinity, affinity?.podAntiAffinity].flatMap((each) => [
    ...(each?.requiredDuringSchedulingIgnoredDuringExecution ?? []),
    ...(each?.preferredDuringSchedulingIgnoredDuringExecution ?? []).map(
      ({ podAffinityTerm }) => podAffinityTerm,
    ),
  ]);
}
