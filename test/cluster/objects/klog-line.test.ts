import { describe, expect, test } from 'vitest';
import { klogLine } from '../../../src/cluster/objects/klog-line.ts';

const EPOCH_MS = Date.UTC(2026, 0, 1, 0, 0, 5, 123);

describe('a line of klog', () => {
  test('of a program in a container bears the number 1, as its only process does', () => {
    expect(klogLine('E', 'run.go:72', { epochMs: EPOCH_MS, text: '"command failed"' })).toBe(
      'E0101 00:00:05.123000       1 run.go:72] "command failed"',
    );
  });

  test('of a program on a machine bears its own number, seven wide', () => {
    expect(klogLine('W', 'preflight.go:56', { epochMs: EPOCH_MS, pid: 1801, text: 'x' })).toBe(
      'W0101 00:00:05.123000    1801 preflight.go:56] x',
    );
  });
});
