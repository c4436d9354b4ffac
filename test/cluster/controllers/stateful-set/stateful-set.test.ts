import { describe, expect, test } from 'vitest';
import type { ControllerRevision, StatefulSet } from '../../../../src/cluster/objects/kubernetes.ts';
import { create, deletion, type Play } from '../../node/play.ts';
import { impatience } from '../mischief.ts';
import { objectsOf, podsOf } from '../workloads.ts';
import {
  change,
  made,
  play,
  podsWithVersions,
  resource,
  secondsOf,
  setOf,
  statusOf,
  stepsOf,
  toldBy,
} from './sets.ts';

describe('an ordered StatefulSet', () => {
  test('makes its pods one after another, each with its identity', () => {
    const over = play([made()]);
    expect(stepsOf(over)).toEqual(['+db-0', '+db-1', '+db-2']);
    const [pod] = podsOf(over.world);
    expect(pod?.spec).toMatchObject({ hostname: 'db-0', subdomain: 'db' });
    expect(pod?.metadata.labels).toMatchObject({
      'statefulset.kubernetes.io/pod-name': 'db-0',
      'apps.kubernetes.io/pod-index': '0',
      'controller-revision-hash': statusOf(over)?.currentRevision,
    });
    expect(statusOf(over)).toMatchObject({ replicas: 3, readyReplicas: 3, availableReplicas: 3 });
  });

  test('waits for a pod that does not become ready', () => {
    const containers = [
      {
        name: 'c',
        image: 'busybox:1.36',
        command: ['sleep', '9'],
        readinessProbe: { exec: { command: ['false'] } },
      },
    ];
    expect(stepsOf(play([made({}, { containers })]))).toEqual(['+db-0']);
  });

  test('waits for minReadySeconds before the next pod', () => {
    const seconds = secondsOf(play([made({ minReadySeconds: 4 })], { until: 20_000 }));
    expect(seconds).toHaveLength(3);
    expect((seconds[1] ?? 0) - (seconds[0] ?? 0)).toBeGreaterThanOrEqual(4);
  });

  test('is made smaller from its end, one pod after another', () => {
    const over = play([made(), change(5000, { replicas: 1 })], { until: 30_000 });
    expect(stepsOf(over, 5000)).toEqual(['~db-2', '-db-2', '~db-1', '-db-1']);
  });

  test('is not made smaller while one before is not ready', () => {
    const typed = [made(), deletion(5000, 'db-0', 60), change(5100, { replicas: 2 })];
    const over = play(typed, { until: 6000 });
    expect(stepsOf(over, 5000)).toEqual(['~db-0']);
  });

  test('replaces a deleted pod only when its name is free', () => {
    const over = play([made(), deletion(5000, 'db-1')], { until: 12_000 });
    expect(stepsOf(over, 5000)).toEqual(['~db-1', '-db-1', '+db-1']);
  });

  test('numbers its pods from where it is told to', () => {
    expect(stepsOf(play([made({ replicas: 2, ordinals: { start: 5 } })]))).toEqual(['+db-5', '+db-6']);
  });

  test('replaces pods that have ended', () => {
    const over = play([made({ replicas: 1 })], { until: 12_000, more: [impatience(2)] });
    expect(stepsOf(over).slice(0, 4)).toEqual(['+db-0', '~db-0', '-db-0', '+db-0']);
  });

  test('told of a failed pod in 1.20, and replaced it in the same look', () => {
    const over = play([made({ replicas: 1 })], { until: 14_000, minor: 20, more: [impatience(2)] });
    expect(stepsOf(over).slice(0, 2)).toEqual(['+db-0', '~db-0']);
    expect(toldBy(over)).toContain(
      'RecreatingFailedPod: StatefulSet default/db is recreating failed Pod db-0',
    );
  });
});

describe('a parallel StatefulSet', () => {
  const podManagementPolicy = 'Parallel';

  test('makes and removes all pods at once', () => {
    const over = play([made({ podManagementPolicy }), change(5000, { podManagementPolicy, replicas: 0 })]);
    expect(stepsOf(over).slice(0, 6)).toEqual(['+db-0', '+db-1', '+db-2', '~db-2', '~db-1', '~db-0']);
    expect(new Set(secondsOf(over)).size).toBe(1);
  });

  test('is updated one pod after another all the same', () => {
    const over = play([made({ podManagementPolicy }), change(5000, { podManagementPolicy }, '2')], {
      until: 30_000,
    });
    const three = ['2', '1', '0'].flatMap((each) => [`~db-${each}`, `-db-${each}`, `+db-${each}`]);
    expect(stepsOf(over, 5000)).toEqual(three);
  });
});

