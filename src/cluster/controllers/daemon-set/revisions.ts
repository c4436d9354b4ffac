import type { View } from '../../contract/component.ts';
import type { Doing } from '../../contract/doing.ts';
import { isEqualJson } from '../../objects/json.ts';
import type { ControllerRevision, DaemonSet, Pod } from '../../objects/kubernetes.ts';
import {
  byRevision,
  forget,
  newRevision,
  ownedRevisions,
  patchOf,
  REVISIONS,
  renumber,
} from '../shared/controller-revisions.ts';
import { templateHash } from '../shared/template-hash.ts';
import { HASH } from './daemon-pods.ts';

export interface Revisions {
  readonly hash: string;
  readonly old: readonly ControllerRevision[];
}

/**
 * The revision of the template as it is now, made if there is none, and all others (update.go
 * constructHistory). Undefined when something was refused.
 */
export function* revisionsOf(view: View, set: DaemonSet): Doing<Revisions | undefined> {
  const patch = patchOf(set);
  const kept = ownedRevisions(view, set);
  const same = kept.filter(({ data }) => isEqualJson(data, patch));
  const old = kept.filter((each) => !same.includes(each));
  const number = Math.max(0, ...old.map(({ revision }) => revision)) + 1;
  const current = same.at(-1);
  if (current === undefined) {
    const hash = yield* create(view, set, number);
    return hash === undefined ? undefined : { hash, old };
  }
  if (current.revision < number && !(yield* renumber(current, number))) return undefined;
  return { hash: current.metadata.labels?.[HASH] ?? '', old };
}

function* create(view: View, set: DaemonSet, revision: number): Doing<string | undefined> {
  const { namespace = '' } = set.metadata;
  const hash = templateHash(set.spec.template, {
    collisions: set.status?.collisionCount,
    version: view.settings.version,
  });
  const object = newRevision(set, { revision, hash, label: HASH });
  const made = yield { verb: 'create', resource: REVISIONS, namespace, object };
  return made.ok ? hash : undefined;
}

/** Forgets the oldest revisions beyond the limit that no pod is of any more (update.go cleanupHistory). */
export function* cleanUp(
  set: DaemonSet,
  old: readonly ControllerRevision[],
  pods: readonly Pod[],
): Doing<void> {
  let surplus = old.length - (set.spec.revisionHistoryLimit ?? 10);
  const isLive = new Set(pods.map(({ metadata }) => metadata.labels?.[HASH]));
  for (const revision of [...old].sort(byRevision)) {
    if (surplus <= 0) return;
    if (isLive.has(revision.metadata.labels?.[HASH])) continue;
    if (!(yield* forget(revision))) return;
    surplus--;
  }
}
