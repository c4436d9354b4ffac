import type { ObjectReader } from '../../contract/reader.ts';
import type { PersistentVolume, PersistentVolumeClaim, Pod, StorageClass } from '../../objects/kubernetes.ts';
import { claimNames, ephemeralClaimName, usesClaim } from '../../objects/pod-claims.ts';
import { inVersion, type Since } from '../../objects/versions.ts';
import { BOUND, classOf, waitsForConsumer } from '../../objects/volume-binding.ts';
import type { Cycle, Filter } from '../framework.ts';
import { isReached, volumesOn } from '../volumes/volumes-on.ts';
import { unresolvable } from './filter.ts';

/** Reworded somewhere between 1.33 and 1.36 (scheduler: plugins/volumebinding/binder.go). */
const ELSEWHERE: Since<string> = [
  [0, 'node(s) had volume node affinity conflict'],
  [34, "node(s) didn't match PersistentVolume's node affinity"],
];

/** Nodes that can't reach what a pod's claims are bound to. */
export const volumeBinding: Filter = {
  name: 'VolumeBinding',
  prepare(cycle) {
    const claims = claimsOf(cycle.pod, cycle.objects);
    if (claims.length === 0) return undefined;
    const bound = claims.flatMap(({ volume }) => (volume ? [volume] : []));
    const open = claims.flatMap(({ claim, volume }) => (claim && !volume ? [claim] : []));
    return ({ node }) => {
      if (!bound.every((volume) => isReached(volume, node)))
        return unresolvable(inVersion(ELSEWHERE, cycle.version));
      if (open.length === 0 || volumesOn(cycle.objects, open, node)) return undefined;
      return unresolvable("node(s) didn't find available persistent volumes to bind");
    };
  },
  mayLift(news, { pod, objects }) {
    if (news.kind === 'VolumeAdded') return claimNames(pod).length > 0;
    if (news.kind === 'ClassChanged') return claimsOf(pod, objects).some(isOfClass(news.name));
    if (news.kind === 'ClaimChanged') return usesClaim(pod, news.claim);
    return 'node' in news && news.kind !== 'NodeAllocatable';
  },
  problemOf: claimProblem,
};

interface PodClaim {
  readonly name: string;
  readonly claim: PersistentVolumeClaim | undefined;
  /** What it is bound to. */
  readonly volume: PersistentVolume | undefined;
}

function isOfClass(name: string): (of: PodClaim) => boolean {
  return ({ claim }) => claim !== undefined && classOf(claim) === name;
}

function claimsOf(pod: Pod, objects: ObjectReader): readonly PodClaim[] {
  return claimNames(pod).map((name) => {
    const claim = objects.get<PersistentVolumeClaim>('persistentvolumeclaims', pod.metadata.namespace, name);
    const isBound = claim?.metadata.annotations?.[BOUND] !== undefined;
    const volumeName = claim?.spec?.volumeName ?? '';
    const volume = isBound
      ? objects.get<PersistentVolume>('persistentvolumes', undefined, volumeName)
      : undefined;
    return { name, claim, volume };
  });
}

/** Why a pod can be nowhere because of its claims (scheduler: plugins/volumebinding PreFilter). */
function claimProblem(cycle: Cycle): string | undefined {
  const claims = claimsOf(cycle.pod, cycle.objects);
  for (const { name, claim } of claims) {
    const quoted = `persistentvolumeclaim "${name}"`;
    if (claim === undefined)
      return isMade(cycle, name)
        ? `waiting for ephemeral volume controller to create the ${quoted}`
        : `${quoted} not found`;
    if (claim.status?.phase === 'Lost')
      return `${quoted} bound to non-existent persistentvolume "${claim.spec?.volumeName}"`;
    if (claim.metadata.deletionTimestamp !== undefined) return `${quoted} is being deleted`;
  }
  const isUnbound = ({ claim, volume }: PodClaim) => {
    const name = claim === undefined ? '' : classOf(claim);
    const named = cycle.objects.get<StorageClass>('storageclasses.storage.k8s.io', undefined, name);
    return volume === undefined && !waitsForConsumer(named);
  };
  return claims.some(isUnbound) ? 'pod has unbound immediate PersistentVolumeClaims' : undefined;
}

/** Whether a claim is one that is made for the pod. */
function isMade({ pod }: Cycle, claimName: string): boolean {
  const own = pod.spec.volumes?.filter(({ ephemeral }) => ephemeral !== undefined) ?? [];
  return own.some(({ name }) => ephemeralClaimName(pod, name) === claimName);
}
