import { describe, expect, test } from 'vitest';
import { jobController } from '../../../../src/cluster/controllers/job/job.ts';
import { ttlAfterFinishedController } from '../../../../src/cluster/controllers/job/ttl-after-finished.ts';
import type { CoreEvent, Job, JobSpec, Pod } from '../../../../src/cluster/objects/kubernetes.ts';
import { parseRfc3339 } from '../../../../src/kernel/time/rfc3339.ts';
import type { Play } from '../../node/play.ts';
import { create, deletion, settingsOf } from '../../node/play.ts';
import { objectsOf, playWorkloads, podsOf } from '../workloads.ts';

const more = [jobController, ttlAfterFinishedController];

function jobOf(script: string, spec: Partial<JobSpec> = {}, restartPolicy = 'Never'): Job {
  const container = { name: 'c', image: 'busybox:1.36', command: ['sh', '-c', script] };
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name: 'work', namespace: 'default' },
    spec: { ...spec, template: { spec: { restartPolicy, containers: [container] } } },
  };
}

function play(job: Job, until: number): Play {
  return playWorkloads([create(0, job, 'jobs.batch')], { until, more, calm: true });
}

function workOf({ world }: Play): Job | undefined {
  return objectsOf<Job>(world, 'jobs.batch')[0];
}

function endings(job: Job | undefined): readonly string[] {
  return (job?.status?.conditions ?? []).map(({ type, reason }) => `${type}/${reason}`);
}

/** What was told of the Job, without the names of pods. */
function told({ world }: Play): readonly string[] {
  return objectsOf<CoreEvent>(world, 'events')
    .filter(({ involvedObject }) => involvedObject.kind === 'Job')
    .map(({ reason, message }) => `${reason}: ${message?.replace(/work-\S+$/, 'work-*')}`);
}

/** When each pod was made, in virtual milliseconds. */
function creations({ log }: Play): readonly number[] {
  return log.flatMap(({ at, event }) =>
    event.type === 'ObjectCreated' && event.resource === 'pods' ? [at] : [],
  );
}

