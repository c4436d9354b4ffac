import type { KubeObject } from './kube-object.ts';
import type { EndpointSlice } from './kubernetes.ts';

export const SLICES = 'endpointslices.discovery.k8s.io';
/** The label of a slice that names its service. */
export const SERVICE_NAME = 'kubernetes.io/service-name';

/** Whoever lists objects: a watch cache, or the store. */
interface Lister {
  list<Kind extends KubeObject>(resource: string, namespace?: string): readonly Kind[];
}

/** The slices of a service, in the order of their keys. */
export function slicesOfService(
  objects: Lister,
  { namespace, name }: { readonly namespace?: string | undefined; readonly name?: string | undefined },
): readonly EndpointSlice[] {
  return objects.list<EndpointSlice>(SLICES, namespace).filter((slice) => isOfService(slice, name));
}

/** Whether a slice is one of the service of that name in its namespace. */
export function isOfService({ metadata: { labels } }: EndpointSlice, service: string | undefined): boolean {
  return labels?.[SERVICE_NAME] === service;
}
