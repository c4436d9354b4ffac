import { expect, test } from 'vitest';
import { LAGS, lagOf } from '../../src/compare/lags.ts';
import type { WatchedChange } from '../../src/compare/play.ts';
import { formatRfc3339 } from '../../src/kernel/time/rfc3339.ts';

const START_MS = Date.UTC(2026, 10, 21);
const { quiet, busy } = LAGS;

/** Pods whose starts were told so much later. */
function told(agesMs: readonly number[], containerID = 'containerd://1'): readonly WatchedChange[] {
  return agesMs.map((age, index) => ({
    atMs: 60_000 + age,
    type: 'MODIFIED',
    object: {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: `p${index}`, uid: `${index}` },
      status: {
        containerStatuses: [
          { name: 'c', containerID, state: { running: { startedAt: formatRfc3339(START_MS + 60_000) } } },
        ],
      },
    } as WatchedChange['object'],
  }));
}

test.each([
  ['tell soon', told([500, 900, 1700]), 20, quiet.lagMs],
  ['are late once', told([1500, 1500, 6800]), 20, quiet.lagMs],
  ['are very late once', told([1500, 1500, 9000]), 20, busy.lagMs],
  ['are late mostly', told([4000, 5000, 900]), 20, busy.lagMs],
  ['only pretend', told([9000, 9000], 'fakeRuntime://1'), 20, quiet.lagMs],
  ['make fifty requests a second', told([9000, 9000]), 36, 0],
] as const)('kubelets that %s lag as they do', (_, changes, minor, lagMs) => {
  expect(lagOf({ minor, changes, startMs: START_MS })).toBe(lagMs);
});
