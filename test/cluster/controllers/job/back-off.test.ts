import { expect, test } from 'vitest';
import { nextTryAt } from '../../../../src/cluster/controllers/job/back-off.ts';

test.each([
  [0, 0],
  [1, 10],
  [2, 20],
  [3, 40],
  [4, 80],
  [5, 160],
  [6, 320],
  [7, 600],
  [8, 600],
])('after %i failures the next try comes %i s later', (failures, seconds) => {
  const failedAt = 1_000_000;
  expect(nextTryAt({ failures, failedAt })).toBe(failures === 0 ? 0 : failedAt + seconds * 1000);
});
