import type { Refused } from '../../contract/response.ts';
import type { Namespace } from '../../objects/kubernetes.ts';
import { storageKey } from '../../objects/storage-key.ts';
import type { Call } from '../call.ts';
import { forbidden, notFound, type Subject } from '../refusal.ts';
import type { AdmissionPlugin } from './admission-plugin.ts';

const NAMESPACES: Subject = { group: '', plural: 'namespaces', kind: 'Namespace', name: 'namespaces' };
const IMMORTAL: readonly string[] = ['default', 'kube-system', 'kube-public'];

/** Nothing new in a namespace that is not there, or is going away. */
export const namespaceLifecycle: AdmissionPlugin = {
  name: 'NamespaceLifecycle',
  onCreate({ metadata }, call) {
    const { namespace, store } = call;
    if (namespace === undefined) return undefined;
    const found = store.read<Namespace>(storageKey({ resource: 'namespaces', name: namespace }));
    if (found === undefined) return notFound(NAMESPACES, namespace);
    if (found.status?.phase !== 'Terminating') return undefined;
    const why = `unable to create new content in namespace ${namespace} because it is being terminated`;
    const message = `namespace ${namespace} is being terminated`;
    const cause = { reason: 'NamespaceTerminating', message, field: 'metadata.namespace' };
    return forbidden(call.resource, metadata.name || metadata.generateName || 'Unknown', why, [cause]);
  },
};

/** Namespaces without which there is no cluster. */
export function refuseDeletion(call: Call, name: string): Refused | undefined {
  if (call.resource.name !== 'namespaces' || !IMMORTAL.includes(name)) return undefined;
  return forbidden(call.resource, name, 'this namespace may not be deleted');
}
