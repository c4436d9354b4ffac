import { describe, expect, test } from 'vitest';
import type { ImageBehaviour } from '../../../../src/cluster/node/images/image-definition.ts';
import type { ProgramDefinition } from '../../../../src/cluster/node/images/program-definition.ts';
import { memoryExceedsAt, usageOf } from '../../../../src/cluster/node/processes/usage-of.ts';
import { EPOCH_MS, imageOf, play } from './play.ts';

const MEBI = 1 << 20;

/** The usage of what runs at the end of a play of so many milliseconds. */
function endOf(argv: readonly string[], untilMs: number, image: ImageBehaviour = imageOf('busybox')) {
  const { state } = play({ argv, untilMs, image });
  const host = { files: {}, image, epochMs: EPOCH_MS, hostname: 'web-0', draw: () => 0 };
  if (!state) throw new Error('it has ended');
  return {
    usage: (now: number) => usageOf(state, host, now),
    exceedsAt: (bytes: number, now: number) => memoryExceedsAt(state, host, { bytes, now }),
  };
}

const imageWith = (program: ProgramDefinition): ImageBehaviour => ({
  ...imageOf('busybox'),
  programs: { '/app': program },
});

describe('processors that are kept busy', () => {
  test.each<[readonly string[], number]>([
    [['sleep', '600'], 0],
    [['sh', '-c', 'yes > /dev/null'], 1],
    [['sh', '-c', 'yes > /dev/null & dd if=/dev/zero of=/dev/null & wait'], 2],
    [['md5sum', '/dev/zero'], 1],
    [['sh', '-c', 'cat /dev/urandom > /dev/null'], 1],
  ])('%j: %d', (argv, cpus) => {
    expect(endOf(argv, 1000).usage(1000).cpus).toBe(cpus);
  });
});

describe('memory', () => {
  test('a sleeping shell takes little and never more', () => {
    const { usage, exceedsAt } = endOf(['sh', '-c', 'while :; do sleep 10; done'], 1000);
    expect(usage(1000).memoryBytes).toBeLessThan(MEBI);
    expect(exceedsAt(MEBI, 1000)).toBeUndefined();
    expect(exceedsAt(1000, 1000)).toBe(1000);
  });

  test('reading /dev/zero into memory reaches a limit soon after it began', () => {
    const at = endOf(['sh', '-c', 'sleep 2; tail /dev/zero'], 3000).exceedsAt(30 * MEBI, 2000);
    expect(at).toBeGreaterThan(2020);
    expect(at).toBeLessThan(2200);
  });

  test('a program takes what its definition says, along straight lines', () => {
    const memory = [
      { atMs: 0, bytes: 10 * MEBI },
      { atMs: 60_000, bytes: 70 * MEBI },
      { atMs: 120_000, bytes: 70 * MEBI },
    ];
    const { usage, exceedsAt } = endOf(['/app'], 1000, imageWith({ memory }));
    expect([0, 30_000, 60_000, 500_000].map((now) => usage(now).memoryBytes / MEBI)).toEqual([
      10, 40, 70, 70,
    ]);
    const at = exceedsAt(40 * MEBI, 1000) ?? 0;
    expect([usage(at - 1).memoryBytes > 40 * MEBI, usage(at).memoryBytes > 40 * MEBI]).toEqual([false, true]);
    expect(exceedsAt(70 * MEBI, 1000)).toBeUndefined();
  });
});