describe('an update', () => {
  test('goes from the highest ordinal to the lowest, and ends with one revision', () => {
    const half = play([made(), change(5000, {}, '2')], { until: 8000 });
    expect(podsWithVersions(half)).toContain('db-0 V1');
    const over = play([made(), change(5000, {}, '2')], { until: 40_000 });
    expect(podsWithVersions(over)).toEqual(['db-0 V2', 'db-1 V2', 'db-2 V2']);
    expect(statusOf(over)?.currentRevision).toBe(statusOf(over)?.updateRevision);
    expect(statusOf(half)?.currentRevision).not.toBe(statusOf(half)?.updateRevision);
  });

  test('stops at the partition, below which deleted pods come back as they were', () => {
    const updateStrategy = { type: 'RollingUpdate', rollingUpdate: { partition: 2 } };
    const typed = [made({ updateStrategy }), change(5000, { updateStrategy }, '2'), deletion(15_000, 'db-0')];
    const over = play(typed, { until: 30_000 });
    expect(podsWithVersions(over)).toEqual(['db-0 V1', 'db-1 V1', 'db-2 V2']);
  });

  test('knows of no more pods than one at a time, whatever is asked for', () => {
    const updateStrategy = { type: 'RollingUpdate', rollingUpdate: { partition: 0, maxUnavailable: 3 } };
    const over = play([made({ updateStrategy }), change(5000, { updateStrategy }, '2')], { until: 9000 });
    const [set] = objectsOf<StatefulSet>(over.world, resource);
    expect(set?.spec.updateStrategy?.rollingUpdate).toEqual({ partition: 0 });
    expect(stepsOf(over, 5000).slice(0, 3)).toEqual(['~db-2', '-db-2', '+db-2']);
  });

  test('on deletion leaves pods alone until they are deleted', () => {
    const updateStrategy = { type: 'OnDelete' };
    const typed = [made({ updateStrategy }), change(5000, { updateStrategy }, '2'), deletion(10_000, 'db-1')];
    const over = play(typed, { until: 20_000 });
    expect(podsWithVersions(over)).toEqual(['db-0 V1', 'db-1 V2', 'db-2 V1']);
  });

  test('that is broken is stuck, though its template is taken back', () => {
    const containers = [{ name: 'c', image: 'nowhere.example/x:1', imagePullPolicy: 'Never' }];
    const typed = [made(), change(5000, {}, '1', { containers }), change(15_000, {})];
    const stuck = play(typed, { until: 40_000 });
    expect(podsOf(stuck.world).at(2)?.spec.containers[0]?.image).toBe('nowhere.example/x:1');
    const freed = play([...typed, deletion(40_000, 'db-2')], { until: 50_000 });
    expect(podsWithVersions(freed)).toEqual(['db-0 V1', 'db-1 V1', 'db-2 V1']);
  });
});

describe('revisions', () => {
  const numbersOf = ({ world }: Play) =>
    objectsOf<ControllerRevision>(world, 'controllerrevisions.apps')
      .map(({ revision }) => revision)
      .sort((a, b) => a - b);

  test('that come back count up, and are not kept twice', () => {
    const over = play([made(), change(5000, {}, '2'), change(20_000, {}, '1')], { until: 40_000 });
    expect(numbersOf(over)).toEqual([2, 3]);
  });

  test('beyond the limit are forgotten, the oldest first, but none that a pod has', () => {
    const spec = { replicas: 1, revisionHistoryLimit: 1 };
    const typed = [2, 3, 4, 5].map((version) => change(5000 * version, spec, String(version)));
    expect(numbersOf(play([made(spec), ...typed], { until: 40_000 }))).toEqual([4, 5]);
    const kept = { ...spec, updateStrategy: { type: 'OnDelete' } };
    const untouched = [2, 3, 4, 5].map((version) => change(5000 * version, kept, String(version)));
    expect(numbersOf(play([made(kept), ...untouched], { until: 40_000 }))).toEqual([1, 4, 5]);
  });

  test('of orphans are adopted with their pods', () => {
    const target = { resource, namespace: 'default', name: 'db' } as const;
    const orphan = { verb: 'delete', ...target, propagationPolicy: 'Orphan' } as const;
    const typed = [made(), { at: 5000, request: orphan }, create(8000, setOf(), resource)];
    const over = play(typed, { until: 15_000 });
    expect(stepsOf(over)).toEqual(['+db-0', '+db-1', '+db-2']);
    expect(statusOf(over)).toMatchObject({ replicas: 3, updatedReplicas: 3 });
    expect(numbersOf(over)).toEqual([1]);
  });
});

test('events say what was done, and in 1.20 in small letters', () => {
  expect(toldBy(play([made({ replicas: 1 })]))).toEqual([
    'SuccessfulCreate: Create Pod db-0 in StatefulSet db successful',
  ]);
  expect(toldBy(play([made({ replicas: 1 })], { minor: 20 }))).toContain(
    'SuccessfulCreate: create Pod db-0 in StatefulSet db successful',
  );
});
