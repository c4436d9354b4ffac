import type { View } from '../../contract/component.ts';
import type { Doing } from '../../contract/doing.ts';
import { derived } from '../../objects/derived.ts';
import { derivedOfEach } from '../../objects/derived-list.ts';
import type { Pod } from '../../objects/kubernetes.ts';
import { claimPods } from '../shared/claim-pods.ts';
import { orphansBeside, ownedPods } from '../shared/owned-pods.ts';
import { isActive, isTerminating } from '../shared/pod-state.ts';
import type { Replicated, ReplicatedKind } from './replicated.ts';

export interface PodsOfOwner {
  readonly active: readonly Pod[];
  readonly terminating: readonly Pod[];
}

/**
 * The pods that an owner has, once it has adopted and released what it must; undefined where that was
 * refused. Mostly there is nothing to claim, and all but a pod or two are as they were at the last look.
 */
export function* podsOfOwner(
  view: View,
  kind: ReplicatedKind,
  owner: Replicated,
): Doing<PodsOfOwner | undefined> {
  const own = ownedPods(view, owner);
  const verdicts = verdictsFor(kind)(owner.spec ?? NOTHING)(own, owner);
  const those = sorted(own, verdicts);
  const isToClaim = those.hasStray || orphansBeside(view, owner).length > 0;
  const active = isToClaim ? yield* claimActive(view, kind, owner) : those.active;
  return active && { active, terminating: those.terminating };
}

function sorted(
  pods: readonly Pod[],
  verdicts: readonly Verdict[],
): PodsOfOwner & { readonly hasStray: boolean } {
  const active: Pod[] = [];
  const terminating: Pod[] = [];
  let hasStray = false;
  for (let place = 0; place < pods.length; place++) {
    const verdict = verdicts[place];
    if (verdict === 'active') active.push(pods[place] as Pod);
    else if (verdict === 'terminating') terminating.push(pods[place] as Pod);
    else if (verdict === 'stray') hasStray = true;
  }
  return { active, terminating, hasStray };
}

/** A stray is active, and not selected any more. */
type Verdict = 'active' | 'stray' | 'terminating' | 'of no account';

// What selects pods stands in the spec, which stays the same while statuses are written.
const verdictsFor = derived((kind: ReplicatedKind) =>
  derived((_: object) => {
    let judged: Replicated | undefined;
    const verdictsOn = derivedOfEach((pod: Pod): Verdict => {
      const isSelected = judged !== undefined && kind.matches(judged, pod.metadata.labels);
      if (isActive(pod)) return isSelected ? 'active' : 'stray';
      return isTerminating(pod) && isSelected ? 'terminating' : 'of no account';
    });
    return (pods: readonly Pod[], owner: Replicated): readonly Verdict[] => {
      judged = owner;
      return verdictsOn(pods);
    };
  }),
);

const NOTHING = {};

function claimActive(view: View, kind: ReplicatedKind, owner: Replicated): Doing<readonly Pod[] | undefined> {
  return claimPods(view, {
    owner,
    ownerResource: kind.resource,
    matches: (pod) => kind.matches(owner, pod.metadata.labels),
    considers: isActive,
  });
}
