import type { View } from '../../contract/component.ts';
import { compareText, isEqualJson } from '../../objects/json.ts';
import type { KubeObject } from '../../objects/kube-object.ts';
import type { ControllerRevision, DaemonSet, Pod } from '../../objects/kubernetes.ts';
import { controllerReference } from '../../objects/owner-references.ts';
import { templateHash } from '../deployment/template-hash.ts';
import type { Doing } from '../shared/doing.ts';
import { HASH } from './daemon-pods.ts';

const RESOURCE = 'controllerrevisions.apps';

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
  const kept = view.objects
    .listBy<KubeObject>('owner', set.metadata.uid ?? '')
    .filter((object): object is ControllerRevision => object.kind === 'ControllerRevision');
  const same = kept.filter(({ data }) => isEqualJson(data, patch)).sort(byRevision);
  const old = kept.filter((each) => !same.includes(each));
  const number = Math.max(0, ...old.map(({ revision }) => revision)) + 1;
  const current = same.at(-1);
  if (current === undefined) {
    const hash = yield* create(set, patch, number);
    return hash === undefined ? undefined : { hash, old };
  }
  if (current.revision < number) {
    const { namespace = '', name = '' } = current.metadata;
    const object: ControllerRevision = { ...current, revision: number };
    const answer = yield { verb: 'update', resource: RESOURCE, namespace, name, object };
    if (!answer.ok) return undefined;
  }
  return { hash: current.metadata.labels?.[HASH] ?? '', old };
}

/** What brings the template back when it is patched into the set. */
function patchOf({ spec }: DaemonSet): object {
  return { spec: { template: { ...spec.template, $patch: 'replace' } } };
}

function* create(set: DaemonSet, patch: object, revision: number): Doing<string | undefined> {
  const { namespace = '', name = '', annotations } = set.metadata;
  const { template } = set.spec;
  const hash = templateHash(template, set.status?.collisionCount);
  const object: ControllerRevision = {
    apiVersion: 'apps/v1',
    kind: 'ControllerRevision',
    metadata: {
      name: `${name}-${hash}`,
      namespace,
      labels: { ...template.metadata?.labels, [HASH]: hash },
      ...(annotations && { annotations }),
      ownerReferences: [controllerReference(set)],
    },
    data: patch,
    revision,
  };
  const made = yield { verb: 'create', resource: RESOURCE, namespace, object };
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
  for (const { metadata } of [...old].sort(byRevision)) {
    if (surplus <= 0) return;
    if (isLive.has(metadata.labels?.[HASH])) continue;
    const { namespace = '', name = '' } = metadata;
    const gone = yield { verb: 'delete', resource: RESOURCE, namespace, name };
    if (!gone.ok) return;
    surplus--;
  }
}

function byRevision(a: ControllerRevision, b: ControllerRevision): number {
  return a.revision - b.revision || compareText(a.metadata.name ?? '', b.metadata.name ?? '');
}
