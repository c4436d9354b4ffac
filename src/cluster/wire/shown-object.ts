import { autoscalerAsFirst } from '../apiserver/decode/autoscaler-version.ts';
import type { KubeObject } from '../objects/kube-object.ts';
import type { Resource } from '../objects/schema/resources.ts';
import { isShownOtherwise } from './asked-place.ts';
import { eventInGroup } from './event-versions.ts';

/** An object as a version of its API shows it, its fields in the order in which servers write them. */
export function shownObject(object: KubeObject, resource: Resource): KubeObject {
  if (resource.name === 'events.events.k8s.io') return eventInGroup(object);
  if (isShownOtherwise(resource) && object.kind === resource.kind)
    return inOrder(autoscalerAsFirst(object), resource.apiVersion);
  return inOrder(object, resource.kind === object.kind ? resource.apiVersion : object.apiVersion);
}

function inOrder({ kind, apiVersion: _, metadata, ...rest }: KubeObject, apiVersion: string): KubeObject {
  return { kind, apiVersion, metadata, ...rest };
}

/** What stands in a list of one kind: Kubernetes' own do not say again what they are. */
export function listedObject(object: KubeObject, resource: Resource): object {
  const shown = shownObject(object, resource);
  if (resource.custom !== undefined) return shown;
  const { kind: _, apiVersion: __, ...rest } = shown;
  return rest;
}
