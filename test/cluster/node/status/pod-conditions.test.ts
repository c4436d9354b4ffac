import { describe, expect, test } from 'vitest';
import { podConditions } from '../../../../src/cluster/node/status/pod-conditions.ts';
import type { ContainerStatus, Pod, PodCondition } from '../../../../src/cluster/objects/kubernetes.ts';

const NOW = '2026-11-21T05:08:17Z';

function status(name: string, fields: Partial<ContainerStatus>): ContainerStatus {
  return { name, image: 'i', imageID: '', ready: false, restartCount: 0, ...fields };
}

function podWith(spec: Partial<Pod['spec']> = {}): Pod {
  const containers = [{ name: 'b' }, { name: 'a' }];
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'p', generation: 1 },
    spec: { containers, ...spec },
  };
}

interface Seen {
  readonly pod?: Pod;
  readonly phase?: string;
  readonly ready?: readonly string[];
  readonly init?: readonly ContainerStatus[];
  readonly others?: readonly PodCondition[];
  readonly old?: readonly PodCondition[];
  readonly minor?: number;
}

function conditionsOf({
  pod = podWith(),
  phase = 'Running',
  ready = [],
  init = [],
  others = [],
  old = [],
  minor = 36,
}: Seen) {
  const containerStatuses = pod.spec.containers.map(({ name }) =>
    status(name, { ready: ready.includes(name) }),
  );
  return podConditions({
    pod,
    phase,
    containerStatuses,
    initContainerStatuses: init,
    isSandboxReady: true,
    others,
    old: { conditions: [...old] },
    now: NOW,
    version: { minor, patch: 0 },
  });
}

const said = (conditions: readonly PodCondition[], type: string): string => {
  const {
    status: value,
    reason,
    message,
  } = conditions.find((condition) => condition.type === type) ?? { status: '?' };
  return [value, reason, message].filter((text) => text !== undefined).join(' · ');
};

describe('the conditions of a pod', () => {
  test('come in the order of kubelets, after those of others', () => {
    const gate: PodCondition = { type: 'example.com/gate', status: 'True' };
    const types = conditionsOf({ others: [gate] }).map(({ type }) => type);
    expect(types).toEqual([
      'example.com/gate',
      'PodReadyToStartContainers',
      'Initialized',
      'Ready',
      'ContainersReady',
      'PodScheduled',
    ]);
    expect(conditionsOf({ minor: 20 }).map(({ type }) => type)).not.toContain('PodReadyToStartContainers');
  });

  test('Ready names the containers that are not, in the order of the pod', () => {
    expect(said(conditionsOf({}), 'Ready')).toBe(
      'False · ContainersNotReady · containers with unready status: [b a]',
    );
    expect(said(conditionsOf({ ready: ['b'] }), 'ContainersReady')).toBe(
      'False · ContainersNotReady · containers with unready status: [a]',
    );
    expect(said(conditionsOf({ ready: ['a', 'b'] }), 'Ready')).toBe('True');
  });

  test.each`
    minor | phase          | ready
    ${36} | ${'Succeeded'} | ${'False · PodCompleted'}
    ${36} | ${'Failed'}    | ${'False · PodFailed'}
    ${20} | ${'Succeeded'} | ${'False · PodCompleted'}
    ${20} | ${'Failed'}    | ${'False · ContainersNotReady · containers with unready status: [b a]'}
  `('1.$minor: a pod that is $phase is $ready', ({ minor, phase, ready }) => {
    expect(said(conditionsOf({ minor, phase }), 'Ready')).toBe(ready);
  });

  test('a readiness gate keeps a pod unready whose containers all are', () => {
    const pod = podWith({ readinessGates: [{ conditionType: 'example.com/gate' }] });
    const ready = ['a', 'b'];
    expect(said(conditionsOf({ pod, ready }), 'Ready')).toBe(
      'False · ReadinessGatesNotReady · corresponding condition of pod readiness gate "example.com/gate" does not exist.',
    );
    expect(said(conditionsOf({ pod, ready }), 'ContainersReady')).toBe('True');
    const gate = (value: string): PodCondition[] => [{ type: 'example.com/gate', status: value }];
    expect(said(conditionsOf({ pod, ready, others: gate('False') }), 'Ready')).toBe(
      'False · ReadinessGatesNotReady · the status of pod readiness gate "example.com/gate" is not "True", but False',
    );
    expect(said(conditionsOf({ pod, ready, others: gate('True') }), 'Ready')).toBe('True');
  });

  test('Initialized waits for init containers to be done and sidecars to have started, and stays', () => {
    const pod = podWith({ initContainers: [{ name: 'i' }, { name: 's', restartPolicy: 'Always' }] });
    const init = [status('i', { ready: true }), status('s', { started: false })];
    const waiting = conditionsOf({ pod, phase: 'Pending', init });
    expect(said(waiting, 'Initialized')).toBe(
      'False · ContainersNotInitialized · containers with incomplete status: [s]',
    );
    const started = conditionsOf({
      pod,
      phase: 'Pending',
      init: [init[0] ?? status('i', {}), status('s', { started: true })],
    });
    expect(said(started, 'Initialized')).toBe('True');
    expect(said(conditionsOf({ pod, init, old: started }), 'Initialized')).toBe('True');
  });

  test('a transition has its time, and what stays as it was keeps its own', () => {
    const before: PodCondition = {
      type: 'Ready',
      status: 'True',
      lastTransitionTime: '2026-11-21T05:00:00Z',
    };
    const kept = conditionsOf({ ready: ['a', 'b'], old: [before] }).find(({ type }) => type === 'Ready');
    expect(kept?.lastTransitionTime).toBe('2026-11-21T05:00:00Z');
    const turned = conditionsOf({ old: [before] }).find(({ type }) => type === 'Ready');
    expect(turned).toMatchObject({ status: 'False', lastTransitionTime: NOW, observedGeneration: 1 });
  });
});
