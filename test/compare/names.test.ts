import { describe, expect, test } from 'vitest';
import type { KubeObject } from '../../src/cluster/objects/kube-object.ts';
import { namingOf } from '../../src/compare/normal/names.ts';
import type { WatchedChange } from '../../src/compare/play.ts';

function made(kind: string, name: string, metadata: object = {}): WatchedChange {
  const object = { apiVersion: 'v1', kind, metadata: { name, namespace: 'shop', ...metadata } } as KubeObject;
  return { atMs: 0, type: 'ADDED', object };
}

const ROLLOUT: readonly WatchedChange[] = [
  made('ReplicaSet', 'web-57b545b656', { ownerReferences: [{ kind: 'Deployment', name: 'web' }] }),
  made('Pod', 'web-57b545b656-qp79t', { generateName: 'web-57b545b656-' }),
  made('Pod', 'web-57b545b656-z6b4b', { generateName: 'web-57b545b656-', deletionTimestamp: 'now' }),
  made('ReplicaSet', 'web-98f9d8b9', { ownerReferences: [{ kind: 'Deployment', name: 'web' }] }),
  made('EndpointSlice', 'web-vgm77', { generateName: 'web-' }),
  made('Pod', 'agent-xk2lp', { generateName: 'agent-' }),
  made('Pod', 'db-0', { generateName: 'db-' }),
];

describe('names that are drawn', () => {
  test.each([
    ['replicaset.apps/web-57b545b656 scaled', 'replicaset.apps/web<1> scaled'],
    ['web-98f9d8b9', 'web<2>'],
    // The one that is deleted comes first: until then they were alike.
    ['pod/web-57b545b656-z6b4b deleted', 'pod/web<1>-<1> deleted'],
    ['web-57b545b656-qp79t', 'web<1>-<2>'],
    ['pod-template-hash=57b545b656', 'pod-template-hash=<hash of web<1>>'],
    ['web-vgm77', 'web-slice-<1>'],
    ['agent-xk2lp', 'agent-<1>'],
    ['db-0', 'db-0'],
    ['shop/web in shop and workshop', '<namespace>/web in <namespace> and workshop'],
  ])('%s is %s', (text, said) => {
    expect(namingOf({ changes: ROLLOUT, namespace: 'shop' })(text)).toBe(said);
  });

  test('nodes among which was drawn are one', () => {
    const naming = namingOf({ changes: [], namespace: 'shop', nodes: ['node-1', 'node-10'] });
    expect(naming('from node-1 to node-10')).toBe('from <node> to <node>');
  });

  test.each([
    ['default-scheduler', 'default-scheduler'],
    ['Successfully assigned default/a to node-1', 'Successfully assigned <namespace>/a to node-1'],
    ['No resources found in default namespace.', 'No resources found in <namespace> namespace.'],
    ['kubectl get pods -n default', 'kubectl get pods -n <namespace>'],
  ])('the default namespace is no word for itself: %s', (text, said) => {
    expect(namingOf({ changes: [], namespace: 'default' })(text)).toBe(said);
  });
});
