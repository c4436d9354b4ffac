import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { AutoscalerRow } from '../../../../src/cluster/contract/autoscaler-row.ts';
import {
  type Normalizing,
  normalize,
  normalizeByRules,
} from '../../../../src/cluster/controllers/pod-autoscaler/stabilize.ts';
import type { HPAScalingRules } from '../../../../src/cluster/objects/kubernetes.ts';

const SECOND = 1000;
const NOW = 1000 * SECOND;
const NOTHING: Normalizing['memory'] = { recommended: [], changes: [] };

const given = (more: Partial<Normalizing>): Normalizing => ({
  now: NOW,
  current: 1,
  desired: 1,
  min: 1,
  max: 20,
  memory: NOTHING,
  ...more,
});

/** Sizes that were right until the second that comes after them, which is so long ago. */
const remembered = (
  ...sizes: readonly (readonly [size: number, secondsAgo: number])[]
): AutoscalerRow['recommended'] => sizes.map(([size, ago]) => ({ size, from: NOW - ago * SECOND }));

describe('where an autoscaler says nothing of its pace', () => {
  test('from one it becomes twenty by four, eight and sixteen', () => {
    const sizes = [1];
    while (sizes.length < 6) {
      const current = sizes.at(-1) ?? 1;
      sizes.push(normalize(given({ current, desired: 20 })).replicas);
    }
    expect(sizes).toEqual([1, 4, 8, 16, 20, 20]);
  });

  test.each<[why: string, more: Partial<Normalizing>, replicas: number, able: string, limited: string]>([
    ['nothing changes', {}, 1, 'ReadyForNewScale', 'DesiredWithinRange'],
    ['faster than it may', { desired: 9, current: 2 }, 4, 'ReadyForNewScale', 'ScaleUpLimit'],
    ['more than there may be', { desired: 9, current: 5, max: 6 }, 6, 'ReadyForNewScale', 'TooManyReplicas'],
    ['fewer than there must be', { desired: 0, current: 5, min: 2 }, 2, 'ReadyForNewScale', 'TooFewReplicas'],
    [
      'more were right four minutes ago',
      { desired: 2, current: 8, memory: { ...NOTHING, recommended: remembered([8, 400], [2, 240]) } },
      8,
      'ScaleDownStabilized',
      'DesiredWithinRange',
    ],
    [
      'more were right just five minutes ago',
      { desired: 2, current: 8, memory: { ...NOTHING, recommended: remembered([8, 400], [2, 285]) } },
      8,
      'ScaleDownStabilized',
      'DesiredWithinRange',
    ],
    [
      'and longer ago than that',
      { desired: 2, current: 8, memory: { ...NOTHING, recommended: remembered([8, 400], [2, 300]) } },
      2,
      'ReadyForNewScale',
      'DesiredWithinRange',
    ],
  ])('%s', (_why, more, replicas, able, limited) => {
    const found = normalize(given(more));
    expect([found.replicas, found.able.reason, found.limited.reason]).toEqual([replicas, able, limited]);
  });
});

const rule = (
  type: string,
  value: number,
  periodSeconds: number,
  more: HPAScalingRules = {},
): HPAScalingRules => ({
  stabilizationWindowSeconds: 0,
  selectPolicy: 'Max',
  policies: [{ type, value, periodSeconds }],
  ...more,
});

describe('where it says how fast it goes', () => {
  test.each<
    [why: string, more: Partial<Normalizing>, up: HPAScalingRules, down: HPAScalingRules, replicas: number]
  >([
    ['two pods a minute', { current: 4, desired: 9 }, rule('Pods', 2, 60), {}, 6],
    [
      'of which one came half a minute ago',
      { current: 4, desired: 9, memory: { ...NOTHING, changes: [{ by: 1, at: NOW - 30 * SECOND }] } },
      rule('Pods', 2, 60),
      {},
      5,
    ],
    ['half as many more, rounded up', { current: 5, desired: 20 }, rule('Percent', 50, 60), {}, 8],
    ['a tenth fewer, rounded down', { current: 15, desired: 1 }, {}, rule('Percent', 10, 60), 13],
    ['not at all', { current: 15, desired: 1 }, {}, rule('Pods', 1, 60, { selectPolicy: 'Disabled' }), 15],
    [
      'the least of what is allowed',
      { current: 10, desired: 1 },
      {},
      {
        ...rule('Pods', 4, 60, { selectPolicy: 'Min' }),
        policies: [
          { type: 'Pods', value: 4, periodSeconds: 60 },
          { type: 'Percent', value: 10, periodSeconds: 60 },
        ],
      },
      9,
    ],
    [
      'the lowest of the window on the way up',
      { current: 2, desired: 8, memory: { ...NOTHING, recommended: remembered([3, 60], [8, 15]) } },
      rule('Percent', 900, 15, { stabilizationWindowSeconds: 60 }),
      {},
      3,
    ],
    ['at once on the way down', { current: 9, desired: 3 }, {}, rule('Percent', 100, 15), 3],
  ])('%s', (_why, more, scaleUp, scaleDown, replicas) => {
    expect(normalizeByRules(given(more), { scaleUp, scaleDown }).replicas).toBe(replicas);
  });
});

const rules: fc.Arbitrary<HPAScalingRules> = fc.record({
  stabilizationWindowSeconds: fc.integer({ min: 0, max: 3600 }),
  selectPolicy: fc.constantFrom('Max', 'Min', 'Disabled'),
  policies: fc.array(
    fc.record({
      type: fc.constantFrom('Pods', 'Percent'),
      value: fc.integer({ min: 1, max: 200 }),
      periodSeconds: fc.integer({ min: 1, max: 1800 }),
    }),
    { minLength: 1, maxLength: 3 },
  ),
});

test('whatever it is told, and however fast it may go, it stays within its bounds', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 50 }),
      fc.integer({ min: 0, max: 50 }),
      fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 1, maxLength: 40 }),
      fc.option(fc.record({ scaleUp: rules, scaleDown: rules })),
      (min, more, wanted, behavior) => {
        const max = min + more;
        const recommended: { size: number; from: number }[] = [];
        const changes: { by: number; at: number }[] = [];
        let current = min;
        for (const [index, desired] of wanted.entries()) {
          const now = index * 15 * SECOND;
          const look = { now, current, desired, min, max, memory: { recommended, changes } };
          const { replicas } = behavior ? normalizeByRules(look, behavior) : normalize(look);
          expect(replicas).toBeGreaterThanOrEqual(min);
          expect(replicas).toBeLessThanOrEqual(max);
          if (!behavior) expect(replicas).toBeLessThanOrEqual(Math.max(2 * current, 4));
          if (replicas !== current) changes.push({ by: replicas - current, at: now });
          recommended.push({ size: desired, from: now });
          current = replicas;
        }
      },
    ),
  );
});
