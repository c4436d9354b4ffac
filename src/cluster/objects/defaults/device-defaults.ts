import type { DeviceClaim, DynamicResourceClaim, ResourceClaimTemplate } from '../kubernetes.ts';

/** resource/v1: defaults.go. One device of a class is wanted, if it is not said how many. */
export function setDeviceClaimDefaults({ spec }: DynamicResourceClaim): void {
  setRequestDefaults(spec.devices);
}

export function setDeviceTemplateDefaults({ spec }: ResourceClaimTemplate): void {
  setRequestDefaults(spec.spec.devices);
}

function setRequestDefaults(devices: DeviceClaim | undefined): void {
  for (const { exactly, firstAvailable = [] } of devices?.requests ?? []) {
    for (const request of exactly ? [exactly] : firstAvailable) {
      request.allocationMode ??= 'ExactCount';
      if (request.allocationMode === 'ExactCount') request.count ??= 1;
    }
  }
}
