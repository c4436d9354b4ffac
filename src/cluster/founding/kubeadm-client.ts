import { type Millis, SECOND } from '../../kernel/time/millis.ts';
import type { Component, Reaction, View } from '../contract/component.ts';
import type { Doing } from '../contract/doing.ts';
import { addonObjects } from '../kubeadm/addons.ts';
import type { KubeObject } from '../objects/kube-object.ts';
import { resourceForKind } from '../objects/schema/resources.ts';
import { servedResources } from '../world/served-resources.ts';
import { FOUNDED_AT, nodeObjects } from './first-objects.ts';

const ACTOR = 'kubeadm';
const ADDRESS = { actor: ACTOR, key: 'cluster' };

/** When the other machines join: what every cluster has runs on the first of them by then. */
const JOIN_AT = FOUNDED_AT + 45 * SECOND;
const RETRY_MS = 500;

/**
 * Sets a cluster up as `kubeadm init` does, and `kubeadm join` on the other machines: what it makes once the
 * API server answers.
 */
export const kubeadmClient: Component = {
  name: ACTOR,
  readsStore: true,
  addresses: () => [ADDRESS],
  reconcile,
  wake(view, _address, from) {
    const next = hasAddons(view)
      ? hasJoined(view)
        ? undefined
        : Math.max(JOIN_AT, nextTry(from))
      : nextTry(from);
    return next === undefined ? undefined : { at: Math.max(from, next), cause: null };
  },
};

function nextTry(from: Millis): Millis {
  return Math.ceil(from / RETRY_MS) * RETRY_MS;
}

function hasAddons(view: View): boolean {
  return missing(view).length === 0;
}

/** What is not there yet of what every cluster has; some of it others have made. */
function missing({ objects, settings }: View): readonly KubeObject[] {
  const served = servedResources(objects);
  return addonObjects(settings).filter(
    ({ apiVersion, kind, metadata: { namespace, name = '' } }) =>
      !objects.get(resourceForKind(apiVersion, kind, served)?.name ?? '', namespace, name),
  );
}

function hasJoined({ objects, settings }: View): boolean {
  return objects.list('nodes').length >= settings.nodes.filter(({ spare }) => !spare).length;
}

function* reconcile(view: View, _address: unknown, now: Millis): Reaction {
  const { settings, objects } = view;
  if (!hasAddons(view)) {
    for (const object of missing(view)) if (!(yield* create(object, view))) return;
    return;
  }
  if (now < JOIN_AT) return;
  for (const node of settings.nodes) {
    if (node.spare) continue;
    if (objects.get('nodes', undefined, node.name)) continue;
    for (const [resource, object] of nodeObjects(node, settings)) {
      const { namespace, name = '' } = object.metadata;
      if (!objects.get(resource, namespace, name)) yield* create(object, view);
    }
  }
}

function* create(object: KubeObject, { objects }: View): Doing<boolean> {
  const { apiVersion, kind } = object;
  const resource = resourceForKind(apiVersion, kind, servedResources(objects))?.name ?? '';
  const { namespace } = object.metadata;
  const made = yield { verb: 'create', resource, object, ...(namespace !== undefined && { namespace }) };
  return made.ok;
}
