import { describe, expect, test } from 'vitest';
import { cronJobController } from '../../../../src/cluster/controllers/cron-job/cron-job.ts';
import { jobController } from '../../../../src/cluster/controllers/job/job.ts';
import type { CoreEvent, CronJob, CronJobSpec, Job } from '../../../../src/cluster/objects/kubernetes.ts';
import { create, type Play } from '../../node/play.ts';
import { objectsOf, playWorkloads } from '../workloads.ts';

const more = [jobController, cronJobController];

function cronJobOf(script: string, spec: Partial<CronJobSpec> = {}): CronJob {
  const containers = [{ name: 'c', image: 'busybox:1.36', command: ['sh', '-c', script] }];
  return {
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    metadata: { name: 'hello', namespace: 'default' },
    spec: {
      schedule: '* * * * *',
      jobTemplate: { spec: { template: { spec: { restartPolicy: 'Never', containers } } } },
      ...spec,
    },
  };
}

/** The clusters of these tests begin at 05:08:15. */
function play(cronJob: CronJob, until: number, minor = 36): Play {
  return playWorkloads([create(0, cronJob, 'cronjobs.batch')], { until, more, calm: true, minor });
}

function jobs({ world }: Play): readonly string[] {
  return objectsOf<Job>(world, 'jobs.batch').map(({ metadata }) => metadata.name ?? '');
}

function told({ world }: Play): readonly string[] {
  return objectsOf<CoreEvent>(world, 'events')
    .filter(({ involvedObject }) => involvedObject.kind === 'CronJob')
    .map(({ reason, message }) => `${reason}: ${message}`);
}

describe('a CronJob', () => {
  test('begins a Job a tenth of a second after each full minute, named by the minute', () => {
    const over = play(cronJobOf('exit 0'), 110_000);
    expect(jobs(over)).toEqual(['hello-29920629', 'hello-29920630']);
    const created = over.log.filter(
      ({ event }) => event.type === 'ObjectCreated' && event.resource === 'jobs.batch',
    );
    expect(created.map(({ at }) => at)).toEqual([45_100, 105_100]);
    expect(told(over)).toEqual(
      expect.arrayContaining([
        'SuccessfulCreate: Created job hello-29920629',
        'SawCompletedJob: Saw completed job: hello-29920629, condition: Complete',
      ]),
    );
    const [cronJob] = objectsOf<CronJob>(over.world, 'cronjobs.batch');
    expect(cronJob?.status).toMatchObject({ lastScheduleTime: '2026-11-21T05:10:00Z' });
    expect(cronJob?.status?.lastSuccessfulTime).toMatch(/^2026-11-21T05:10:0\d/);
  });

  test('keeps three that succeeded', () => {
    const over = play(cronJobOf('exit 0'), 240_000);
    expect(jobs(over)).toEqual(['hello-29920630', 'hello-29920631', 'hello-29920632']);
    expect(told(over)).toContain('SuccessfulDelete: Deleted job hello-29920629');
  });

  test('that forbids begins a missed run as soon as the one before is over', () => {
    const over = play(cronJobOf('sleep 70', { concurrencyPolicy: 'Forbid' }), 150_000);
    const why = 'prior execution is running and concurrency policy is Forbid';
    expect(told(over)).toContain(`JobAlreadyActive: Not starting job because ${why}`);
    const created = over.log.flatMap(({ at, event }) =>
      event.type === 'ObjectCreated' && event.resource === 'jobs.batch' ? [at] : [],
    );
    expect(created[0]).toBe(45_100);
    expect(created[1]).toBeGreaterThan(115_000);
    expect(created[1]).toBeLessThan(120_000);
    expect(jobs(over)).toEqual(['hello-29920629', 'hello-29920630']);
  });

  test('that replaces deletes what still runs', () => {
    const over = play(cronJobOf('sleep 1000', { concurrencyPolicy: 'Replace' }), 110_000);
    expect(jobs(over)).toEqual(['hello-29920630']);
    expect(told(over)).toContain('SuccessfulDelete: Deleted job hello-29920629');
  });

  test('that is suspended begins none', () => {
    expect(jobs(play(cronJobOf('exit 0', { suspend: true }), 200_000))).toEqual([]);
  });

  test('of 1.20 looks every ten seconds, and names Jobs by seconds', () => {
    const over = play(cronJobOf('exit 0'), 100_000, 20);
    expect(jobs(over)).toEqual([`hello-${29920629 * 60}`]);
  });
});
