import type { Doing } from '../../contract/doing.ts';
import type { KubeObject } from '../../objects/kube-object.ts';
import { resourceForKind } from '../../objects/schema/resources.ts';
import { servedResources } from '../../world/served-resources.ts';
import { problemText } from './cluster-config.ts';
import type { Run } from './run-phases.ts';

/** What kubeadm adds to a cluster that is up, by the phase that does, and which objects are of it. */
export const ADDONS = [
  ['addon/coredns', 'CoreDNS', /coredns|kube-dns/],
  ['addon/kube-proxy', 'kube-proxy', /kube-proxy|node-proxier/],
] as const;

/** Makes objects, of which some others may have made; a text says what went wrong. */
export function* createAll({ call }: Run, objects: readonly KubeObject[]): Doing<string | undefined> {
  for (const object of objects) {
    const { apiVersion, kind, metadata } = object;
    const resource = resourceForKind(apiVersion, kind, servedResources(call.view.objects))?.name ?? '';
    const { namespace, name = '' } = metadata;
    if (call.view.objects.get(resource, namespace, name) !== undefined) continue;
    const made = yield { verb: 'create', resource, object, ...(namespace !== undefined && { namespace }) };
    if (!made.ok && made.status.reason !== 'AlreadyExists') return problemText(made.status);
  }
  return undefined;
}
