import { describe, expect, test } from 'vitest';
import { createTimeline } from '../../src/replay/timeline.ts';
import { ownerTree, podBehind } from '../../src/report/owner-tree.ts';
import { playedLog } from '../support/play-scenario.ts';

const log = playedLog('rolling-update');
const timeline = createTimeline(log);
const world = timeline.worldAt(log.length);
const DEPLOYMENT =
  world.store.tables.objects.keysBy('folder', '/registry/deployments/default/', world.seq)[0] ?? '';
const PODS = world.store.tables.objects.keysBy('folder', '/registry/pods/default/', world.seq);
const [POD = ''] = PODS;

describe('the family of an object', () => {
  test('is the same whoever of it is asked, from its first owner down', () => {
    const family = ownerTree(world, DEPLOYMENT);
    expect(family[0]).toMatchObject({
      key: DEPLOYMENT,
      depth: 0,
      state: expect.stringMatching(/^(\d)\/\1$/),
    });
    const sets = family.filter(({ depth }) => depth === 1);
    const pods = family.filter(({ depth }) => depth === 2);
    expect(sets.map(({ name }) => name.split(' ')[0])).toEqual(['ReplicaSet', 'ReplicaSet']);
    expect(sets.map(({ state }) => state).toSorted()).toEqual(['0/0', '3/3']);
    expect(pods.filter(({ pod }) => pod === 'ready').length).toBe(3);
    expect(family.length).toBe(1 + sets.length + pods.length);
    for (const { key } of family) expect(ownerTree(world, key)).toEqual(family);
  });

  test('of a node are the pods on it', () => {
    const [node, ...pods] = ownerTree(world, '/registry/minions/node-1');
    expect(node).toMatchObject({ name: 'Node node-1', depth: 0 });
    expect(pods.map(({ key }) => key)).toEqual(
      world.store.tables.objects.keysBy('node', 'node-1', world.seq),
    );
    expect(pods.length).toBeGreaterThan(0);
  });

  test('is empty before it came, and of nobody', () => {
    expect(ownerTree(timeline.worldAt(1), DEPLOYMENT)).toEqual([]);
    expect(ownerTree(world, '/registry/pods/default/nobody')).toEqual([]);
  });
});

describe('the pod behind an object', () => {
  test.each([
    ['a Deployment', DEPLOYMENT, POD],
    ['the pod itself', POD, POD],
    ['a Namespace', '/registry/namespaces/default', undefined],
    ['nobody', '/registry/pods/default/nobody', undefined],
  ])('%s', (_what, key, pod) => {
    expect(podBehind(world, key)).toBe(pod);
  });
});
