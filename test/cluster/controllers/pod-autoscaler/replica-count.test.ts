import { describe, expect, test } from 'vitest';
import {
  isWithin,
  replicasByAverage,
  replicasByRatio,
  replicasByShare,
  replicasByUtilization,
  type Sorted,
  type Tolerances,
} from '../../../../src/cluster/controllers/pod-autoscaler/replica-count.ts';

const NOW: Tolerances = { up: 0.1, down: 0.1, isOld: false };
const BEFORE_1_33: Tolerances = { ...NOW, isOld: true };

interface Pods {
  /** Millicores of each pod that counts. */
  readonly used: readonly number[];
  readonly unready?: number;
  readonly missing?: number;
  readonly current?: number;
  readonly tolerances?: Tolerances;
}

function sorted({ used, unready = 0, missing = 0 }: Pods): Sorted {
  const named = (kind: string, count: number): string[] =>
    Array.from({ length: count }, (_, index) => `${kind}-${index}`);
  return {
    counted: new Map(used.map((value, index) => [`pod-${index}`, value])),
    unready: named('unready', unready),
    missing: named('missing', missing),
    readyCount: used.length,
  };
}

/** Each pod requests 200m. */
function byUtilization(pods: Pods, target: number): number {
  const given = sorted(pods);
  const all = [...given.counted.keys(), ...given.unready, ...given.missing];
  const requests = new Map(all.map((pod) => [pod, 200]));
  const { current = all.length, tolerances = NOW } = pods;
  return replicasByUtilization({ current, tolerances, sorted: given }, { requests, target }).replicas;
}

const each = (count: number, value: number): number[] => Array.from({ length: count }, () => value);

describe('replicas by the share of what is requested', () => {
  test.each<[why: string, pods: Pods, target: number, replicas: number]>([
    ['three quarters where half is wanted', { used: each(4, 150) }, 50, 6],
    ['a tenth above is near enough', { used: each(3, 110) }, 50, 3],
    ['and was not in the arithmetic before 1.33', { used: each(3, 110), tolerances: BEFORE_1_33 }, 50, 4],
    ['a tenth below is near enough', { used: each(3, 90) }, 50, 3],
    ['parts of a percent are cut off', { used: each(3, 111.9) }, 50, 3],
    ['nothing is used', { used: each(10, 0) }, 50, 0],
    ['one that is missing is taken to use nothing on the way up', { used: each(3, 300), missing: 1 }, 100, 5],
    ['and all that it requested on the way down', { used: each(3, 50), missing: 1 }, 100, 2],
    ['or its target, if that is more', { used: each(3, 50), missing: 1 }, 200, 2],
    ['those that are not ready use nothing on the way up', { used: each(2, 400), unready: 1 }, 100, 4],
    ['and do not count on the way down', { used: each(2, 50), unready: 2 }, 100, 1],
    ['what is missing may keep it as it is', { used: each(1, 300), missing: 3 }, 100, 4],
    ['and never turns it round', { used: each(3, 120), missing: 2 }, 50, 5],
  ])('%s', (_why, pods, target, replicas) => {
    expect(byUtilization(pods, target)).toBe(replicas);
  });

  test('the percentage that is told is that of the pods that count', () => {
    const given = sorted({ used: [100, 201], missing: 1 });
    const requests = new Map(['pod-0', 'pod-1', 'missing-0'].map((pod) => [pod, 200]));
    const proposal = replicasByUtilization(
      { current: 3, tolerances: NOW, sorted: given },
      { requests, target: 50 },
    );
    expect(proposal).toEqual({ replicas: 3, utilization: 75, average: 150 });
  });
});

describe('replicas by what a pod uses on average', () => {
  test.each<[why: string, pods: Pods, target: number, replicas: number]>([
    ['twice as much', { used: each(2, 1000) }, 500, 4],
    ['within the tolerance', { used: each(2, 540) }, 500, 2],
    [
      'a missing one is taken to use what is wanted on the way down',
      { used: each(3, 100), missing: 1 },
      500,
      2,
    ],
  ])('%s', (_why, pods, target, replicas) => {
    const given = sorted(pods);
    const current = given.readyCount + given.missing.length;
    expect(replicasByAverage({ current, tolerances: NOW, sorted: given }, target).replicas).toBe(replicas);
  });
});

describe('replicas by one number for all', () => {
  test.each([
    [2, 4, 8],
    [1.05, 4, 4],
    [0.5, 5, 3],
  ])('at %f of what is wanted, %i become %i', (ratio, readyCount, replicas) => {
    expect(replicasByRatio(ratio, { current: readyCount, readyCount, tolerances: NOW })).toBe(replicas);
  });

  test('from none it goes by the number alone', () => {
    expect(replicasByRatio(2.5, { current: 0, readyCount: 0, tolerances: NOW })).toBe(3);
  });

  test('a number that all share is divided by what each may have', () => {
    const given = { reported: 2, target: 30_000, tolerances: NOW };
    expect(replicasByShare(100_000, given)).toEqual({ replicas: 4, average: 50_000 });
    expect(replicasByShare(63_000, given)).toEqual({ replicas: 2, average: 31_500 });
  });
});

test.each([
  [0.9, true],
  [0.89, false],
  [1.1, true],
  [1.11, false],
])('a ratio of %f is within the tolerance: %s', (ratio, within) => {
  expect(isWithin(ratio, NOW)).toBe(within);
});

test('each direction may have a tolerance of its own', () => {
  const own = { up: 0, down: 0.5, isOld: false };
  expect([1.01, 0.6, 0.4].map((ratio) => isWithin(ratio, own))).toEqual([false, true, false]);
});
