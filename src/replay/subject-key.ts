import type { Event } from '../cluster/contract/event.ts';
import { nameAsked, type Request } from '../cluster/contract/request.ts';
import type { CoreEvent, ObjectReference } from '../cluster/objects/kubernetes.ts';
import { resourceForKind } from '../cluster/objects/schema/resources.ts';
import { storageKey } from '../cluster/objects/storage-key.ts';

/** What an event is about, and the Kubernetes Event that it wrote, if it wrote one: see `subjectOf`. */
export function subjectKey(event: Event, k8sEvent?: CoreEvent): string | undefined {
  if (event.type === 'RequestRefused') return refusedKey(event);
  if (event.type === 'RequestArrived') return askedKey(event.request);
  if ('resource' in event) return (k8sEvent && referredKey(k8sEvent.involvedObject)) ?? event.key;
  if ('pod' in event) return podKey(event.pod);
  return 'node' in event ? storageKey({ resource: 'nodes', name: event.node }) : undefined;
}

/** The etcd key of the object that an Event or an owner reference speaks of. */
export function referredKey({
  apiVersion = 'v1',
  kind = '',
  name,
  namespace,
}: ObjectReference): string | undefined {
  const resource = resourceForKind(apiVersion, kind);
  if (resource === undefined || name === undefined) return undefined;
  const ref = { resource: resource.name, name };
  return storageKey(
    resource.isNamespaced && namespace !== undefined && namespace !== '' ? { ...ref, namespace } : ref,
  );
}

/** By the machines' name for a pod, `namespace/name/uid`. */
function podKey(pod: string): string | undefined {
  const [namespace, name] = pod.split('/');
  return namespace === undefined || name === undefined
    ? undefined
    : storageKey({ resource: 'pods', namespace, name });
}

function refusedKey({
  resource,
  namespace,
  name,
}: Extract<Event, { type: 'RequestRefused' }>): string | undefined {
  const [whole = resource] = resource.split('/');
  if (name === undefined) return undefined;
  return storageKey(
    namespace === undefined ? { resource: whole, name } : { resource: whole, namespace, name },
  );
}

/** The object that somebody outside wants to change. */
function askedKey(request: Request): string | undefined {
  const { resource, namespace } = request;
  const name = nameAsked(request);
  if (name === undefined) return undefined;
  return storageKey(namespace === undefined ? { resource, name } : { resource, namespace, name });
}
