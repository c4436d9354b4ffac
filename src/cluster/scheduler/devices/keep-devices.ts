import type { View } from '../../contract/component.ts';
import type { Doing } from '../../contract/doing.ts';
import {
  asksForDevices,
  DEVICE_CLAIMS,
  DEVICES_HELD,
  isKeptFor,
} from '../../objects/devices/device-claims.ts';
import type { KubeObject } from '../../objects/kube-object.ts';
import type {
  AllocationResult,
  DynamicResourceClaim,
  Node,
  Pod,
  ResourceClaimConsumerReference,
} from '../../objects/kubernetes.ts';
import { allocate } from './allocate.ts';
import { deviceClaimsOf } from './claims-of-pod.ts';
import { currentSlices, devicesOn, devicesTaken } from './offered-devices.ts';

/**
 * Before a pod is bound its claims say which devices they have, and for whom (plugins/dynamicresources:
 * PreBind, bindClaim). False if that could not be written.
 */
export function* keepDevices(view: View, pod: Pod, nodeName: string): Doing<boolean> {
  const { objects, settings } = view;
  if (!asksForDevices(pod, settings.version)) return true;
  const claims = deviceClaimsOf({ pod, objects, version: settings.version });
  const node = objects.get<Node>('nodes', undefined, nodeName);
  if (typeof claims === 'string' || !node) return false;
  const open = claims.filter(({ status }) => !status?.allocation);
  const devices = devicesOn(currentSlices(objects), node);
  const found = open.length > 0 ? allocate(open, { objects, devices, taken: devicesTaken(objects) }) : [];
  if (found === undefined || typeof found === 'string') return false;
  for (const claim of claims) {
    const kept = yield* keep(claim, pod, found[open.indexOf(claim)]);
    if (!kept) return false;
  }
  return true;
}

function* keep(
  claim: DynamicResourceClaim,
  pod: Pod,
  allocation: AllocationResult | undefined,
): Doing<boolean> {
  if (!allocation && isKeptFor(claim, pod)) return true;
  const { namespace = '', name = '', finalizers = [] } = claim.metadata;
  const target = { resource: DEVICE_CLAIMS, namespace, name } as const;
  let current = claim;
  if (allocation && !finalizers.includes(DEVICES_HELD)) {
    const metadata = { ...claim.metadata, finalizers: [...finalizers, DEVICES_HELD] };
    const written = yield { verb: 'update', ...target, object: { ...claim, metadata } };
    if (!written.ok) return false;
    current = written.object as DynamicResourceClaim;
  }
  const consumer: ResourceClaimConsumerReference = {
    name: pod.metadata.name ?? '',
    resource: 'pods',
    uid: pod.metadata.uid ?? '',
  };
  const reservedFor = [...(current.status?.reservedFor ?? []), consumer];
  const status = { ...current.status, ...(allocation && { allocation }), reservedFor };
  const answer = yield {
    verb: 'update',
    subresource: 'status',
    ...target,
    object: { ...current, status } as KubeObject,
  };
  return answer.ok;
}
