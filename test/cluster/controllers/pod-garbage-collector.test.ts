import { describe, expect, test } from 'vitest';
import { podGarbageCollector } from '../../../src/cluster/controllers/pod-garbage-collector.ts';
import type { Node, Pod } from '../../../src/cluster/objects/kubernetes.ts';
import { changeOf } from '../../../src/cluster/world/changes.ts';
import { create, deletion, type Play, type PlayOptions } from '../node/play.ts';
import { playWorkloads, podSpec, podsOf } from './workloads.ts';

function podOf(spec: Partial<Pod['spec']> = {}, finalizers?: string[]): Pod {
  const metadata = { name: 'web', namespace: 'default', ...(finalizers && { finalizers }) };
  return { apiVersion: 'v1', kind: 'Pod', metadata, spec: { ...podSpec, ...spec } };
}

function play(typed: Parameters<typeof playWorkloads>[0], options: Partial<PlayOptions> = {}): Play {
  return playWorkloads(typed, { until: 120_000, calm: true, more: [podGarbageCollector], ...options });
}

/** How the pod stood whenever it was written, by time in seconds. */
function statesOf({ log, world }: Play): readonly { at: number; type: string; pod: Pod }[] {
  return log.flatMap((entry) => {
    const change = changeOf(world.store.tables, entry);
    if (change?.resource !== 'pods') return [];
    return [{ at: entry.at / 1000, type: change.type, pod: change.object as Pod }];
  });
}

describe('a pod of a node that is no more', () => {
  test('fails and goes after forty seconds and up to twenty more', () => {
    const states = statesOf(play([create(1000, podOf({ nodeName: 'ghost' }))]));
    const last = states.at(-1);
    expect(last?.type).toBe('DELETED');
    expect(last?.at).toBeGreaterThanOrEqual(41);
    expect(last?.at).toBeLessThanOrEqual(61);
    expect(last?.pod.status).toMatchObject({ phase: 'Failed' });
    expect(last?.pod.status?.conditions).toContainEqual(
      expect.objectContaining({
        type: 'DisruptionTarget',
        status: 'True',
        reason: 'DeletionByPodGC',
        message: 'PodGC: node no longer exists',
      }),
    );
  });

  test('went as it was in 1.20', () => {
    const states = statesOf(play([create(1000, podOf({ nodeName: 'ghost' }))], { minor: 20 }));
    expect(states.at(-1)?.type).toBe('DELETED');
    expect(states.at(-1)?.pod.status?.phase).toBe('Pending');
  });

  test('stays when the node comes back in time', () => {
    const node: Node = { apiVersion: 'v1', kind: 'Node', metadata: { name: 'ghost' } };
    const request = { verb: 'create', resource: 'nodes', object: node } as const;
    const over = play([create(1000, podOf({ nodeName: 'ghost' })), { at: 25_000, request }]);
    expect(podsOf(over.world)).toHaveLength(1);
  });
});

describe('a pod that was asked to go', () => {
  test('without a node is removed at once, or when its finalizers are gone', () => {
    const held = play([
      create(1000, podOf({ nodeSelector: { no: 'where' } }, ['a/b'])),
      deletion(2000, 'web'),
    ]);
    expect(podsOf(held.world)[0]?.status?.phase).toBe('Failed');
    const target = { resource: 'pods', namespace: 'default', name: 'web' } as const;
    const patch = [{ op: 'remove', path: '/metadata/finalizers' }];
    const freed = { at: 60_000, request: { verb: 'patch', ...target, patchType: 'json', patch } } as const;
    const typed = [
      create(1000, podOf({ nodeSelector: { no: 'where' } }, ['a/b'])),
      deletion(2000, 'web'),
      freed,
    ];
    expect(podsOf(play(typed).world)).toEqual([]);
  });
});

test('it is silent where there is nothing to remove', () => {
  const over = play([create(1000, podOf())], { until: 600_000 });
  expect(over.log.some(({ actor }) => actor === 'pod-garbage-collector')).toBe(false);
});
