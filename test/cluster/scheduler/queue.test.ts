import { describe, expect, test } from 'vitest';
import { tokensController } from '../../../src/cluster/controllers/tokens.ts';
import type { PodSpec } from '../../../src/cluster/objects/kubernetes.ts';
import { backedOffUntil, leftOverAt, takenUpAt } from '../../../src/cluster/scheduler/queue/back-off.ts';
import { create, deletion, type Play, type PlayOptions, playCluster, type Typed } from '../node/play.ts';
import { labelled, podOf } from './given-nodes.ts';

const SLEEP = { name: 'main', image: 'busybox:1.36', command: ['sleep', '3600'] };

function asking(name: string, cpu: string, spec: Partial<PodSpec> = {}) {
  const containers = [{ ...SLEEP, resources: { requests: { cpu } } }];
  const { metadata, ...pod } = podOf(name, { containers, terminationGracePeriodSeconds: 1, ...spec });
  return { ...pod, metadata: { name, namespace: metadata.namespace ?? '' } };
}

function play(typed: readonly Typed[], options: Partial<PlayOptions> = {}): Play {
  return playCluster(typed, { calm: true, until: 20_000, more: [tokensController], ...options });
}

/** `pod@time`, for each attempt that failed and each that found a node. */
function attempts({ log }: Play): string[] {
  return log.flatMap(({ event, at, actor }) => {
    if (event.type === 'SchedulingFailed') return [`${event.podKey.split('/').at(-1)} failed at ${at}`];
    if (actor !== 'scheduler' || event.type !== 'ObjectUpdated' || !event.set?.['/spec/nodeName']) return [];
    return [`${event.key.split('/').at(-1)} bound at ${at}`];
  });
}

describe('a pod that fits nowhere', () => {
  const crowd = [create(1000, asking('first', '1500m')), create(2000, asking('second', '1'))];

  test('is tried again when a pod leaves, and not before', () => {
    const tries = attempts(play([...crowd, deletion(10_000, 'first')]));
    expect(tries.map((line) => line.replace(/\d+$/, ''))).toEqual([
      'first bound at ',
      'second failed at ',
      'second bound at ',
    ]);
  });

  test('is not tried for what can not help it', () => {
    const stranger = labelled('other', { app: 'other' });
    const tries = attempts(play([...crowd, create(4000, { ...stranger, metadata: { name: 'other' } })]));
    expect(tries.filter((line) => line.startsWith('second'))).toHaveLength(1);
  });

  test('is tried again after five minutes in any case', () => {
    const tries = attempts(play(crowd, { until: 400_000 }));
    expect(tries.filter((line) => line.startsWith('second'))).toEqual([
      expect.stringMatching(/failed at 20\d\d$/),
      'second failed at 330000',
    ]);
  });

  test('was tried twice at first in 1.20, and backs off from then on', () => {
    const typed = [...crowd, create(2100, asking('third', '100m')), deletion(2500, 'third', 0)];
    const tries = attempts(play(typed, { minor: 20 })).filter((line) => line.startsWith('second'));
    const times = tries.map((line) => Number(line.split(' at ')[1]));
    expect(times).toHaveLength(3);
    expect((times[1] ?? 0) - (times[0] ?? 0)).toBeLessThan(20);
    // The deletion was seen before that; the second back-off lasts two seconds, and its end is seen within
    // one.
    const waited = (times[2] ?? 0) - (times[1] ?? 0);
    expect(waited).toBeGreaterThanOrEqual(2000);
    expect(waited).toBeLessThan(3000);
  });

  test('is taken up on a grid of one second, that of its scheduler', () => {
    for (const seed of ['1', '2', '3']) {
      const taken = [5000, 5001, 5999, 7250].map((end) => ({ end, at: takenUpAt(end, { seed }) }));
      expect(new Set(taken.map(({ at }) => at % 1000)).size).toBe(1);
      for (const { end, at } of taken) expect([at >= end, at < end + 1000]).toEqual([true, true]);
    }
  });
});

test('of those that wait, the most important one is tried first', () => {
  const classes = { apiVersion: 'scheduling.k8s.io/v1', kind: 'PriorityClass' };
  const high = { ...classes, metadata: { name: 'high' }, value: 100, preemptionPolicy: 'Never' };
  const tries = attempts(
    play([
      create(500, high, 'priorityclasses.scheduling.k8s.io'),
      create(1000, asking('first', '1500m')),
      create(2000, asking('plain', '1500m')),
      create(3000, asking('important', '1500m', { priorityClassName: 'high' })),
      deletion(6000, 'first'),
    ]),
  );
  expect(tries.filter((line) => line.includes('bound'))).toEqual([
    expect.stringMatching(/^first/),
    expect.stringMatching(/^important/),
  ]);
});

test('a victim goes, and the preemptor takes its place', () => {
  const high = {
    apiVersion: 'scheduling.k8s.io/v1',
    kind: 'PriorityClass',
    metadata: { name: 'high' },
    value: 100,
  };
  const { world, log } = play([
    create(500, high, 'priorityclasses.scheduling.k8s.io'),
    create(1000, asking('victim', '1500m')),
    create(5000, asking('important', '1500m', { priorityClassName: 'high' })),
  ]);
  const objects = world.store.tables.objects;
  expect(objects.read('/registry/pods/default/victim', world.seq)).toBeUndefined();
  expect(objects.read('/registry/pods/default/important', world.seq)).toMatchObject({
    spec: { nodeName: 'node-1' },
  });
  const told = log.flatMap(({ event }) =>
    event.type === 'ObjectCreated' && event.resource === 'events' ? [event.object] : [],
  );
  const uid = objects.read('/registry/pods/default/important', world.seq)?.metadata.uid;
  expect(told).toContainEqual(
    expect.objectContaining({ reason: 'Preempted', message: `Preempted by pod ${uid} on node node-1` }),
  );
});

describe('back-off', () => {
  const row = { podKey: 'k', uid: 'u', failedAt: 1000, plugins: [] };
  test.each([
    [2, 2000],
    [3, 4000],
    [4, 8000],
    [5, 10_000],
    [9, 10_000],
  ])('after attempt %i lasts %i ms in 1.20', (count, ms) => {
    expect(backedOffUntil({ ...row, attempts: count }, { version: { minor: 20, patch: 2 } })).toBe(1000 + ms);
  });

  test('lets nobody wait since 1.33 while the queue is empty', () => {
    expect(backedOffUntil({ ...row, attempts: 5 }, { version: { minor: 33, patch: 0 } })).toBe(1000);
  });

  test('is over after five minutes, rounded up to the next half', () => {
    expect(leftOverAt({ ...row, attempts: 1, failedAt: 0 })).toBe(330_000);
    expect(leftOverAt({ ...row, attempts: 1, failedAt: 29_999 })).toBe(330_000);
    expect(leftOverAt({ ...row, attempts: 1, failedAt: 30_000 })).toBe(360_000);
  });
});
