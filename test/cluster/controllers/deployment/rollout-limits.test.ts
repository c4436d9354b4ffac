import { expect, test } from 'vitest';
import { maxSurge, maxUnavailable } from '../../../../src/cluster/controllers/deployment/rollout-limits.ts';
import { deploymentOf } from '../workloads.ts';

test.each`
  replicas | surge    | unavailable | maxSurge | maxUnavailable | why
  ${10}    | ${'25%'} | ${'25%'}    | ${3}     | ${2}           | ${'one is rounded up, the other down'}
  ${1}     | ${'25%'} | ${'25%'}    | ${1}     | ${0}           | ${'one more before one less'}
  ${3}     | ${'25%'} | ${'25%'}    | ${1}     | ${0}           | ${'a quarter of three is less than one'}
  ${4}     | ${'25%'} | ${'25%'}    | ${1}     | ${1}           | ${'a quarter of four is one'}
  ${5}     | ${0}     | ${'10%'}    | ${0}     | ${1}           | ${'both come to 0, so one may be missing'}
  ${3}     | ${0}     | ${7}        | ${0}     | ${3}           | ${'no more can be missing than are wanted'}
  ${0}     | ${1}     | ${1}        | ${1}     | ${0}           | ${'nothing is wanted'}
  ${100}   | ${'1%'}  | ${'100%'}   | ${1}     | ${100}         | ${'shares may be all'}
`('$replicas replicas, $surge and $unavailable: $maxSurge more and $maxUnavailable less, as $why', (row) => {
  const rollingUpdate = { maxSurge: row.surge, maxUnavailable: row.unavailable };
  const deployment = deploymentOf({
    replicas: row.replicas,
    strategy: { type: 'RollingUpdate', rollingUpdate },
  });
  expect([maxSurge(deployment), maxUnavailable(deployment)]).toEqual([row.maxSurge, row.maxUnavailable]);
});

test('a Recreate knows neither', () => {
  const deployment = deploymentOf({ strategy: { type: 'Recreate' } });
  expect([maxSurge(deployment), maxUnavailable(deployment)]).toEqual([0, 0]);
});
