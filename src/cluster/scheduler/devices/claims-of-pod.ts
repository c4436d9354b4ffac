import type { ObjectReader } from '../../contract/reader.ts';
import {
  asksForDevices,
  DEVICE_CLAIMS,
  DEVICE_CLASSES,
  deviceClaimName,
  hasRoomForOneMore,
  isKeptFor,
} from '../../objects/devices/device-claims.ts';
import type { DynamicResourceClaim, Pod } from '../../objects/kubernetes.ts';
import { controllerOf } from '../../objects/owner-references.ts';
import type { KubeVersion } from '../../objects/versions.ts';

/** A pod and what is asked about its claims. */
export interface Asking {
  readonly pod: Pod;
  readonly objects: ObjectReader;
  readonly version: KubeVersion;
}

/**
 * The claims of a pod to devices, or why they can't be had yet (plugins/dynamicresources: podResourceClaims).
 */
export function deviceClaimsOf({ pod, objects, version }: Asking): readonly DynamicResourceClaim[] | string {
  if (!asksForDevices(pod, version)) return [];
  const claims: DynamicResourceClaim[] = [];
  for (const asked of pod.spec.resourceClaims ?? []) {
    const name = deviceClaimName(pod, asked);
    const { namespace = '', name: podName } = pod.metadata;
    if (name === undefined) return `pod "${namespace}/${podName}": ResourceClaim not created yet`;
    const claim = objects.get<DynamicResourceClaim>(DEVICE_CLAIMS, namespace, name);
    if (claim === undefined) return `resourceclaim.resource.k8s.io "${name}" not found`;
    if (claim.metadata.deletionTimestamp !== undefined) return `resourceclaim "${name}" is being deleted`;
    const isOwn = asked.resourceClaimName !== undefined || controllerOf(claim)?.uid === pod.metadata.uid;
    if (!isOwn)
      return `ResourceClaim ${namespace}/${name} was not created for pod ${namespace}/${podName} (pod is not owner)`;
    claims.push(claim);
  }
  return claims;
}

/** A pod whose claims are not there is not tried, and told nothing (plugins/dynamicresources: PreEnqueue). */
export function waitsForDeviceClaims(asking: Asking): boolean {
  return typeof deviceClaimsOf(asking) === 'string';
}

/** Why a pod can be nowhere because of its claims (plugins/dynamicresources: PreFilter). */
export function deviceClaimProblem(asking: Asking): string | undefined {
  const claims = deviceClaimsOf(asking);
  if (typeof claims === 'string') return claims;
  for (const claim of claims) {
    if (claim.status?.allocation) {
      if (!hasRoomForOneMore(claim) && !isKeptFor(claim, asking.pod)) return 'resourceclaim in use';
      continue;
    }
    for (const { name, exactly, firstAvailable = [] } of claim.spec.devices?.requests ?? []) {
      const asked = exactly
        ? [{ path: name, className: exactly.deviceClassName }]
        : firstAvailable.map((one) => ({ path: `${name}/${one.name}`, className: one.deviceClassName }));
      for (const { path, className } of asked)
        if (!asking.objects.get(DEVICE_CLASSES, undefined, className))
          return `request ${path}: device class ${className} does not exist`;
    }
  }
  return undefined;
}
