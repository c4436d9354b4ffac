import type { Doing } from '../../contract/doing.ts';
import type { Response } from '../../contract/response.ts';
import type { KubeObject } from '../../objects/kube-object.ts';
import { controllerOf, controllerReference } from '../../objects/owner-references.ts';

export interface Claim<Kind extends KubeObject> {
  readonly owner: KubeObject;
  /** The resource of the owner, and that of what it may own. */
  readonly ownerResource: string;
  readonly resource: string;
  readonly candidates: readonly Kind[];
  readonly matches: (candidate: Kind) => boolean;
  /** What keeps an adopted one from going unseen. */
  readonly finalizers?: readonly string[];
}

/**
 * What an owner has: its own that it selects are kept, its own that it does not select are released,
 * orphans that it selects are adopted (controller_ref_manager.go ClaimObject). Undefined when something
 * that it had to do was refused.
 */
export function* claim<Kind extends KubeObject>(wanted: Claim<Kind>): Doing<readonly Kind[] | undefined> {
  const { owner, candidates, matches } = wanted;
  if (candidates.every((candidate) => isOwn(owner, candidate) && matches(candidate))) return candidates;
  const claimed: Kind[] = [];
  const isLeaving = owner.metadata.deletionTimestamp !== undefined;
  let mayAdopt: boolean | undefined;
  let isRefused = false;
  for (const candidate of candidates) {
    const controller = controllerOf(candidate);
    if (controller !== undefined && controller.uid !== owner.metadata.uid) continue;
    if (controller !== undefined && matches(candidate)) claimed.push(candidate);
    else if (isLeaving) continue;
    else if (controller !== undefined) {
      const answer = yield* release(wanted, candidate);
      isRefused ||= !answer.ok && !isGone(answer);
    } else if (matches(candidate) && candidate.metadata.deletionTimestamp === undefined) {
      mayAdopt ??= yield* isStillWanted(wanted);
      const answer = mayAdopt ? yield* adopt(wanted, candidate) : undefined;
      if (answer?.ok) claimed.push(candidate);
      else isRefused ||= answer === undefined || !isGone(answer);
    }
  }
  return isRefused ? undefined : claimed;
}

function isOwn(owner: KubeObject, candidate: KubeObject): boolean {
  return controllerOf(candidate)?.uid === owner.metadata.uid;
}

/** Before the first adoption the owner is looked up anew: it may have gone (RecheckDeletionTimestamp). */
function* isStillWanted<Kind extends KubeObject>({ owner, ownerResource }: Claim<Kind>): Doing<boolean> {
  const { namespace = '', name = '', uid } = owner.metadata;
  const fresh = yield { verb: 'get', resource: ownerResource, namespace, name };
  return fresh.ok && fresh.object?.metadata.uid === uid && !fresh.object?.metadata.deletionTimestamp;
}

function* adopt<Kind extends KubeObject>(wanted: Claim<Kind>, orphan: Kind): Doing<Response> {
  const { owner, resource, finalizers } = wanted;
  const { namespace = '', name = '', uid } = orphan.metadata;
  const patch = {
    metadata: { ownerReferences: [controllerReference(owner)], uid, ...(finalizers && { finalizers }) },
  };
  return yield { verb: 'patch', resource, namespace, name, patchType: 'strategic', patch };
}

function* release<Kind extends KubeObject>({ owner, resource }: Claim<Kind>, owned: Kind): Doing<Response> {
  const { namespace = '', name = '', uid } = owned.metadata;
  const patch = { metadata: { ownerReferences: [{ $patch: 'delete', uid: owner.metadata.uid }], uid } };
  return yield { verb: 'patch', resource, namespace, name, patchType: 'strategic', patch };
}

function isGone(answer: Response): boolean {
  return !answer.ok && answer.status.code === 404;
}
