import type { Change } from '../../contract/api-event.ts';
import type { Component, Delivery, Reaction, View, Wake } from '../../contract/component.ts';
import { controllerRowKey } from '../../contract/controller-row.ts';
import type { ObjectReader } from '../../contract/reader.ts';
import { isEqualJson } from '../../objects/json.ts';
import type { KubeObject } from '../../objects/kube-object.ts';
import type { Job, OwnerReference, Pod } from '../../objects/kubernetes.ts';
import { selects } from '../../objects/label-selector.ts';
import { controllerOf } from '../../objects/owner-references.ts';
import { storageKey } from '../../objects/storage-key.ts';
import { concernedByPuttingOff, putOff, putOffTo } from '../shared/put-off.ts';
import { ACTOR, backOffOf, nextTryAt } from './back-off.ts';
import { endOf, isTracked } from './job-pods.ts';
import { deadlineOf } from './judge-job.ts';
import { untrack } from './manage-pods.ts';
import { countsByPresence, lookAfterFailure, syncByPresence } from './sync-by-presence.ts';
import { BATCH_MS, isOthers, syncJob } from './sync-job.ts';

/**
 * Keys are of four kinds: a Job's, to look at it now; the same after SOON, to look at it within a second,
 * together with what else happens until then; a pod's after ORPHAN, to let it go. SOON sorts before a Job's
 * own key, so that what happens at the very moment of a look is seen by it. In 1.20 nothing waited but what
 * followed from a pod's failure: a Job's key after FAILED.
 */
const SOON = '#soon ';
const FAILED = '#failed ';
const ORPHAN = '#orphan ';

/**
 * Runs Jobs to their ends (job_controller.go). It sees its own writes at once, which is what expectations are
 * for.
 */
export const jobController: Component = {
  name: ACTOR,
  watches: ['jobs.batch', 'pods'],
  assumes: true,
  *deliveriesOf(change, rows, objects) {
    const version = rows.row('settings', 'cluster')?.version;
    const hasFailed = change.resource === 'pods' && (change.object as Pod).status?.phase === 'Failed';
    const prefix = hasFailed && version && countsByPresence(version) ? FAILED : SOON;
    if (change.resource === 'pods') yield* deliveriesOfPod(change, objects, prefix);
    else yield* deliveriesOfJob(change, objects);
  },
  ...concernedByPuttingOff(ACTOR),
  *addresses({ objects }) {
    for (const { metadata } of objects.list<Job>('jobs.batch')) {
      yield { actor: ACTOR, key: keyOfJob(metadata.namespace, metadata.name) };
    }
  },
  *reconcile(view, { key }, now) {
    const own = key.replace(/^#\w+ /, '');
    if (key.startsWith(ORPHAN)) yield* releaseOrphan(view, own);
    else if (key.startsWith(FAILED)) yield* lookAfterFailure(view, own, now);
    else if (countsByPresence(view.settings.version)) yield* syncByPresence(view, own, now);
    else if (key.startsWith(SOON))
      yield* putOff(view, { actor: ACTOR, key: own, now, until: now + BATCH_MS });
    else yield* syncJob(view, key, now);
  },
  wake: (view, { key }, from) => nextLook(view, key, from),
};

function keyOfJob(namespace = '', name = ''): string {
  return storageKey({ resource: 'jobs.batch', namespace, name });
}

/** A changed spec is looked at now, a changed status like any change of pods. */
function* deliveriesOfJob(change: Change, objects: ObjectReader): Generator<Delivery> {
  const { object, before, type, key } = change;
  const isOver = type === 'DELETED' || endOf(object as Job) !== undefined;
  if (isOver) {
    for (const pod of objects.listBy<KubeObject>('owner', object.metadata.uid ?? '')) {
      if (pod.kind === 'Pod' && isTracked(pod as Pod)) yield orphan(pod);
    }
  }
  const isSame = before !== undefined && before.metadata.generation === object.metadata.generation;
  if (type === 'MODIFIED' && isSame && isOver) yield { actor: ACTOR };
  else yield { actor: ACTOR, key: type === 'MODIFIED' && isSame ? SOON + key : key };
}

function orphan({ metadata: { namespace = '', name = '' } }: KubeObject): Delivery {
  return { actor: ACTOR, key: ORPHAN + storageKey({ resource: 'pods', namespace, name }) };
}

function* deliveriesOfPod(change: Change, objects: ObjectReader, prefix: string): Generator<Delivery> {
  const { object, before } = change;
  const pod = object as Pod;
  const owner = controllerOf(pod);
  const former = before && controllerOf(before);
  const { namespace = '', labels } = pod.metadata;
  const isMoved = former !== undefined && !isEqualJson(former, owner);
  if (isMoved && jobOf(objects, namespace, former))
    yield { actor: ACTOR, key: SOON + keyOfJob(namespace, former.name) };
  if (owner !== undefined) {
    if (owner.kind !== 'Job') return;
    const job = jobOf(objects, namespace, owner);
    if (job && endOf(job) === undefined)
      yield { actor: ACTOR, key: prefix + keyOfJob(namespace, owner.name) };
    else yield isTracked(pod) ? orphan(pod) : { actor: ACTOR };
    return;
  }
  if (isTracked(pod)) yield orphan(pod);
  const isNews = !before || isMoved || !isEqualJson(before.metadata.labels, labels);
  if (!isNews || change.type === 'DELETED') return;
  for (const { metadata, spec } of objects.list<Job>('jobs.batch', namespace)) {
    if (selects(spec.selector, labels))
      yield { actor: ACTOR, key: SOON + keyOfJob(namespace, metadata.name) };
  }
}

function jobOf(
  objects: ObjectReader,
  namespace: string,
  { kind, name, uid }: OwnerReference,
): Job | undefined {
  const job = kind === 'Job' ? objects.get<Job>('jobs.batch', namespace, name) : undefined;
  return job?.metadata.uid === uid ? job : undefined;
}

/**
 * Nobody counts the pods of a Job that is over or gone: they need not be kept (job_controller.go
 * syncOrphanPod).
 */
function* releaseOrphan(view: View, podKey: string): Reaction {
  const pod = view.objects.byKey<Pod>(podKey);
  if (pod === undefined || !isTracked(pod)) return;
  const owner = controllerOf(pod);
  if (owner !== undefined && owner.kind !== 'Job') return;
  const job = owner && jobOf(view.objects, pod.metadata.namespace ?? '', owner);
  if (job && (isOthers(job) || endOf(job) === undefined)) return;
  yield* untrack(pod);
}

/** What was put off, the end of a back-off, or that of the time it may be active. */
function nextLook(view: View, key: string, from: number): Wake | undefined {
  if (key.startsWith('#')) return undefined;
  const job = view.objects.byKey<Job>(key);
  if (job === undefined || endOf(job) !== undefined || isOthers(job)) return undefined;
  const { epochMs } = view.settings;
  const changed = view.objects.changedAt(key) ?? null;
  const asked = view.rows.changedAt('controllerKeys', controllerRowKey(ACTOR, key));
  const asleep = { at: putOffTo(view, { actor: ACTOR, key }, from) ?? -1, cause: asked };
  if (countsByPresence(view.settings.version)) return asleep.at < from ? undefined : asleep;
  const wakes: readonly Wake[] = [
    asleep,
    { at: nextTryAt(backOffOf(view, job)) - epochMs, cause: changed },
    { at: (deadlineOf(job) ?? 0) - epochMs, cause: changed },
  ];
  return wakes.filter(({ at }) => at >= from).sort((a, b) => a.at - b.at)[0];
}
