import type { ObjectReader } from '../../../contract/reader.ts';
import type { KubeObject } from '../../../objects/kube-object.ts';

export const GRANTS = 'referencegrants.gateway.networking.k8s.io';

interface ReferenceGrant extends KubeObject {
  readonly spec?: {
    readonly from?: readonly { readonly group: string; readonly kind: string; readonly namespace: string }[];
    readonly to?: readonly { readonly group: string; readonly kind: string; readonly name?: string }[];
  };
}

interface Reference {
  readonly from: { readonly kind: 'HTTPRoute' | 'Gateway'; readonly namespace: string };
  readonly to: { readonly kind: 'Service' | 'Secret'; readonly namespace: string; readonly name: string };
}

/**
 * Whether a reference may leave its namespace: the one that it leads into says so (Gateway API:
 * ReferenceGrant).
 */
export function isGranted(objects: ObjectReader, { from, to }: Reference): boolean {
  if (from.namespace === to.namespace) return true;
  return objects
    .list<ReferenceGrant>(GRANTS, to.namespace)
    .some(
      ({ spec }) =>
        spec?.from?.some(
          ({ group, kind, namespace }) =>
            group === 'gateway.networking.k8s.io' && kind === from.kind && namespace === from.namespace,
        ) &&
        spec.to?.some(
          ({ group, kind, name }) => group === '' && kind === to.kind && (name ?? to.name) === to.name,
        ),
    );
}
