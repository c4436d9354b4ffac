import type { ObjectReader } from '../../contract/reader.ts';
import type { Namespace, Node, Pod, PodAffinityTerm } from '../../objects/kubernetes.ts';
import {
  type LabelRequirements,
  type Labels,
  matchesLabels,
  requirementsOf,
} from '../../objects/label-selector.ts';
import type { NodeInfo } from '../nodes/node-info.ts';
import { type Tally, tallyOf } from '../nodes/tally.ts';

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

/** Where a node stands by a key of its labels, in words; undefined where it has no such label. */
export function domainOf(topologyKey: string, { metadata }: Node): string | undefined {
  const value = metadata.labels?.[topologyKey];
  return value === undefined ? undefined : `${topologyKey}\u0000${value}`;
}

/** The sum over all domains that a node stands in. */
export function sumAt(counts: Tally, { metadata: { labels = {} } }: Node): number {
  let sum = 0;
  for (const key in labels) sum += counts.get(`${key}\u0000${labels[key]}`) ?? 0;
  return sum;
}

/** All that decides which pods are meant by terms, in words. */
export function wordsOfTerms(terms: readonly AffinityTerm[], objects: ObjectReader): string {
  const meant = ({ namespaceSelector }: AffinityTerm): unknown =>
    namespaceSelector &&
    objects
      .list<Namespace>('namespaces')
      .filter(({ metadata }) => matchesLabels(namespaceSelector, metadata.labels))
      .map(({ metadata }) => metadata.name);
  return terms.length === 0 ? '' : JSON.stringify([terms, terms.map(meant)]);
}

/** All that decides whether a pod is meant by the terms of others, in words. */
export function wordsOfMeant({ metadata }: Pod, objects: ObjectReader): string {
  const { namespace = '', labels } = metadata;
  const home = objects.get<Namespace>('namespaces', undefined, namespace);
  return JSON.stringify([namespace, labels, home?.metadata.labels]);
}

function saysOfOthers({ spec: { affinity } }: Pod): boolean {
  return affinity?.podAffinity !== undefined || affinity?.podAntiAffinity !== undefined;
}

/** Whether any pod on any node says something of other pods. */
export function hasAffinities(nodes: readonly NodeInfo[]): boolean {
  const counts = tallyOf(nodes, 'pods that say something of others', {
    ofPod: (pod, _node, add) => (saysOfOthers(pod) ? add('', 1) : undefined),
  });
  return counts.size > 0;
}
