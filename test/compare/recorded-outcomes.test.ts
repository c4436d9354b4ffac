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

describe('what a busy kubelet was seen to do', () => {
  const web = (atMs: number, state: object, more: object = {}): WatchedChange => {
    const metadata = { namespace: 'shop', name: 'web', uid: 'u1', ...more };
    const container = {
      name: 'c',
      readinessProbe: { periodSeconds: 5 },
      livenessProbe: { periodSeconds: 5 },
    };
    const status = { phase: 'Running', containerStatuses: [{ name: 'c', restartCount: 0, ...state }] };
    const object = { apiVersion: 'v1', kind: 'Pod', metadata, spec: { containers: [container] }, status };
    return { atMs, type: 'MODIFIED', object };
  };
  const unhealthy = (atMs: number): WatchedChange => {
    const involvedObject = { kind: 'Pod', uid: 'u1', fieldPath: 'spec.containers{c}' };
    const said = { reason: 'Unhealthy', message: 'Liveness probe failed: no' };
    const object = { apiVersion: 'v1', kind: 'Event', metadata: { name: 'e' }, involvedObject, ...said };
    return { atMs, type: 'MODIFIED', object };
  };
  const forced = {
    index: 0,
    line: 'kubectl delete pod web --force',
    beginMs: 60_000,
    endMs: 60_100,
    output: '',
    exitCode: 0,
  };
  const changes = [
    web(7000.4, { state: { running: {} } }),
    web(7300, { state: { running: {} } }),
    web(16_000, { state: { running: {} }, ready: true }),
    unhealthy(31_700),
    unhealthy(37_500),
    unhealthy(42_500),
    web(50_000, { state: { running: {} }, restartCount: 1 }),
    web(60_050, { state: { running: {} }, restartCount: 1 }, { deletionGracePeriodSeconds: 0 }),
  ];
  const outcomes = recordedOutcomes({ minor: 20, changes, commands: [forced] }, []);

  test.each([
    ['each status is told once, when it first came', 'status turn shop web u1 Running c:runningx0', '7000'],
    ['another state is another turn', 'status turn shop web u1 Running c:running+x0', '16000'],
    ['what follows from back-offs is left to them', 'status turn shop web u1 Running c:runningx1', undefined],
    ['who is taken away by force was still held', 'release turn shop web u1', '61050'],
    ['probes that fail come on a grid, some of them late', 'first probe shop/web/u1 c/liveness', '37500'],
    ['a probe that succeeds is told at once', 'first probe shop/web/u1 c/readiness', '15980'],
  ])('%s', (_what, key, outcome) => {
    expect(outcomes[key]).toBe(outcome);
  });

  test('a kubelet that is never busy has no turns', () => {
    const modern = recordedOutcomes({ minor: 36, changes, commands: [forced] }, []);
    expect(Object.keys(modern).filter((key) => /^(status|release) turn/.test(key))).toEqual([]);
  });
});
