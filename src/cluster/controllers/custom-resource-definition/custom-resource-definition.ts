import type { Millis } from '../../../kernel/time/millis.ts';
import type { Component, View } from '../../contract/component.ts';
import type { Doing } from '../../contract/doing.ts';
import { findCondition, isConditionTrue, withCondition } from '../../objects/conditions.ts';
import { CLEANUP, DEFINITIONS } from '../../objects/custom/custom-resources.ts';
import type { KubeObject } from '../../objects/kube-object.ts';
import type { CustomResourceDefinition, CustomResourceDefinitionStatus } from '../../objects/kubernetes.ts';
import { concernedByPuttingOff, putOff, putOffTo, wakeFromPuttingOff } from '../shared/put-off.ts';
import { acceptNames, isNamed } from './accept-names.ts';
import { finalizeDefinition } from './finalize-definition.ts';
import { rfc3339At } from './say.ts';

const ACTOR = 'crd-controller';

/**
 * What the API server itself does about definitions, one step a look: gives them their names, serves what
 * they define, and at their end deletes all of it (apiextensions-apiserver: pkg/controller).
 */
export const customResourceDefinitionController: Component = {
  name: ACTOR,
  watches: [DEFINITIONS],
  *deliveriesOf({ object, type }, _rows, objects) {
    yield { actor: ACTOR, key: object.metadata.name ?? '' };
    // One that goes, or takes another name, may make room for those that wait for its own.
    const { group } = (object as CustomResourceDefinition).spec;
    for (const other of objects.list<CustomResourceDefinition>(DEFINITIONS)) {
      const isWaiting = findCondition(other.status?.conditions, 'NamesAccepted')?.status === 'False';
      if (isWaiting && other.spec.group === group && type !== 'ADDED')
        yield { actor: ACTOR, key: other.metadata.name ?? '' };
    }
  },
  ...concernedByPuttingOff(ACTOR),
  *addresses({ objects }) {
    for (const definition of objects.list<CustomResourceDefinition>(DEFINITIONS)) {
      if (isGoing(definition)) yield { actor: ACTOR, key: definition.metadata.name ?? '' };
    }
  },
  wake(view, { key }, from) {
    const definition = view.objects.get<CustomResourceDefinition>(DEFINITIONS, undefined, key);
    return isGoing(definition) ? wakeFromPuttingOff(view, { actor: ACTOR, key }, from) : undefined;
  },
  *reconcile(view, { key }, now) {
    const definition = view.objects.get<CustomResourceDefinition>(DEFINITIONS, undefined, key);
    if (definition === undefined) return;
    if (isGoing(definition)) {
      const isWaiting = putOffTo(view, { actor: ACTOR, key }, now + 1) !== undefined;
      const delay = isWaiting ? 0 : yield* finalizeDefinition(view, definition, now);
      if (delay > 0) yield* putOff(view, { actor: ACTOR, key, now: now + 1, until: now + delay });
      return;
    }
    yield* nameOrEstablish(view, definition, now);
  },
};

function isGoing(definition: CustomResourceDefinition | undefined): definition is CustomResourceDefinition {
  const { deletionTimestamp, finalizers } = definition?.metadata ?? {};
  return deletionTimestamp !== undefined && (finalizers?.includes(CLEANUP) ?? false);
}

function* nameOrEstablish(view: View, definition: CustomResourceDefinition, now: Millis): Doing<void> {
  const { status } = definition;
  const naming = acceptNames(view.objects, definition);
  const lastTransitionTime = rfc3339At(view, now);
  if (!isNamed(definition, naming)) {
    const named = { type: 'NamesAccepted', lastTransitionTime, ...naming.condition };
    const conditions = withCondition(status?.conditions, named);
    const isAccepted = naming.condition.status === 'True';
    const acceptedNames = naming.names;
    yield* say(definition, {
      ...status,
      acceptedNames,
      conditions: isConditionTrue(conditions, 'Established')
        ? conditions
        : withCondition(conditions, { ...(isAccepted ? INSTALLING : NOT_ACCEPTED), lastTransitionTime }),
    });
    return;
  }
  const { conditions } = status ?? {};
  if (!isConditionTrue(conditions, 'NamesAccepted') || isConditionTrue(conditions, 'Established')) return;
  const established = withCondition(conditions, { ...ESTABLISHED, lastTransitionTime });
  yield* say(definition, { ...status, conditions: established });
}

const ACCEPTED = 'the initial names have been accepted';
const NOT_ACCEPTED = {
  type: 'Established',
  status: 'False',
  reason: 'NotAccepted',
  message: 'not all names are accepted',
};
const INSTALLING = { type: 'Established', status: 'False', reason: 'Installing', message: ACCEPTED };
const ESTABLISHED = {
  type: 'Established',
  status: 'True',
  reason: 'InitialNamesAccepted',
  message: ACCEPTED,
};

function* say(definition: CustomResourceDefinition, status: CustomResourceDefinitionStatus): Doing<void> {
  const { name = '' } = definition.metadata;
  const object = { ...definition, status } as KubeObject;
  yield { verb: 'update', resource: DEFINITIONS, subresource: 'status', name, object };
}
