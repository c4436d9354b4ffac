import type { View } from '../../contract/component.ts';
import type { Doing } from '../../contract/doing.ts';
import type { Pod } from '../../objects/kubernetes.ts';
import { type Claim, claim } from './claim.ts';
import { orphansBeside, ownedPods } from './owned-pods.ts';

/** Claims among an owner's own pods and the orphans beside it. */
export function* claimPods(
  view: View,
  wanted: Omit<Claim<Pod>, 'resource' | 'candidates'> & {
    /** Which pods are looked at at all; without it, all. */
    readonly considers?: (pod: Pod) => boolean;
  },
): Doing<readonly Pod[] | undefined> {
  const { considers = () => true, ...rest } = wanted;
  const orphans = orphansBeside(view, wanted.owner);
  const own = ownedPods(view, wanted.owner);
  const candidates = orphans.length > 0 ? [...own, ...orphans] : own;
  return yield* claim({ resource: 'pods', candidates: candidates.filter(considers), ...rest });
}