describe('a Job', () => {
  test('is complete when all its completions are, never running more than it may at once', () => {
    const over = play(jobOf('sleep 4', { completions: 3, parallelism: 2 }), 30_000);
    const work = workOf(over);
    expect(work?.status).toMatchObject({ succeeded: 3, ready: 0, uncountedTerminatedPods: {} });
    expect(work?.status).not.toHaveProperty('active');
    expect(endings(work)).toEqual(['SuccessCriteriaMet/CompletionsReached', 'Complete/CompletionsReached']);
    expect(work?.status?.completionTime).toBeDefined();
    const [first = 0, second = 0, third = 0] = creations(over);
    expect(second).toBe(first);
    expect(third - first).toBeGreaterThan(4000);
    expect(podsOf(over.world).map(({ metadata }) => metadata.finalizers)).toEqual(Array(3).fill(undefined));
    expect(told(over).at(-1)).toBe('Completed: Job completed');
  });

  test('tries again 10, 20, 40 s after the last failure, and fails at its limit at once', () => {
    const over = play(jobOf('sleep 1; exit 1', { backoffLimit: 3 }), 100_000);
    const pods = [...podsOf(over.world)].sort((a, b) => (finished(a) < finished(b) ? -1 : 1));
    const ends = pods.map((pod) => (parseRfc3339(finished(pod)) ?? 0) - settingsOf({}).epochMs);
    const [, ...later] = creations(over);
    expect(later.map((at, index) => at - (ends[index] ?? 0))).toEqual([10_000, 20_000, 40_000]);
    expect(workOf(over)?.status?.failed).toBe(4);
    expect(endings(workOf(over))).toEqual([
      'FailureTarget/BackoffLimitExceeded',
      'Failed/BackoffLimitExceeded',
    ]);
    expect(told(over)).toContain('BackoffLimitExceeded: Job has reached the specified backoff limit');
  });

  test('that restarts in place fails when its restarts reach the limit, and its pod is deleted', () => {
    const over = play(jobOf('sleep 1; exit 1', { backoffLimit: 2 }, 'OnFailure'), 40_000);
    expect(endings(workOf(over)).at(-1)).toBe('Failed/BackoffLimitExceeded');
    expect(workOf(over)?.status).toMatchObject({ failed: 1, terminating: 0 });
    expect(podsOf(over.world)).toEqual([]);
    expect(creations(over)).toHaveLength(1);
  });

  test('that takes too long has failed only when its pod is gone', () => {
    const job = jobOf('trap "" TERM; sleep 1000', { activeDeadlineSeconds: 5 });
    expect(endings(workOf(play(job, 8000)))).toEqual(['FailureTarget/DeadlineExceeded']);
    const over = play(job, 45_000);
    expect(endings(workOf(over))).toEqual(['FailureTarget/DeadlineExceeded', 'Failed/DeadlineExceeded']);
    expect(workOf(over)?.status?.failed).toBe(1);
  });

  test('counts a pod that is taken away as a failure, and replaces it', () => {
    const job = jobOf('sleep 1000');
    const [pod] = podsOf(play(job, 5000).world);
    const typed = [create(0, job, 'jobs.batch'), deletion(5000, pod?.metadata.name ?? '', 0)];
    const over = playWorkloads(typed, { until: 20_000, more, calm: true });
    expect(workOf(over)?.status).toMatchObject({ failed: 1, active: 1 });
    const [, second = 0] = creations(over);
    expect(second).toBeGreaterThanOrEqual(14_000);
  });

  test('that is indexed gives each pod its index, the lowest first, and says which are done', () => {
    const script = 'sleep 2; test work-$JOB_COMPLETION_INDEX = $HOSTNAME';
    const spec = { completions: 4, parallelism: 3, completionMode: 'Indexed' };
    const early = play(jobOf(script, spec), 1000);
    expect(podsOf(early.world).map(({ spec: { hostname } }) => hostname)).toEqual([
      'work-0',
      'work-1',
      'work-2',
    ]);
    const over = play(jobOf(script, spec), 30_000);
    expect(workOf(over)?.status).toMatchObject({ succeeded: 4, completedIndexes: '0-3' });
    expect(endings(workOf(over)).at(-1)).toBe('Complete/CompletionsReached');
  });

  test('with a limit for each index goes on with the others', () => {
    const spec = { completions: 3, parallelism: 3, completionMode: 'Indexed', backoffLimitPerIndex: 1 };
    const over = play(jobOf('sleep 1; test $JOB_COMPLETION_INDEX != 1', spec), 60_000);
    expect(workOf(over)?.status).toMatchObject({ completedIndexes: '0,2', failedIndexes: '1', failed: 2 });
    expect(endings(workOf(over)).at(-1)).toBe('Failed/FailedIndexes');
  });

  test('fails by the first rule that fits, and names the container and its code', () => {
    const rules = [
      { action: 'Ignore', onExitCodes: { operator: 'In', values: [3] } },
      { action: 'FailJob', onExitCodes: { operator: 'In', values: [42] } },
    ];
    const spec = { backoffLimit: 0, podFailurePolicy: { rules } };
    const over = play(jobOf('exit 42', spec), 10_000);
    const failed = workOf(over)?.status?.conditions?.find(({ type }) => type === 'Failed');
    expect(failed?.reason).toBe('PodFailurePolicy');
    expect(failed?.message).toMatch(
      /^Container c for pod default\/work-\w+ failed with exit code 42 matching FailJob rule at index 1$/,
    );
    const ignored = play(jobOf('exit 3', spec), 20_000);
    expect(workOf(ignored)?.status?.failed).toBeUndefined();
    expect(creations(ignored).length).toBeGreaterThan(1);
  });

  test('that is suspended has no pods', () => {
    const over = play(jobOf('sleep 4', { suspend: true }), 5000);
    expect(podsOf(over.world)).toEqual([]);
    expect(endings(workOf(over))).toEqual(['Suspended/JobSuspended']);
    expect(workOf(over)?.status).not.toHaveProperty('startTime');
  });

  test('is deleted some time after its end, if it says so', () => {
    const job = jobOf('exit 0', { ttlSecondsAfterFinished: 10 });
    expect(workOf(play(job, 10_000))).toBeDefined();
    const over = play(job, 20_000);
    expect(workOf(over)).toBeUndefined();
    expect(podsOf(over.world)).toEqual([]);
  });

  test('of 1.20 says at once that it has failed', () => {
    const over = playWorkloads([create(0, jobOf('exit 1', { backoffLimit: 0 }), 'jobs.batch')], {
      until: 20_000,
      more,
      minor: 20,
    });
    expect(endings(workOf(over))).toEqual(['Failed/BackoffLimitExceeded']);
    expect(workOf(over)?.status).not.toHaveProperty('terminating');
  });
});

function finished(pod: Pod): string {
  return pod.status?.containerStatuses?.[0]?.state?.terminated?.finishedAt ?? '';
}
