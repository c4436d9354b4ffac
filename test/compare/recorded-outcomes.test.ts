import { describe, expect, test } from 'vitest';
import type { KubeObject } from '../../src/cluster/objects/kube-object.ts';
import type { WatchedChange } from '../../src/compare/play.ts';
import { recordedOutcomes } from '../../src/compare/recording/recorded-outcomes.ts';

function pod(name: string, spec: object = {}, metadata: object = {}): WatchedChange {
  const generateName = `${name.slice(0, -5)}`;
  const own = { name, namespace: 'shop', generateName, uid: `uid of ${name}`, ...metadata };
  const object = { apiVersion: 'v1', kind: 'Pod', metadata: own, spec } as KubeObject;
  return { atMs: 0, type: 'ADDED', object };
}

const forNode = (node: string) => ({
  affinity: {
    nodeAffinity: {
      requiredDuringSchedulingIgnoredDuringExecution: {
        nodeSelectorTerms: [{ matchFields: [{ key: 'metadata.name', operator: 'In', values: [node] }] }],
      },
    },
  },
});

describe('what was drawn in a recording', () => {
  const daemon = { ownerReferences: [{ kind: 'DaemonSet', name: 'agent' }] };
  const outcomes = recordedOutcomes(
    {
      minor: 36,
      changes: [
        pod('web-1-qp79t'),
        pod('web-1-z6b4b', { nodeName: 'node-3' }),
        pod('agent-xk2lp', forNode('node-2'), daemon),
        pod('agent-77777', forNode('node-1'), daemon),
      ],
    },
    [],
  );

  test.each([
    [
      'a name is known by how many were generated before',
      'name generated /registry/pods/shop/web-1- 1',
      'web-1-z6b4b',
    ],
    [
      'that of a DaemonSet’s pod by its node',
      'name generated /registry/pods/shop/agent- node-1 0',
      'agent-77777',
    ],
    ['a uid by the key and the life', 'uid /registry/pods/shop/web-1-qp79t 0', 'uid of web-1-qp79t'],
    ['a node by the pod', 'scheduler tie shop web-1-z6b4b uid of web-1-z6b4b', 'node-3'],
  ])('%s', (_what, key, outcome) => {
    expect(outcomes[key]).toBe(outcome);
  });

  test('nothing is settled of a pod that never had a node', () => {
    expect(Object.keys(outcomes).filter((key) => key.startsWith('scheduler tie shop web-1-qp79t'))).toEqual(
      [],
    );
  });
});
