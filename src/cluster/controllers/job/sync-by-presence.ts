import { MINUTE, type Millis, SECOND } from '../../../kernel/time/millis.ts';
import { formatRfc3339 } from '../../../kernel/time/rfc3339.ts';
import type { Reaction, View } from '../../contract/component.ts';
import type { Doing } from '../../contract/doing.ts';
import type { Job, JobCondition, JobStatus, Pod } from '../../objects/kubernetes.ts';
import { selects } from '../../objects/label-selector.ts';
import { inVersion, type KubeVersion, type Since } from '../../objects/versions.ts';
import { record } from '../../recorder/record.ts';
import { claimPods } from '../shared/claim-pods.ts';
import { inDeletionOrder } from '../shared/deletion-order.ts';
import { createPods, deletePod } from '../shared/pod-control.ts';
import { podFromTemplate } from '../shared/pod-from-template.ts';
import { isActive } from '../shared/pod-state.ts';
import { putOff } from '../shared/put-off.ts';
import { ACTOR, backOffOf } from './back-off.ts';
import { endOf } from './job-pods.ts';
import { deadlineOf, restartsExceed } from './judge-job.ts';

/**
 * Whether a Job counts the pods that are there, which have no finalizer. Recorded of 1.20; later controllers
 * are taken for the one that tracks its pods, which is on since 1.23.
 */
const BY_PRESENCE: Since<boolean> = [
  [0, true],
  [21, false],
];

export function countsByPresence(version: KubeVersion): boolean {
  return inVersion(BY_PRESENCE, version);
}

/** Doubled with every look that found a new failure (1.20: DefaultJobBackOff, MaxJobBackOff). */
const FIRST_MS = 10 * SECOND;
const MAX_MS = 6 * MINUTE;

function delayAfter(failures: number): Millis {
  return failures === 0 ? 0 : Math.min(FIRST_MS * 2 ** (failures - 1), MAX_MS);
}

/** A pod's failure is looked at after the back-off of the Job's last failure (1.20: enqueueController). */
export function* lookAfterFailure(view: View, key: string, now: Millis): Reaction {
  const job = view.objects.byKey<Job>(key);
  const delay = job ? delayAfter(backOffOf(view, job).failures) : 0;
  if (delay === 0) yield* syncByPresence(view, key, now);
  else yield* putOff(view, { actor: ACTOR, key, now, until: now + delay });
}

interface Look {
  readonly view: View;
  readonly key: string;
  readonly now: Millis;
  readonly job: Job;
  readonly pods: readonly Pod[];
}

/** One look at a Job as it was in 1.20 (job_controller.go syncJob). */
export function* syncByPresence(view: View, key: string, now: Millis): Reaction {
  const job = view.objects.byKey<Job>(key);
  if (job === undefined || endOf(job) !== undefined) return;
  const pods = yield* claimPods(view, {
    owner: job,
    ownerResource: 'jobs.batch',
    matches: ({ metadata }) => selects(job.spec.selector, metadata.labels),
  });
  if (pods === undefined) return;
  const look: Look = { view, key, now, job, pods };
  const why = whyFailed(look);
  if (why === undefined) {
    yield* goOn(look);
    return;
  }
  const active = pods.filter(isActive);
  yield* fail(look, why, active);
  // Its pods' deletion makes it look again before it sees that it has failed (recorded twice in h of 1.20).
  if (active.length > 0) yield* fail(look, why, []);
}

type Why = Pick<JobCondition, 'reason' | 'message'>;

function countOf(pods: readonly Pod[], phase: string): number {
  return pods.filter(({ status }) => status?.phase === phase).length;
}

/** The limit is compared with how often it has looked again, which no failure before a success counts in. */
function whyFailed({ view, job, pods, now }: Look): Why | undefined {
  const { backoffLimit = 6, parallelism = 1 } = job.spec;
  const isNews = countOf(pods, 'Failed') > (job.status?.failed ?? 0);
  const isShort = pods.filter(isActive).length !== parallelism;
  const exceeds = isNews && isShort && backOffOf(view, job).failures + 1 > backoffLimit;
  if (exceeds || restartsExceed(job, pods))
    return { reason: 'BackoffLimitExceeded', message: 'Job has reached the specified backoff limit' };
  const deadline = deadlineOf(job);
  if (deadline === undefined || deadline > view.settings.epochMs + now) return undefined;
  return { reason: 'DeadlineExceeded', message: 'Job was active longer than specified deadline' };
}

/** What was active when it failed counts as failed, until the next look. */
function* fail(look: Look, why: Why, active: readonly Pod[]): Doing<void> {
  const { view, now, job, pods } = look;
  for (const pod of active) yield* deletePod({ view, now, component: ACTOR, owner: job }, pod);
  const counts = { active: 0, succeeded: countOf(pods, 'Succeeded') };
  const failed = countOf(pods, 'Failed') + active.length;
  yield* tell(look, 'Warning', why);
  yield* write(look, { ...counts, failed }, conditionOf(look, { type: 'Failed', ...why }));
}

