import type { PersistentVolumeClaim } from '../../objects/kubernetes.ts';
import { claimNames } from '../../objects/pod-claims.ts';
import { inVersion, type Since } from '../../objects/versions.ts';
import type { Cycle, Filter } from '../framework.ts';
import { tallyOf } from '../nodes/tally.ts';
import { unschedulable } from './filter.ts';

/** The access mode of a claim that one pod alone may use: ReadWriteOncePod, on by default since 1.27. */
const KNOWS_ONE_POD: Since<boolean> = [
  [0, false],
  [27, true],
];

const IN_USE =
  'node(s) unavailable due to PersistentVolumeClaim with ReadWriteOncePod access mode already in-use by another pod';

/** A claim for one pod that another pod uses, on whatever node (scheduler: plugins/volumerestrictions). */
export const volumeRestrictions: Filter = {
  name: 'VolumeRestrictions',
  prepare(cycle) {
    const claims = claimsForOnePod(cycle);
    if (claims.length === 0 || !inVersion(KNOWS_ONE_POD, cycle.version)) return undefined;
    const used = tallyOf(cycle.nodes, 'claims in use', {
      ofPod(pod, _node, add) {
        for (const name of claimNames(pod)) add(`${pod.metadata.namespace}/${name}`, 1);
      },
    });
    const refusal = unschedulable(IN_USE);
    const isUsed = claims.some((name) => used.get(`${cycle.pod.metadata.namespace}/${name}`) !== undefined);
    return () => (isUsed ? refusal : undefined);
  },
  mayLift(news, { pod }) {
    if (news.kind === 'NodeAdded') return true;
    const own = claimNames(pod);
    if (news.kind === 'ClaimChanged')
      return (
        news.claim.metadata.namespace === pod.metadata.namespace &&
        own.includes(news.claim.metadata.name ?? '')
      );
    if (news.kind !== 'PodDeleted' || news.pod.metadata.namespace !== pod.metadata.namespace) return false;
    return claimNames(news.pod).some((name) => own.includes(name));
  },
};

function claimsForOnePod({ pod, objects }: Cycle): readonly string[] {
  const { namespace } = pod.metadata;
  return claimNames(pod).filter((name) =>
    objects
      .get<PersistentVolumeClaim>('persistentvolumeclaims', namespace, name)
      ?.spec?.accessModes?.includes('ReadWriteOncePod'),
  );
}
