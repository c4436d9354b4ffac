import { HOUR, MINUTE, type Millis } from '../../kernel/time/millis.ts';
import { parseRfc3339 } from '../../kernel/time/rfc3339.ts';
import type { Address, Component, Reaction, View } from '../contract/component.ts';
import type { KubeObject } from '../objects/kube-object.ts';
import type { CoreEvent } from '../objects/kubernetes.ts';
import { storageKey } from '../objects/storage-key.ts';

const ACTOR = 'etcd';
const RESOURCE = 'events';

/** kube-apiserver: --event-ttl. */
const TTL_MS = HOUR;

/** Events written within a minute share a lease, which lives as much longer (etcd3/lease_manager.go). */
const SHARED_MS = MINUTE;

/**
 * etcd itself takes Kubernetes Events away when their lease ends, an hour after they were last written. The
 * lease is the minute in which that was: an Event's own times tell, so nothing needs to be remembered.
 */
export const eventExpiry: Component = {
  name: ACTOR,
  watches: [RESOURCE],
  readsStore: true,
  *deliveriesOf({ type, object }) {
    if (type !== 'DELETED') yield addressOf(object);
  },
  *addresses({ objects }) {
    const leases = new Set(objects.list(RESOURCE).map(leaseOf));
    for (const lease of [...leases].sort((a, b) => a - b)) yield { actor: ACTOR, key: String(lease) };
  },
  wake({ settings, objects }, { key }, from) {
    const at = endOf(Number(key)) - settings.epochMs;
    if (at >= from) return { at, cause: null };
    // Long over, and still there: etcd did not run when its time came.
    const isLeft = objects.list(RESOURCE).some((event) => leaseOf(event) === Number(key));
    return isLeft ? { at: from, cause: null } : undefined;
  },
  reconcile: (view, { key }, now) => expire(view, Number(key), now),
};

function* expire({ settings, objects, rows }: View, lease: number, now: Millis): Reaction {
  if (now < endOf(lease) - settings.epochMs) return;
  for (const event of objects.list(RESOURCE)) {
    if (leaseOf(event) !== lease) continue;
    const { namespace = '', name = '' } = event.metadata;
    const revision = (rows.row('counters', 'revision')?.value ?? 0) + 1;
    yield {
      type: 'ObjectDeleted',
      resource: RESOURCE,
      key: storageKey({ resource: RESOURCE, namespace, name }),
      revision,
    };
  }
}

function addressOf(event: KubeObject): Address {
  return { actor: ACTOR, key: String(leaseOf(event)) };
}

/** The lease of an Event, by its number: whole minutes since 1970. */
function leaseOf(event: KubeObject): number {
  const { metadata, lastTimestamp, eventTime, series } = event as CoreEvent;
  const times = [metadata.creationTimestamp, lastTimestamp, eventTime, series?.lastObservedTime];
  const written = Math.max(...times.map((time) => (time ? (parseRfc3339(time) ?? 0) : 0)));
  return Math.floor(written / SHARED_MS);
}

/** Milliseconds since 1970. */
function endOf(lease: number): number {
  return lease * SHARED_MS + TTL_MS + SHARED_MS;
}
