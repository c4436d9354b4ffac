import { expect, test } from 'vitest';
import type { BackOff } from '../../../../src/cluster/contract/pod-worker-row.ts';
import { isBackingOff, nextBackOff } from '../../../../src/cluster/node/pod-worker/crash-back-off.ts';

const SECONDS = 1000;

/** Restarts of something that runs for so long each time, restarted as soon as it may: what it has waited. */
function waits(runsMs: number, count: number): number[] {
  let now = 0;
  let entry: BackOff | undefined;
  const waited: number[] = [];
  for (let restart = 0; restart < count; restart++) {
    now += runsMs;
    const ended = now;
    while (isBackingOff(entry, ended, now)) now += SECONDS;
    waited.push((now - ended) / SECONDS);
    entry = nextBackOff(entry, ended, now);
  }
  return waited;
}

test('what fails at once waits 0, 10, 20, 40, 80, 160 and then 300 seconds', () => {
  expect(waits(0, 9)).toEqual([0, 10, 20, 40, 80, 160, 300, 300, 300]);
});

test('what has run for more than ten minutes begins anew', () => {
  const after = 601 * SECONDS;
  expect(waits(after, 4)).toEqual([0, 0, 0, 0]);
  expect(waits(599 * SECONDS, 4)).toEqual([0, 10, 20, 40]);
});
