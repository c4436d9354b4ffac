import { describe, expect, test } from 'vitest';
import { inDeletionOrder } from '../../../../src/cluster/controllers/shared/deletion-order.ts';
import type { Pod } from '../../../../src/cluster/objects/kubernetes.ts';
import { formatRfc3339 } from '../../../../src/kernel/time/rfc3339.ts';

const NOW = Date.UTC(2026, 10, 21, 5);
const ago = (seconds: number): string => formatRfc3339(NOW - seconds * 1000);

interface Draft {
  readonly node?: string;
  readonly phase?: string;
  /** For how many seconds it has been ready. */
  readonly ready?: number;
  readonly age?: number;
  readonly cost?: string;
  readonly restarts?: number;
  readonly uid?: string;
}

function podOf(name: string, draft: Draft): Pod {
  const { node = 'node-1', phase = 'Running', ready, age = 100, cost, restarts = 0, uid = name } = draft;
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name,
      uid,
      creationTimestamp: ago(age),
      ...(cost !== undefined && { annotations: { 'controller.kubernetes.io/pod-deletion-cost': cost } }),
    },
    spec: { containers: [], ...(node !== '' && { nodeName: node }) },
    status: {
      phase,
      conditions:
        ready === undefined ? [] : [{ type: 'Ready', status: 'True', lastTransitionTime: ago(ready) }],
      containerStatuses: [
        { name: 'main', image: 'busybox', imageID: '', ready: ready !== undefined, restartCount: restarts },
      ],
    },
  };
}

function order(
  first: Draft,
  second: Draft,
  { minor = 36, crowd = {} }: { minor?: number; crowd?: Record<string, number> } = {},
) {
  const neighbours = ({ spec }: Pod): number => crowd[spec.nodeName ?? ''] ?? 0;
  const ranking = { chance: { seed: '1' }, version: { minor, patch: 0 }, epochNow: NOW, neighbours };
  const [a, b] = [podOf('a', first), podOf('b', second)];
  const names = inDeletionOrder([a, b], ranking).map(({ metadata }) => metadata.name);
  // Whatever order they come in.
  expect(inDeletionOrder([b, a], ranking).map(({ metadata }) => metadata.name)).toEqual(names);
  return names[0];
}

describe('of two pods, the one goes first', () => {
  test.each<[why: string, goes: Draft, stays: Draft]>([
    ['that has no node', { node: '' }, { phase: 'Pending' }],
    ['that is pending', { phase: 'Pending', ready: 1 }, { phase: 'Running' }],
    ['that is not ready', {}, { ready: 1, cost: '-5' }],
    ['that costs less', { ready: 500, cost: '-1' }, { ready: 1 }],
    ['that has been ready for the shorter time', { ready: 60 }, { ready: 100 }],
    [
      'of the smaller uid, if both have been ready for about as long',
      { ready: 60, uid: 'a' },
      { ready: 40, uid: 'b' },
    ],
    ['that restarted more often', { ready: 60, restarts: 2 }, { ready: 60, restarts: 1 }],
    ['that is younger', { ready: 5, age: 10 }, { ready: 5, age: 100 }],
  ])('%s', (_why, goes, stays) => {
    expect(order(goes, stays)).toBe('a');
    expect(order(stays, goes)).toBe('b');
  });

  test('that has more of its kind on its node', () => {
    const crowd = { 'node-1': 1, 'node-2': 3 };
    expect(order({ node: 'node-1', ready: 1 }, { node: 'node-2', ready: 900 }, { crowd })).toBe('b');
  });

  test('whose cost is a number: other texts cost nothing', () => {
    for (const cost of ['1e3', '+3', '03', '2147483648', '']) {
      expect(order({ ready: 60, cost }, { ready: 900, cost: '-1' })).toBe('b');
    }
  });

  test('in 1.20 by time alone: no cost, and to the second', () => {
    expect(order({ ready: 60, cost: '-1' }, { ready: 40, uid: 'z' }, { minor: 20 })).toBe('b');
  });
});
