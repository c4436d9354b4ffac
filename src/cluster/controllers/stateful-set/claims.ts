import type { Doing } from '../../contract/doing.ts';
import { isEqualJson } from '../../objects/json.ts';
import type { OwnerReference, PersistentVolumeClaim, Pod, StatefulSet } from '../../objects/kubernetes.ts';
import { controllerReference } from '../../objects/owner-references.ts';
import { isInRange, ordinalOf } from './ordinals.ts';
import { claimsOf } from './own-claims.ts';
import type { StatefulLook } from './stateful-look.ts';
import { tell } from './tell.ts';

const RESOURCE = 'persistentvolumeclaims';

function keptClaim({ view }: StatefulLook, { metadata }: PersistentVolumeClaim) {
  return view.objects.get<PersistentVolumeClaim>(RESOURCE, metadata.namespace, metadata.name ?? '');
}

/** Makes the claims that there are not yet. Returns why the pod can't have all of its claims. */
export function* createClaims(look: StatefulLook, pod: Pod): Doing<string | undefined> {
  const problems: string[] = [];
  for (const { claim } of claimsOf(look.set, ordinalOf(pod))) {
    const { name = '', namespace = '' } = claim.metadata;
    const kept = keptClaim(look, claim);
    if (kept?.metadata.deletionTimestamp !== undefined) problems.push(`pvc ${name} is being deleted`);
    if (kept !== undefined) continue;
    const made = yield { verb: 'create', resource: RESOURCE, namespace, object: claim };
    const problem = made.ok ? undefined : made.status.message;
    if (problem !== undefined) problems.push(`failed to create PVC ${name}: ${problem}`);
    if (made.ok || made.status.reason !== 'AlreadyExists') {
      yield* tell(look, { verb: 'create', pod, claim: name, ...(problem !== undefined && { problem }) });
    }
  }
  if (problems.length === 0) return undefined;
  return problems.length === 1 ? problems[0] : `[${problems.join(', ')}]`;
}

/** When to give up a claim: with the set, with its pod. */
function retentionOf({ spec }: StatefulSet) {
  const { whenDeleted, whenScaled } = spec.persistentVolumeClaimRetentionPolicy ?? {};
  return { withSet: whenDeleted === 'Delete', withPod: whenScaled === 'Delete' };
}

/**
 * Claims are given up by being owned: by the set, or by a pod that is to go
 * (stateful_set_utils.go updateClaimOwnerRefForSetAndPod). Whether all was granted.
 */
export function* settleOwners(look: StatefulLook, pod: Pod): Doing<boolean> {
  for (const { claim } of claimsOf(look.set, ordinalOf(pod))) {
    const kept = keptClaim(look, claim);
    if (kept === undefined) continue;
    const owners = ownersOf(look.set, pod, kept);
    const { ownerReferences: before = [], ...metadata } = kept.metadata;
    if (isEqualJson(owners, before)) continue;
    const { name = '', namespace = '' } = metadata;
    const object: PersistentVolumeClaim = {
      ...kept,
      metadata: { ...metadata, ...(owners.length > 0 && { ownerReferences: [...owners] }) },
    };
    const answer = yield { verb: 'update', resource: RESOURCE, namespace, name, object };
    if (!answer.ok) return false;
  }
  return true;
}

function ownersOf(
  set: StatefulSet,
  pod: Pod,
  { metadata: { ownerReferences: before = [] } }: PersistentVolumeClaim,
): readonly OwnerReference[] {
  const isRef = (owner: StatefulSet | Pod) => (reference: OwnerReference) =>
    reference.kind === owner.kind && reference.name === owner.metadata.name;
  const [isSet, isPod] = [isRef(set), isRef(pod)];
  const isStale = before.some(
    (each) =>
      (isSet(each) && each.uid !== set.metadata.uid) || (isPod(each) && each.uid !== pod.metadata.uid),
  );
  // Somebody who is no more had it: that is the garbage collector's matter.
  if (isStale) return before;
  const { withSet, withPod } = retentionOf(set);
  const others = before.filter((each) => !isSet(each) && !isPod(each));
  if ((withSet || withPod) && others.some(({ controller }) => controller === true)) return others;
  const isGoing = !isInRange(pod, set);
  if (withPod && isGoing) return [...others, controllerReference(pod)];
  return withSet ? [...others, controllerReference(set)] : others;
}

/**
 * A claim that goes with a former pod of the name has to be gone before there is another (PodClaimIsStale).
 */
export function hasStaleClaim(look: StatefulLook, pod: Pod): boolean {
  if (!retentionOf(look.set).withPod) return false;
  return claimsOf(look.set, ordinalOf(pod)).some(({ claim }) =>
    keptClaim(look, claim)?.metadata.ownerReferences?.some(
      ({ kind, name, uid }) =>
        kind === 'Pod' && name === pod.metadata.name && uid !== (pod.metadata.uid ?? ''),
    ),
  );
}
