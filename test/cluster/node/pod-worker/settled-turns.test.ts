import { describe, expect, test } from 'vitest';
import type { PodWorkerRow } from '../../../../src/cluster/contract/pod-worker-row.ts';
import type { ClusterSettings } from '../../../../src/cluster/contract/settings.ts';
import { releaseAt, statusTurn } from '../../../../src/cluster/node/pod-worker/settled-turns.ts';

const POD = { namespace: 'shop', name: 'web', uid: 'u1' };

describe('when a status is told that waits behind others', () => {
  const turn = (now: number, settled: string, minor = 20) =>
    statusTurn(
      {
        chance: { seed: '1', outcomes: { 'status turn shop web u1 Running': settled } },
        settings: { version: { major: 1, minor, patch: 2 } } as unknown as ClusterSettings,
      },
      POD,
      { status: { phase: 'Running' }, now },
    );

  test.each([
    ['when its turn came', 10_000, '12000', 12_000],
    ['at once if that was before', 10_000, '9000', undefined],
    ['at once if it would wait for longer than any queue is', 10_000, '27000', undefined],
    ['of several turns that which is nearest', 10_000, '2000 11000 15000', 11_000],
    ['at once if the nearest was before', 10_000, '9000 15000', undefined],
  ])('%s', (_what, now, settled, at) => {
    expect(turn(now, settled)).toBe(at);
  });

  test('a kubelet that may make fifty requests a second keeps nobody waiting', () => {
    expect(turn(10_000, '12000', 36)).toBeUndefined();
  });
});

describe('when a pod is let go of', () => {
  const ticks = { anchor: 0, period: 10_000 };
  const release = (settled: string | undefined, reclaimedAt?: number) =>
    releaseAt(
      { seed: '1', outcomes: settled === undefined ? {} : { 'release turn shop web u1': settled } },
      { ...POD, ...(reclaimedAt !== undefined && { reclaimedAt }) } as PodWorkerRow,
      { ticks, from: 12_000 },
    );

  test.each([
    ['never before what it held is given back', '15000', undefined, undefined],
    ['with the next tick', undefined, 13_000, 20_000],
    ['when it was, a status that waited being told before the tick', '15000', 13_000, 15_000],
    ['when it was, a tick later', '30100', 13_000, 30_100],
    ['not before that', '12500', 13_000, 20_000],
    ['not two ticks later', '40100', 13_000, 20_000],
  ])('%s', (_what, settled, reclaimedAt, at) => {
    expect(release(settled, reclaimedAt)).toBe(at);
  });
});
