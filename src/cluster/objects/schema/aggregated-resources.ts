import type { Resource } from './resources.ts';

/** What is served by other servers behind the API server, where somebody runs them: `metrics.k8s.io`. */
export const METRICS_RESOURCES: readonly Resource[] = [
  metricsResource('nodes', 'NodeMetrics', false),
  metricsResource('pods', 'PodMetrics', true),
];

function metricsResource(plural: string, kind: string, isNamespaced: boolean): Resource {
  return {
    apiVersion: 'metrics.k8s.io/v1beta1',
    group: 'metrics.k8s.io',
    version: 'v1beta1',
    plural,
    singular: '',
    kind,
    isNamespaced,
    verbs: ['get', 'list'],
    shortNames: [],
    categories: [],
    subresources: [],
    name: `${plural}.metrics.k8s.io`,
  };
}
