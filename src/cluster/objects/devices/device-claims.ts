import type { DynamicResourceClaim, Pod, PodResourceClaim } from '../kubernetes.ts';
import { inVersion, type KubeVersion, type Since } from '../versions.ts';

/** Claims to devices, as the API calls them. */
export const DEVICE_CLAIMS = 'resourceclaims.resource.k8s.io';
export const DEVICE_CLASSES = 'deviceclasses.resource.k8s.io';
export const DEVICE_SLICES = 'resourceslices.resource.k8s.io';
export const DEVICE_TEMPLATES = 'resourceclaimtemplates.resource.k8s.io';

/** Keeps a claim that has devices (resource/v1: ResourceClaim.Finalizer). */
export const DEVICES_HELD = 'resource.kubernetes.io/delete-protection';

/** Which of a pod's claims a claim was made for (resource/v1: PodResourceClaimAnnotation). */
export const MADE_FOR = 'resource.kubernetes.io/pod-claim-name';

/** How many pods may share one claim (resource/v1: ResourceClaimReservedForMaxSize). */
const MOST_CONSUMERS = 256;

/** DynamicResourceAllocation is on since 1.34. */
const KNOWS_DEVICES: Since<boolean> = [
  [0, false],
  [34, true],
];

/** Whether a pod asks for devices, where there is somebody who knows what those are. */
export function asksForDevices({ spec }: Pod, version: KubeVersion): boolean {
  return (spec.resourceClaims?.length ?? 0) > 0 && inVersion(KNOWS_DEVICES, version);
}

/**
 * What a pod's claim is called: by the pod itself, or once it was made for the pod, by its status
 * (dynamic-resource-allocation: resourceclaim/claim.go Name). Undefined while it has not been made.
 */
export function deviceClaimName({ status }: Pod, claim: PodResourceClaim): string | undefined {
  if (claim.resourceClaimName !== undefined) return claim.resourceClaimName;
  return status?.resourceClaimStatuses?.find(({ name }) => name === claim.name)?.resourceClaimName;
}

/** Whether a pod is among those that a claim's devices are kept for. */
export function isKeptFor({ status }: DynamicResourceClaim, { metadata }: Pod): boolean {
  return status?.reservedFor?.some(({ uid }) => uid === metadata.uid) ?? false;
}

/** Whether one more pod may have a claim's devices. */
export function hasRoomForOneMore({ status }: DynamicResourceClaim): boolean {
  return (status?.reservedFor?.length ?? 0) < MOST_CONSUMERS;
}
