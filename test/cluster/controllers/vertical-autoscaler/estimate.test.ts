import { describe, expect, test } from 'vitest';
import type { VerticalSample } from '../../../../src/cluster/contract/vertical-row.ts';
import { estimate } from '../../../../src/cluster/controllers/vertical-autoscaler/estimate.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const MEBIBYTE = 1 << 20;

/** Millicores and mebibytes of one pod, from a minute on. */
const used = (minute: number, milli: number, mebibytes: number): VerticalSample => ({
  from: minute * MINUTE,
  used: { main: [[milli * 1e6, mebibytes * MEBIBYTE]] },
});

const at = (samples: readonly VerticalSample[], now: number, containers = 1) =>
  estimate(samples, { container: 'main', containers, now });

describe('what a container should request', () => {
  test('nothing is said where nothing is known', () => {
    expect(at([], MINUTE)).toBeUndefined();
  });

  test('never less than the least, which containers of a pod share', () => {
    expect(at([used(0, 1, 4)], 5 * MINUTE)?.target).toEqual({ cpu: 25, memory: 250 * MEBIBYTE });
    expect(at([used(0, 1, 4)], 5 * MINUTE, 2)?.target).toEqual({ cpu: 12, memory: 125 * MEBIBYTE });
  });

  test('what it used nine tenths of the time, to the end of its bucket, with a margin', () => {
    const found = at([used(0, 100, 300), used(95, 900, 300)], 100 * MINUTE);
    expect(found?.target.cpu).toBeGreaterThan(115);
    expect(found?.target.cpu).toBeLessThan(132);
  });

  test('the most memory that it ever took', () => {
    const found = at([used(0, 100, 600), used(1, 100, 300)], 100 * MINUTE);
    expect(found?.target.memory).toBeGreaterThan(600 * MEBIBYTE * 1.15);
    expect(found?.target.memory).toBeLessThan(600 * MEBIBYTE * 1.15 * 1.06);
  });

  test('the bounds come nearer while more is known', () => {
    const spans = [5 * MINUTE, 60 * MINUTE, DAY, 30 * DAY].map((now) => {
      const found = at([used(0, 500, 300)], now);
      return (found?.upper.cpu ?? 0) / (found?.lower.cpu ?? 1);
    });
    expect(spans).toEqual(spans.toSorted((a, b) => b - a));
    expect(spans[0]).toBeGreaterThan(100);
    expect(spans[3]).toBeLessThan(1.1);
  });
});
