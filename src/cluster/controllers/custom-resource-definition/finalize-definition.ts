import { MINUTE, type Millis, SECOND } from '../../../kernel/time/millis.ts';
import { parseRfc3339 } from '../../../kernel/time/rfc3339.ts';
import type { View } from '../../contract/component.ts';
import type { Doing } from '../../contract/doing.ts';
import { findCondition, withCondition } from '../../objects/conditions.ts';
import { CLEANUP, DEFINITIONS, isEstablished } from '../../objects/custom/custom-resources.ts';
import type { KubeObject } from '../../objects/kube-object.ts';
import type {
  CustomResourceDefinitionCondition as Condition,
  CustomResourceDefinition,
} from '../../objects/kubernetes.ts';
import { rfc3339At } from './say.ts';

/** How often the server looks whether the objects are gone, and how long it believes that they will be. */
const POLL_MS = 5 * SECOND;
const PATIENCE_MS = MINUTE;

/**
 * Deletes all that a definition defines, and lets the definition go when nothing of it is left
 * (apiextensions: finalizer/crd_finalizer.go). Returns in what time to look again; 0 when it is over.
 */
export function* finalizeDefinition(
  view: View,
  definition: CustomResourceDefinition,
  now: Millis,
): Doing<Millis> {
  let current = definition;
  if (reasonOf(current) === 'InstanceDeletionPending') {
    const inProgress = yield* sayTerminating(view, current, {
      now,
      reason: 'InstanceDeletionInProgress',
      message: 'CustomResource deletion is in progress',
    });
    if (inProgress === undefined) return 0;
    current = inProgress;
    if (isEstablished(current)) yield* deleteAll(current);
  }
  const left = isEstablished(current) ? yield* countLeft(current) : 0;
  if (left > 0) {
    yield* sayLate(view, current, now);
    return POLL_MS;
  }
  const said = isEstablished(current)
    ? { reason: 'InstanceDeletionCompleted', message: 'removed all instances' }
    : { reason: 'NeverEstablished', message: 'resource was never established' };
  const { finalizers = [], ...metadata } = current.metadata;
  const others = finalizers.filter((finalizer) => finalizer !== CLEANUP);
  const released = {
    ...current,
    metadata: { ...metadata, ...(others.length > 0 && { finalizers: others }) },
  };
  yield* sayTerminating(view, released, { now, status: 'False', ...said });
  return 0;
}

function* deleteAll({ spec, metadata: { name: resource = '' } }: CustomResourceDefinition): Doing<void> {
  const found = yield { verb: 'list', resource };
  if (!found.ok) return;
  const namespaces = new Set((found.items ?? []).map(({ metadata }) => metadata.namespace ?? ''));
  for (const namespace of namespaces) {
    yield { verb: 'deletecollection', resource, ...(spec.scope === 'Namespaced' && { namespace }) };
  }
}

function* countLeft({ metadata: { name: resource = '' } }: CustomResourceDefinition): Doing<number> {
  const found = yield { verb: 'list', resource };
  return found.ok ? (found.items?.length ?? 0) : 0;
}

function reasonOf({ status }: CustomResourceDefinition): string | undefined {
  return findCondition(status?.conditions, 'Terminating')?.reason;
}

/** Whoever waits for a finalizer that nobody takes away reads here why nothing happens. */
function* sayLate(view: View, definition: CustomResourceDefinition, now: Millis): Doing<void> {
  const { deletionTimestamp = '' } = definition.metadata;
  const since = (parseRfc3339(deletionTimestamp) ?? 0) - view.settings.epochMs;
  if (now - since < PATIENCE_MS || reasonOf(definition) === 'InstanceDeletionCheck') return;
  yield* sayTerminating(view, definition, {
    now,
    reason: 'InstanceDeletionCheck',
    message: 'could not confirm zero CustomResources remaining: context deadline exceeded',
  });
}

interface Said extends Required<Pick<Condition, 'reason' | 'message'>> {
  readonly status?: string;
  readonly now: Millis;
}

function* sayTerminating(
  view: View,
  definition: CustomResourceDefinition,
  { status = 'True', reason, message, now }: Said,
): Doing<CustomResourceDefinition | undefined> {
  const condition = {
    type: 'Terminating',
    status,
    reason,
    message,
    lastTransitionTime: rfc3339At(view, now),
  };
  const conditions = withCondition(definition.status?.conditions, condition);
  const { name = '' } = definition.metadata;
  const object = { ...definition, status: { ...definition.status, conditions } } as KubeObject;
  const answer = yield { verb: 'update', resource: DEFINITIONS, subresource: 'status', name, object };
  return answer.ok ? (answer.object as CustomResourceDefinition) : undefined;
}