function* goOn(look: Look): Doing<void> {
  const { view, key, now, job, pods } = look;
  const { activeDeadlineSeconds: deadline, completions } = job.spec;
  const isFirst = job.status?.startTime === undefined;
  if (isFirst && deadline !== undefined)
    yield* putOff(view, { actor: ACTOR, key, now, until: now + deadline * SECOND });
  const [succeeded, failed] = [countOf(pods, 'Succeeded'), countOf(pods, 'Failed')];
  const isLeaving = job.metadata.deletionTimestamp !== undefined;
  const before = pods.filter(isActive).length;
  const active = isLeaving ? before : yield* manage(look, succeeded);
  const isComplete = completions === undefined ? succeeded > 0 && active === 0 : succeeded >= completions;
  if (isComplete) yield* tellCompletion(look, active, succeeded);
  const condition = isComplete ? conditionOf(look, { type: 'Complete' }) : undefined;
  const isNews = failed > (job.status?.failed ?? 0);
  const isBetter = succeeded > (job.status?.succeeded ?? 0);
  const isTold = yield* write(look, { active, succeeded, failed }, condition);
  if (isTold === 'refused') return;
  const { failures } = backOffOf(view, job);
  // What this look was put off to is over.
  if (isTold === 'written' && isNews && !isComplete) {
    yield { type: 'FailuresCounted', actor: ACTOR, about: job.metadata.uid ?? '', failures: failures + 1 };
    yield* putOff(view, { actor: ACTOR, key, now: now + 1, until: now + delayAfter(failures + 1) });
  } else if ((isTold === 'written' || isBetter) && failures > 0) {
    yield { type: 'FailuresCounted', actor: ACTOR, about: job.metadata.uid ?? '', failures: 0 };
  }
}

/** Returns how many are active then (1.20: manageJob). */
function* manage(look: Look, succeeded: number): Doing<number> {
  const { view, now, job, pods } = look;
  const { parallelism = 1, completions } = job.spec;
  const control = { view, now, component: ACTOR, owner: job };
  const active = pods.filter(isActive);
  if (active.length > parallelism) {
    const { version, epochMs } = view.settings;
    const { chance } = view;
    const ranking = { chance, version, epochNow: epochMs + now, neighbours: () => 0 };
    const surplus = inDeletionOrder(active, ranking).slice(0, active.length - parallelism);
    for (const pod of surplus) yield* deletePod(control, pod);
    return parallelism;
  }
  const rest = succeeded > 0 ? active.length : parallelism;
  const wanted = completions === undefined ? rest : Math.min(parallelism, completions - succeeded);
  const missing = Math.max(0, wanted - active.length);
  const problem = yield* createPods(control, podFromTemplate(job, job.spec.template), missing);
  return problem === undefined ? active.length + missing : active.length;
}

function* tellCompletion(look: Look, active: number, succeeded: number): Doing<void> {
  const after = 'running after completion count reached';
  const { completions = Number.POSITIVE_INFINITY } = look.job.spec;
  if (active > 0 && completions !== Number.POSITIVE_INFINITY)
    yield* tell(look, 'Warning', { reason: 'TooManyActivePods', message: `Too many active pods ${after}` });
  if (succeeded > completions)
    yield* tell(look, 'Warning', {
      reason: 'TooManySucceededPods',
      message: `Too many succeeded pods ${after}`,
    });
  yield* tell(look, 'Normal', { reason: 'Completed', message: 'Job completed' });
}

function* tell({ view, now, job }: Look, type: 'Normal' | 'Warning', said: Why): Doing<void> {
  const { reason = '', message = '' } = said;
  yield* record(view, { component: ACTOR, object: job, type, reason, message }, now);
}

function conditionOf({ view, now }: Look, end: Pick<JobCondition, 'type' | 'reason' | 'message'>) {
  const at = formatRfc3339(view.settings.epochMs + now);
  const { type, ...why } = end;
  return { type, status: 'True', lastProbeTime: at, lastTransitionTime: at, ...why };
}

interface Counts {
  readonly active: number;
  readonly succeeded: number;
  readonly failed: number;
}

/** Only counts and conditions are news; the Job is read anew, whatever has been written meanwhile. */
function* write(
  { view, now, job }: Look,
  counts: Counts,
  condition: JobCondition | undefined,
): Doing<'written' | 'same' | 'refused'> {
  const { active = 0, succeeded = 0, failed = 0, conditions, ...before } = job.status ?? {};
  const isSame = active === counts.active && succeeded === counts.succeeded && failed === counts.failed;
  if (isSame && condition === undefined) return 'same';
  const startTime = before.startTime ?? formatRfc3339(view.settings.epochMs + now);
  const status: JobStatus = {
    ...(condition ? { conditions: [...(conditions ?? []), condition] } : conditions && { conditions }),
    startTime,
    ...(condition?.type === 'Complete' && { completionTime: condition.lastTransitionTime ?? '' }),
    ...(counts.active > 0 && { active: counts.active }),
    ...(counts.succeeded > 0 && { succeeded: counts.succeeded }),
    ...(counts.failed > 0 && { failed: counts.failed }),
  };
  const { namespace = '', name = '' } = job.metadata;
  const target = { resource: 'jobs.batch', namespace, name } as const;
  const fresh = yield { verb: 'get', ...target };
  if (!fresh.ok) return 'refused';
  const object = { ...(fresh.object as Job), status };
  const answer = yield { verb: 'update', ...target, subresource: 'status', object };
  return answer.ok ? 'written' : 'refused';
}
