import type { PersistentVolume, PersistentVolumeClaim, Pod, StorageClass } from '../../objects/kubernetes.ts';
import { matchesTerm } from '../../objects/node-selection.ts';
import { claimNames } from '../../objects/pod-claims.ts';
import { inVersion, type Since } from '../../objects/versions.ts';
import type { Cycle, Filter } from '../framework.ts';
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
    const claims = claimsOf(cycle);
    if (claims.length === 0) return undefined;
    const isWaiting = claims.some(({ volume }) => volume === undefined);
    return ({ node }) => {
      const isElsewhere = claims.some(({ volume }) => {
        const terms = volume?.spec?.nodeAffinity?.required?.nodeSelectorTerms;
        return terms !== undefined && !terms.some((term) => matchesTerm(term, node));
      });
      if (isElsewhere) return unresolvable(inVersion(ELSEWHERE, cycle.version));
      return isWaiting ? unresolvable("node(s) didn't find available persistent volumes to bind") : undefined;
    };
  },
  mayLift(news, { pod }) {
    if (news.kind === 'VolumeAdded') return claimNames(pod).length > 0;
    if (news.kind === 'ClaimChanged') return isOf(pod, news.claim);
    return 'node' in news && news.kind !== 'NodeAllocatable';
  },
  problemOf: claimProblem,
};

function isOf(pod: Pod, { metadata }: PersistentVolumeClaim): boolean {
  return pod.metadata.namespace === metadata.namespace && claimNames(pod).includes(metadata.name ?? '');
}

interface PodClaim {
  readonly name: string;
  readonly claim: PersistentVolumeClaim | undefined;
  /** What it is bound to. */
  readonly volume: PersistentVolume | undefined;
}

function claimsOf({ pod, objects }: Cycle): readonly PodClaim[] {
  return claimNames(pod).map((name) => {
    const claim = objects.get<PersistentVolumeClaim>('persistentvolumeclaims', pod.metadata.namespace, name);
    const isBound = claim?.metadata.annotations?.['pv.kubernetes.io/bind-completed'] !== undefined;
    const volumeName = claim?.spec?.volumeName ?? '';
    const volume = isBound
      ? objects.get<PersistentVolume>('persistentvolumes', undefined, volumeName)
      : undefined;
    return { name, claim, volume };
  });
}

/** Why a pod can be nowhere because of its claims (scheduler: plugins/volumebinding PreFilter). */
function claimProblem(cycle: Cycle): string | undefined {
  const claims = claimsOf(cycle);
  for (const { name, claim } of claims) {
    const quoted = `persistentvolumeclaim "${name}"`;
    if (claim === undefined) return `${quoted} not found`;
    if (claim.status?.phase === 'Lost')
      return `${quoted} bound to non-existent persistentvolume "${claim.spec?.volumeName}"`;
    if (claim.metadata.deletionTimestamp !== undefined) return `${quoted} is being deleted`;
  }
  const isUnbound = ({ claim, volume }: PodClaim) => {
    const name = claim?.spec?.storageClassName ?? '';
    const named = cycle.objects.get<StorageClass>('storageclasses.storage.k8s.io', undefined, name);
    return volume === undefined && named?.volumeBindingMode !== 'WaitForFirstConsumer';
  };
  return claims.some(isUnbound) ? 'pod has unbound immediate PersistentVolumeClaims' : undefined;
}
