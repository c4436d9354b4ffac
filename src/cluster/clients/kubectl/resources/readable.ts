import type { ObjectReader } from '../../../contract/reader.ts';
import type { Invocation, Steps } from '../invocation.ts';

/** Resources that descriptions speak of besides their object. */
const NEIGHBOURS: readonly string[] = [
  'endpoints',
  'endpointslices.discovery.k8s.io',
  'events',
  'limitranges',
  'pods',
  'replicasets.apps',
  'resourcequotas',
  'secrets',
  'services',
];

/** The store as far as whoever asks may read it: of what is forbidden a description just does not speak. */
export function* readable({ asking, view, namespace }: Invocation): Steps<ObjectReader> {
  const { objects } = view;
  if (asking === undefined) return objects;
  const hidden = new Set<string>();
  for (const resource of NEIGHBOURS) {
    const response = yield { verb: 'list', resource, namespace };
    if (!response.ok) hidden.add(resource);
  }
  return {
    ...objects,
    list: (resource, within) => (hidden.has(resource) ? [] : objects.list(resource, within)),
    listBy: (index, value) => (hidden.has('pods') ? [] : objects.listBy(index, value)),
  };
}
