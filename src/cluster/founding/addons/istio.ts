import type { Defined } from './definition.ts';

const ANYTHING = { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } as const;
const AGE = { name: 'Age', type: 'date', jsonPath: '.metadata.creationTimestamp' } as const;

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
      columns: [
        { name: 'Gateways', type: 'string', jsonPath: '.spec.gateways' },
        { name: 'Hosts', type: 'string', jsonPath: '.spec.hosts' },
        AGE,
      ],
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
      columns: [{ name: 'Host', type: 'string', jsonPath: '.spec.host' }, AGE],
    })),
  },
];
