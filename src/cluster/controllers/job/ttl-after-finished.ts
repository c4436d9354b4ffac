import { type Millis, SECOND } from '../../../kernel/time/millis.ts';
import { parseRfc3339 } from '../../../kernel/time/rfc3339.ts';
import type { Component, Reaction, View } from '../../contract/component.ts';
import type { Job } from '../../objects/kubernetes.ts';
import { storageKey } from '../../objects/storage-key.ts';
import { endOf } from './job-pods.ts';

const ACTOR = 'ttl-after-finished-controller';

/** Deletes Jobs some time after they have ended, if they say when (ttlafterfinished_controller.go). */
export const ttlAfterFinishedController: Component = {
  name: ACTOR,
  watches: ['jobs.batch'],
  *deliveriesOf({ key }) {
    yield { actor: ACTOR, key };
  },
  *addresses({ objects }) {
    for (const { metadata } of objects.list<Job>('jobs.batch')) {
      const { namespace = '', name = '' } = metadata;
      yield { actor: ACTOR, key: storageKey({ resource: 'jobs.batch', namespace, name }) };
    }
  },
  wake(view, { key }, from) {
    const at = expiresAt(view, key);
    if (at === undefined || at < from) return undefined;
    return { at, cause: view.objects.changedAt(key) ?? null };
  },
  reconcile: (view, { key }, now) => deleteExpired(view, key, now),
};

/** When a Job's time is over; undefined while it has not ended, is going, or need not go. */
function expiresAt({ objects, settings }: View, key: string): Millis | undefined {
  const job = objects.byKey<Job>(key);
  const ttl = job?.spec.ttlSecondsAfterFinished;
  if (job === undefined || ttl === undefined || job.metadata.deletionTimestamp !== undefined)
    return undefined;
  const end = job.status?.conditions?.find(({ type }) => type === endOf(job));
  const endedAt = parseRfc3339(end?.lastTransitionTime ?? '');
  return endedAt === undefined ? undefined : endedAt + ttl * SECOND - settings.epochMs;
}

/** Its pods go first, and only the Job that it saw. */
function* deleteExpired(view: View, key: string, now: Millis): Reaction {
  const at = expiresAt(view, key);
  const job = view.objects.byKey<Job>(key);
  if (at === undefined || at > now || job === undefined) return;
  const { namespace = '', name = '', uid, resourceVersion } = job.metadata;
  yield {
    verb: 'delete',
    resource: 'jobs.batch',
    namespace,
    name,
    propagationPolicy: 'Foreground',
    preconditions: {
      ...(uid !== undefined && { uid }),
      ...(resourceVersion !== undefined && { resourceVersion }),
    },
  };
}
