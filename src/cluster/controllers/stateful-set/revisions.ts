import type { View } from '../../contract/component.ts';
import type { Doing } from '../../contract/doing.ts';
import { encodeGoJson } from '../../objects/go-json.ts';
import { isEqualJson } from '../../objects/json.ts';
import type { ControllerRevision, Pod, PodTemplateSpec, StatefulSet } from '../../objects/kubernetes.ts';
import { selects } from '../../objects/label-selector.ts';
import { safeEncode } from '../../objects/names.ts';
import { controllerOf } from '../../objects/owner-references.ts';
import { claim } from '../shared/claim.ts';
import {
  byRevision,
  forget,
  newRevision,
  patchOf,
  REVISIONS,
  renumber,
  revisionName,
} from '../shared/controller-revisions.ts';
import { fnv1, utf8Of } from '../shared/fnv.ts';

/** The label of a revision that says its hash (controller_history.go ControllerRevisionHashLabel). */
const HASH = 'controller.kubernetes.io/hash';

/** The label of a pod that says its revision, by name. */
export const REVISION_OF_POD = 'controller-revision-hash';

/** The history of a set: the revision that its pods have, and the one that they are to have. */
export interface Revisions {
  readonly current: ControllerRevision;
  readonly update: ControllerRevision;
  /** Revisions that another set's had the names of. */
  readonly collisions: number;
  /** All that there were, the oldest first. */
  readonly kept: readonly ControllerRevision[];
}

/** Undefined when something was refused (stateful_set_control.go getStatefulSetRevisions). */
export function* revisionsOf(view: View, set: StatefulSet): Doing<Revisions | undefined> {
  const kept = yield* claimRevisions(view, set);
  if (kept === undefined) return undefined;
  const latest = yield* latestOf(set, kept);
  if (latest === undefined) return undefined;
  const { update, collisions } = latest;
  const named = kept.find(({ metadata }) => metadata.name === set.status?.currentRevision);
  return { current: named ?? update, update, collisions, kept };
}

/** Its own, and orphans that its selector finds: those are adopted. */
function* claimRevisions(view: View, set: StatefulSet): Doing<readonly ControllerRevision[] | undefined> {
  const { uid, namespace = '' } = set.metadata;
  const candidates = view.objects.list<ControllerRevision>(REVISIONS, namespace).filter((revision) => {
    const owner = controllerOf(revision);
    const isOpen = owner === undefined || owner.uid === uid;
    return isOpen && selects(set.spec.selector, revision.metadata.labels);
  });
  const claimed = yield* claim({
    owner: set,
    ownerResource: 'statefulsets.apps',
    resource: REVISIONS,
    candidates,
    matches: () => true,
  });
  return claimed && [...claimed].sort(byRevision);
}

type Latest = Pick<Revisions, 'update' | 'collisions'>;

function* latestOf(set: StatefulSet, kept: readonly ControllerRevision[]): Doing<Latest | undefined> {
  const patch = patchOf(set);
  const collisions = set.status?.collisionCount ?? 0;
  const newest = kept.at(-1);
  const same = kept.filter(({ data }) => isEqualJson(data, patch)).at(-1);
  if (same !== undefined && same === newest) return { update: same, collisions };
  const number = (newest?.revision ?? 0) + 1;
  if (same === undefined) return yield* create(set, number, collisions);
  const update = yield* renumber(same, number);
  return update && { update, collisions };
}

/**
 * A name that is taken by another template's revision is tried again with another hash
 * (controller_history.go CreateControllerRevision).
 */
function* create(set: StatefulSet, revision: number, collisions: number): Doing<Latest | undefined> {
  const { namespace = '', name = '' } = set.metadata;
  const draft = newRevision(set, { revision, hash: hashOf(set, collisions), label: HASH });
  for (let count = collisions; ; count++) {
    const named = revisionName(name, hashOf(set, count));
    const object = { ...draft, metadata: { ...draft.metadata, name: named } };
    const made = yield { verb: 'create', resource: REVISIONS, namespace, object };
    if (made.ok) return { update: made.object as ControllerRevision, collisions: count };
    if (made.status.reason !== 'AlreadyExists') return undefined;
    const there = yield { verb: 'get', resource: REVISIONS, namespace, name: named };
    if (!there.ok) return undefined;
    const update = there.object as ControllerRevision;
    if (isEqualJson(update.data, draft.data)) return { update, collisions: count };
  }
}

/**
 * FNV-1 over the JSON of the patch and the number of collisions: the very letters of a real cluster
 * (controller_history.go HashControllerRevision).
 */
function hashOf(set: StatefulSet, collisions: number): string {
  return safeEncode(String(fnv1(utf8Of(`${encodeGoJson(patchOf(set))}${collisions}`))));
}

/** The template that a revision keeps. */
export function templateOf({ data }: ControllerRevision): PodTemplateSpec {
  const { spec } = data as { readonly spec: { readonly template: PodTemplateSpec & { $patch?: string } } };
  const { $patch: _, ...template } = spec.template;
  return template;
}

/**
 * Forgets the oldest beyond the limit of those that neither a pod has nor the set is to have
 * (stateful_set_control.go truncateHistory).
 */
export function* truncateHistory(
  set: StatefulSet,
  { kept, current, update }: Revisions,
  pods: readonly Pod[],
): Doing<void> {
  const live = new Set(pods.map(({ metadata }) => metadata.labels?.[REVISION_OF_POD]));
  for (const { metadata } of [current, update]) live.add(metadata.name);
  const old = kept.filter(({ metadata }) => !live.has(metadata.name));
  const limit = set.spec.revisionHistoryLimit ?? 10;
  if (limit < 0) return;
  for (const revision of old.slice(0, Math.max(0, old.length - limit))) {
    if (!(yield* forget(revision))) return;
  }
}
