import type { Event } from '../cluster/contract/event.ts';
import type { CoreEvent, ObjectReference } from '../cluster/objects/kubernetes.ts';
import { resourceForKind } from '../cluster/objects/schema/resources.ts';
import { storageKey } from '../cluster/objects/storage-key.ts';
import type { Timeline } from './timeline.ts';

/**
 * The etcd key of the object that an entry is about: the one that it changed, the one that a Kubernetes Event
 * speaks of, the pod or the node on whose machine it happened. Undefined for what is about no object.
 */
export function subjectOf(timeline: Timeline, seq: number): string | undefined {
  const event = timeline.entries[seq - 1]?.event;
  if (event === undefined) return undefined;
  if (event.type === 'RequestRefused') return refusedKey(event);
  if ('resource' in event) return event.resource === 'events' ? involvedKey(timeline, seq, event) : event.key;
  if ('pod' in event) return podKey(event.pod);
  return 'node' in event ? storageKey({ resource: 'nodes', name: event.node }) : undefined;
}

type ObjectEvent = Extract<Event, { readonly key: string }>;

/** What an Event is about; an Event that is removed is still read in the world before. */
function involvedKey(timeline: Timeline, seq: number, { key }: ObjectEvent): string {
  const { objects } = timeline.worldAt(seq).store.tables;
  const k8sEvent = (objects.read(key, seq) ?? objects.read(key, seq - 1)) as CoreEvent | undefined;
  return (k8sEvent && referredKey(k8sEvent.involvedObject)) ?? key;
}

function referredKey({ apiVersion = 'v1', kind = '', name, namespace }: ObjectReference): string | undefined {
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
