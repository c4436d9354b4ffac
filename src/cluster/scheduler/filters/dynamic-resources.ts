import { asksForDevices, deviceClaimName } from '../../objects/devices/device-claims.ts';
import type { DynamicResourceClaim } from '../../objects/kubernetes.ts';
import { matchesNodeSelector } from '../../objects/node-selection.ts';
import { allocate } from '../devices/allocate.ts';
import { deviceClaimProblem, deviceClaimsOf } from '../devices/claims-of-pod.ts';
import { currentSlices, devicesOn, devicesTaken } from '../devices/offered-devices.ts';
import type { Filter } from '../framework.ts';
import { unresolvable } from './filter.ts';

/** Nodes that don't have the devices that a pod's claims are about. */
export const dynamicResources: Filter = {
  name: 'DynamicResources',
  prepare(cycle) {
    if (!asksForDevices(cycle.pod, cycle.version)) return undefined;
    const claims = deviceClaimsOf(cycle);
    if (typeof claims === 'string') return () => unresolvable(claims);
    const { objects } = cycle;
    const open = claims.filter(({ status }) => !status?.allocation);
    const held = claims.flatMap(({ status }) => status?.allocation?.nodeSelector ?? []);
    const slices = currentSlices(objects);
    const taken = devicesTaken(objects);
    return ({ node }) => {
      if (!held.every((selector) => matchesNodeSelector(selector, node)))
        return unresolvable('resourceclaim not available on the node');
      if (open.length === 0) return undefined;
      const found = allocate(open, { objects, devices: devicesOn(slices, node), taken });
      if (typeof found === 'string') return unresolvable(found);
      return found ? undefined : unresolvable('cannot allocate all claims');
    };
  },
  mayLift(news, { pod }) {
    if (!pod.spec.resourceClaims?.length) return false;
    if (news.kind === 'DevicesChanged') return true;
    if (news.kind !== 'DeviceClaimChanged') return 'node' in news && news.kind !== 'NodeTaints';
    const { claim, before } = news;
    if (before?.status?.allocation && !claim.status?.allocation) return true;
    return isOf(pod, claim) && before?.status !== claim.status;
  },
  problemOf: (cycle) => (asksForDevices(cycle.pod, cycle.version) ? deviceClaimProblem(cycle) : undefined),
};

function isOf(pod: Parameters<typeof deviceClaimName>[0], { metadata }: DynamicResourceClaim): boolean {
  return (
    pod.metadata.namespace === metadata.namespace &&
    (pod.spec.resourceClaims ?? []).some((asked) => deviceClaimName(pod, asked) === metadata.name)
  );
}
