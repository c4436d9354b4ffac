import type { ObjectReader } from '../../contract/reader.ts';
import type { Namespace, Node, Pod, PodAffinityTerm } from '../../objects/kubernetes.ts';
import {
  type LabelRequirements,
  type Labels,
  matchesLabels,
  requirementsOf,
} from '../../objects/label-selector.ts';

/** A term of pod affinity or anti-affinity, taken apart (kube-scheduler: framework AffinityTerm). */
export interface AffinityTerm {
  readonly topologyKey: string;
  readonly namespaces: readonly string[];
  /** Undefined selects none, an empty one all. */
  readonly namespaceSelector: LabelRequirements | undefined;
  /** Undefined selects no pod. */
  readonly selector: LabelRequirements | undefined;
}

export interface WeightedTerm extends AffinityTerm {
  readonly weight: number;
}

/** All that a pod says of its like and dislike of other pods. */
export interface PodTerms {
  readonly affinity: readonly AffinityTerm[];
  readonly antiAffinity: readonly AffinityTerm[];
  readonly preferred: readonly WeightedTerm[];
  readonly preferredAnti: readonly WeightedTerm[];
}

const NONE: PodTerms = { affinity: [], antiAffinity: [], preferred: [], preferredAnti: [] };

/** Objects in the store never change, so what is read out of one stays true. */
const known = new WeakMap<Pod, PodTerms>();

export function termsOf(pod: Pod): PodTerms {
  const { podAffinity, podAntiAffinity } = pod.spec.affinity ?? {};
  if (!podAffinity && !podAntiAffinity) return NONE;
  let terms = known.get(pod);
  if (!terms) {
    const { namespace = '' } = pod.metadata;
    const read = (term: PodAffinityTerm): AffinityTerm => affinityTerm(term, namespace);
    const weigh = (terms: { weight: number; podAffinityTerm: PodAffinityTerm }[] = []): WeightedTerm[] =>
      terms.map(({ weight, podAffinityTerm }) => ({ ...read(podAffinityTerm), weight }));
    terms = {
      affinity: (podAffinity?.requiredDuringSchedulingIgnoredDuringExecution ?? []).map(read),
      antiAffinity: (podAntiAffinity?.requiredDuringSchedulingIgnoredDuringExecution ?? []).map(read),
      preferred: weigh(podAffinity?.preferredDuringSchedulingIgnoredDuringExecution),
      preferredAnti: weigh(podAntiAffinity?.preferredDuringSchedulingIgnoredDuringExecution),
    };
    known.set(pod, terms);
  }
  return terms;
}

function affinityTerm(term: PodAffinityTerm, namespace: string): AffinityTerm {
  const { topologyKey, namespaces = [], namespaceSelector, labelSelector } = term;
  return {
    topologyKey,
    // Without any word on namespaces the pod's own is meant.
    namespaces: namespaces.length === 0 && !namespaceSelector ? [namespace] : namespaces,
    namespaceSelector: requirementsOf(namespaceSelector),
    selector: requirementsOf(labelSelector),
  };
}

/** Whether a term means a pod. */
export type TermMatcher = (term: AffinityTerm, pod: Pod) => boolean;

export function termMatcher(objects: ObjectReader): TermMatcher {
  const labelsOf = (namespace: string): Labels =>
    objects.get<Namespace>('namespaces', undefined, namespace)?.metadata.labels ?? {};
  return ({ namespaces, namespaceSelector, selector }, { metadata }) => {
    const { namespace = '', labels } = metadata;
    const isThere =
      namespaces.includes(namespace) ||
      (namespaceSelector !== undefined && matchesLabels(namespaceSelector, labelsOf(namespace)));
    return isThere && selector !== undefined && matchesLabels(selector, labels);
  };
}

/** Counts by domain: a key and a value of nodes' labels. */
export interface DomainCounts {
  add(topologyKey: string, node: Node, amount: number): void;
  get(topologyKey: string, node: Node): number;
  /** Sum over all keys that the node has. */
  sum(node: Node): number;
  readonly isEmpty: boolean;
}

export function domainCounts(): DomainCounts {
  const byKey = new Map<string, Map<string, number>>();
  const get = (topologyKey: string, { metadata }: Node): number => {
    const value = metadata.labels?.[topologyKey];
    return value === undefined ? 0 : (byKey.get(topologyKey)?.get(value) ?? 0);
  };
  return {
    add(topologyKey, node, amount) {
      const value = node.metadata.labels?.[topologyKey];
      if (value === undefined) return;
      const counts = byKey.get(topologyKey) ?? new Map<string, number>();
      byKey.set(topologyKey, counts);
      counts.set(value, (counts.get(value) ?? 0) + amount);
    },
    get,
    sum: (node) => [...byKey.keys()].reduce((sum, key) => sum + get(key, node), 0),
    get isEmpty() {
      return byKey.size === 0;
    },
  };
}
