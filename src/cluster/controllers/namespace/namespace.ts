import { type Millis, SECOND } from '../../../kernel/time/millis.ts';
import { parseRfc3339 } from '../../../kernel/time/rfc3339.ts';
import type { Component, Reaction, View } from '../../contract/component.ts';
import type { Namespace } from '../../objects/kubernetes.ts';
import { storageKey } from '../../objects/storage-key.ts';
import { deleteContents } from './delete-contents.ts';
import { conditionsOf } from './deletion-conditions.ts';

const ACTOR = 'namespace-controller';

/**
 * So long it waits, for watches to catch up (namespace/namespace_controller.go namespaceDeletionGracePeriod).
 */
const GRACE_MS = 5 * SECOND;

/**
 * Empties a namespace that is going, and lets it go when nothing is left (namespace/deletion/
 * namespaced_resources_deleter.go). It asks the server what is there and watches only for what disappears.
 */
export const namespaceController: Component = {
  name: ACTOR,
  watches: ['*'],
  deliveriesOf({ type, resource, object: { metadata } }, _rows, objects) {
    if (resource === 'namespaces') return [{ actor: ACTOR, key: metadata.name ?? '' }];
    if (type !== 'DELETED' || metadata.namespace === undefined) return [];
    const namespace = objects.get<Namespace>('namespaces', undefined, metadata.namespace);
    return isGoing(namespace) ? [{ actor: ACTOR, key: metadata.namespace }] : [];
  },
  *addresses({ objects }) {
    for (const namespace of objects.list<Namespace>('namespaces')) {
      if (isGoing(namespace)) yield { actor: ACTOR, key: namespace.metadata.name ?? '' };
    }
  },
  wake(view, { key }, from) {
    const begins = beginsAt(view, view.objects.get<Namespace>('namespaces', undefined, key));
    if (begins === undefined || begins < from) return undefined;
    const cause = view.objects.changedAt(storageKey({ resource: 'namespaces', name: key })) ?? null;
    return { at: begins, cause };
  },
  reconcile: (view, { key }, now) => empty(view, key, now),
};

function isGoing(namespace: Namespace | undefined): namespace is Namespace {
  return namespace?.metadata.deletionTimestamp !== undefined;
}

function beginsAt({ settings }: View, namespace: Namespace | undefined): Millis | undefined {
  const deleted = parseRfc3339(namespace?.metadata.deletionTimestamp ?? '');
  return deleted === undefined ? undefined : deleted - settings.epochMs + GRACE_MS;
}

function* empty(view: View, name: string, now: Millis): Reaction {
  const begins = beginsAt(view, view.objects.get<Namespace>('namespaces', undefined, name));
  if (begins === undefined || now < begins) return;
  const remaining = yield* deleteContents(view, name);
  const got = yield { verb: 'get', resource: 'namespaces', name };
  if (!got.ok) return;
  const namespace = got.object as Namespace;
  const conditions = conditionsOf(namespace.status?.conditions ?? [], remaining, view.settings.epochMs + now);
  if (conditions !== namespace.status?.conditions) {
    const object: Namespace = { ...namespace, status: { ...namespace.status, conditions } };
    yield { verb: 'update', resource: 'namespaces', subresource: 'status', name, object };
  }
  if (remaining.length > 0) return;
  const finalizers = (namespace.spec?.finalizers ?? []).filter((finalizer) => finalizer !== 'kubernetes');
  const { resourceVersion: _, ...metadata } = namespace.metadata;
  const object: Namespace = { ...namespace, metadata, spec: { ...namespace.spec, finalizers } };
  yield { verb: 'update', resource: 'namespaces', subresource: 'finalize', name, object };
}
