import { expect, test } from 'vitest';
import { jobFor } from '../../../../src/cluster/controllers/cron-job/job-for.ts';
import type { CronJob } from '../../../../src/cluster/objects/kubernetes.ts';
import { UTC } from '../../../../src/cluster/objects/schedule/time-zones.ts';

const cronJob: CronJob = {
  apiVersion: 'batch/v1',
  kind: 'CronJob',
  metadata: { name: 'hello', namespace: 'default', uid: 'u' },
  spec: { schedule: '*/5 * * * *', jobTemplate: { spec: { template: {} } } },
};

test.each([
  [36, 'hello-28401125'],
  [20, 'hello-1704067500'],
])('the run of five past midnight on 1 January 2024 is, in 1.%i, %s', (minor, name) => {
  const at = Date.UTC(2024, 0, 1, 0, 5);
  expect(jobFor(cronJob, at, { zone: UTC, version: { minor, patch: 0 } }).metadata.name).toBe(name);
});
