import { type Millis, SECOND } from '../../../kernel/time/millis.ts';
import type { Component, View } from '../../contract/component.ts';
import type { Doing } from '../../contract/doing.ts';
import type { Namespace, Pod } from '../../objects/kubernetes.ts';
import { isTerminal } from '../../objects/pod-phase.ts';
import { concernedByPuttingOff, putOff, putOffTo, wakeFromPuttingOff } from '../shared/put-off.ts';
import { deleteContents, type Remaining } from './delete-contents.ts';
import { conditionsOf } from './deletion-conditions.ts';

const ACTOR = 'namespace-controller';

/**
 * So long it waits after every change of a namespace that is going, for watches to catch up
 * (namespace/namespace_controller.go namespaceDeletionGracePeriod).
 */
const GRACE_MS = 5 * SECOND;

/**
 * Empties a namespace that is going, and lets it go when nothing is left (namespace/deletion/
 * namespaced_resources_deleter.go). It asks the server what is there, and again when what is left may have
 * gone.
 */
export const namespaceController: Component = {
  name: ACTOR,
  watches: ['namespaces'],
  *deliveriesOf({ object, type }) {
    const isNews = type !== 'DELETED' && isGoing(object as Namespace);
    yield { actor: ACTOR, ...(isNews && { key: object.metadata.name ?? '' }) };
  },
  ...concernedByPuttingOff(ACTOR),
  *addresses({ objects }) {
    for (const namespace of objects.list<Namespace>('namespaces')) {
      if (isGoing(namespace)) yield { actor: ACTOR, key: namespace.metadata.name ?? '' };
    }
  },
  wake(view, { key }, from) {
    const isDue = isGoing(view.objects.get<Namespace>('namespaces', undefined, key));
    return isDue ? wakeFromPuttingOff(view, { actor: ACTOR, key }, from) : undefined;
  },
  *reconcile(view, { key }, now) {
    if (!isGoing(view.objects.get<Namespace>('namespaces', undefined, key))) return;
    const isDue = putOffTo(view, { actor: ACTOR, key }, now) === now;
    const until = now + (isDue ? yield* empty(view, key, now) : GRACE_MS);
    if (until > now) yield* putOff(view, { actor: ACTOR, key, now: now + 1, until });
  },
};

function isGoing(namespace: Namespace | undefined): namespace is Namespace {
  return namespace?.metadata.deletionTimestamp !== undefined;
}

/** Returns in what time what is left may have gone; 0 when nothing is. */
function* empty(view: View, name: string, now: Millis): Doing<Millis> {
  const remaining = yield* deleteContents(view, name);
  const got = yield { verb: 'get', resource: 'namespaces', name };
  if (!got.ok) return 0;
  const namespace = got.object as Namespace;
  const conditions = conditionsOf(namespace.status?.conditions ?? [], remaining, view.settings.epochMs + now);
  if (conditions !== namespace.status?.conditions) {
    const object: Namespace = { ...namespace, status: { ...namespace.status, conditions } };
    yield { verb: 'update', resource: 'namespaces', subresource: 'status', name, object };
  }
  if (remaining.length > 0) return (Math.floor(estimateOf(remaining) / 2) + 1) * SECOND;
  const finalizers = (namespace.spec?.finalizers ?? []).filter((finalizer) => finalizer !== 'kubernetes');
  const { resourceVersion: _, ...metadata } = namespace.metadata;
  const object: Namespace = { ...namespace, metadata, spec: { ...namespace.spec, finalizers } };
  yield { verb: 'update', resource: 'namespaces', subresource: 'finalize', name, object };
  return 0;
}

/** Seconds that finalizers are given (namespaced_resources_deleter.go finalizerEstimateSeconds). */
const FINALIZER_SECONDS = 15;

/** The longest that anything left should take, in seconds. */
function estimateOf(remaining: readonly Remaining[]): number {
  const seconds = remaining.flatMap(({ objects }) =>
    objects.map((object) => {
      const held = object.metadata.finalizers?.length ? FINALIZER_SECONDS : 0;
      const isRunning = object.kind === 'Pod' && !isTerminal(object as Pod);
      const grace = isRunning ? ((object as Pod).spec.terminationGracePeriodSeconds ?? 0) : 0;
      return Math.max(held, grace);
    }),
  );
  return Math.max(0, ...seconds);
}
