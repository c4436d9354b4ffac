import { describe, expect, test } from 'vitest';
import { jobController } from '../../../../src/cluster/controllers/job/job.ts';
import type { CoreEvent, Job, JobSpec } from '../../../../src/cluster/objects/kubernetes.ts';
import { changeOf } from '../../../../src/cluster/world/changes.ts';
import { create, type Play } from '../../node/play.ts';
import { objectsOf, playWorkloads, podsOf } from '../workloads.ts';

function jobOf(spec: Partial<JobSpec>, script: string): Job {
  const containers = [{ name: 'c', image: 'busybox:1.36', command: ['sh', '-c', script] }];
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name: 'work', namespace: 'default' },
    spec: { template: { spec: { restartPolicy: 'Never', containers } }, ...spec },
  };
}

function play(spec: Partial<JobSpec>, script: string, until: number): Play {
  const typed = [create(1000, jobOf(spec, script), 'jobs.batch')];
  return playWorkloads(typed, { until, minor: 20, calm: true, more: [jobController] });
}

/** When pods were made, in seconds since the first. */
function secondsOf({ log, world }: Play): readonly number[] {
  const times = log.flatMap((entry) => {
    const change = changeOf(world.store.tables, entry);
    return change?.resource === 'pods' && change.type === 'ADDED' ? [entry.at] : [];
  });
  return times.map((at) => (at - (times[0] ?? 0)) / 1000);
}

const statusOf = ({ world }: Play) => objectsOf<Job>(world, 'jobs.batch')[0]?.status;

function eventsOf({ world }: Play): readonly string[] {
  return objectsOf<CoreEvent>(world, 'events')
    .filter(({ involvedObject }) => involvedObject.kind === 'Job')
    .map(({ reason, count }) => `${reason} x${count}`);
}

describe('a Job of 1.20', () => {
  test('keeps no pod from going', () => {
    const over = play({}, 'sleep 60', 10_000);
    expect(podsOf(over.world).map(({ metadata }) => metadata.finalizers)).toEqual([undefined]);
    expect(statusOf(over)).toMatchObject({ active: 1 });
    expect(statusOf(over)).not.toHaveProperty('ready');
  });

  test('replaces its first failed pod at once, and looks again after 10, 20 and 40 seconds', () => {
    const over = play({ backoffLimit: 3 }, 'exit 1', 120_000);
    const [, second = 0, third = 0, fourth = 0, ...others] = secondsOf(over);
    expect(second).toBeLessThan(6);
    expect(Math.round(third - second)).toBe(10);
    expect(Math.round(fourth - third)).toBe(20);
    expect(others).toEqual([]);
    expect(statusOf(play({ backoffLimit: 3 }, 'exit 1', 66_000))?.conditions).toBeUndefined();
    expect(statusOf(over)).toMatchObject({
      failed: 4,
      conditions: [{ type: 'Failed', reason: 'BackoffLimitExceeded' }],
    });
    expect(eventsOf(over)).toContain('BackoffLimitExceeded x1');
  });

  test('fails at its deadline, and tells so twice', () => {
    const over = play({ activeDeadlineSeconds: 5 }, 'sleep 60', 30_000);
    expect(statusOf(over)).toMatchObject({ conditions: [{ type: 'Failed', reason: 'DeadlineExceeded' }] });
    expect(statusOf(over)).not.toHaveProperty('failed');
    expect(eventsOf(over)).toContain('DeadlineExceeded x2');
  });

  test('is complete when it has all its successes', () => {
    const over = play({ completions: 3, parallelism: 2 }, 'sleep 1', 60_000);
    expect(statusOf(over)).toMatchObject({ succeeded: 3, conditions: [{ type: 'Complete' }] });
    expect(statusOf(over)?.completionTime).toBeDefined();
    expect(eventsOf(over)).toContain('Completed x1');
  });
});
