import type { Defined } from './definition.ts';
import { AGE, ANYTHING, column } from './schema-words.ts';

/** istio: manifests/charts/base/files/crd-all.gen.yaml, of what a mesh does with requests. */
export const ISTIO: readonly Defined[] = [
  {
    group: 'networking.istio.io',
    kind: 'VirtualService',
    shortNames: ['vs'],
    categories: ['istio-io', 'networking-istio-io'],
    versions: ['v1', 'v1beta1', 'v1alpha3'].map((name) => ({
      name,
      fields: { spec: ANYTHING, status: ANYTHING },
      columns: [column('Gateways', '.spec.gateways'), column('Hosts', '.spec.hosts'), AGE],
    })),
  },
  {
    group: 'networking.istio.io',
    kind: 'DestinationRule',
    shortNames: ['dr'],
    categories: ['istio-io', 'networking-istio-io'],
    versions: ['v1', 'v1beta1', 'v1alpha3'].map((name) => ({
      name,
      fields: { spec: ANYTHING, status: ANYTHING },
      columns: [column('Host', '.spec.host'), AGE],
    })),
  },
];
