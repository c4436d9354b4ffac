import { describe, expect, test } from 'vitest';
import type { Pod } from '../../src/cluster/objects/kubernetes.ts';
import { noteAsked } from '../../src/replay/pod-asks.ts';
import { askedOf, createPodGlances, NO, YES } from '../../src/replay/pod-glance.ts';
import { isReady, podState } from '../../src/replay/pod-state.ts';
import { fieldsRead } from '../support/fields-read.ts';

const pod: Pod = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'web', namespace: 'default', labels: { app: 'web' } },
  spec: {
    containers: [{ name: 'web', image: 'nginx', resources: { requests: { cpu: '100m', memory: '1Mi' } } }],
  },
  status: {
    phase: 'Running',
    podIP: '10.244.0.3',
    conditions: [
      { type: 'PodScheduled', status: 'True', lastTransitionTime: '2026-01-01T00:00:00Z' },
      { type: 'Ready', status: 'False', lastTransitionTime: '2026-01-01T00:00:00Z', reason: 'NotYet' },
    ],
    initContainerStatuses: [stopped('init', 0)],
    containerStatuses: [stopped('web', 1), waiting('sidecar')],
  },
};

function stopped(name: string, exitCode: number) {
  const told = { name, image: 'nginx', imageID: '', ready: false, restartCount: 0 };
  return { ...told, state: { terminated: { exitCode, reason: 'Error' } } };
}

function waiting(name: string) {
  const told = { name, image: 'nginx', imageID: '', ready: false, restartCount: 0 };
  return { ...told, state: { waiting: { reason: 'ContainerCreating' } } };
}

const updateOf = (pointer: string) => ({ id: 1, resource: 'pods', set: [pointer], unset: [] });

/** Glances of the pod alone, under the number 3. */
function glancesOf(of: Pod) {
  const glances = createPodGlances();
  glances.put(3, of);
  return glances;
}

describe('what lanes tell of a pod without making it', () => {
  const read = [podState, isReady, (of: Pod) => noteAsked([], 1, of)].flatMap((tell) =>
    fieldsRead(pod, tell),
  );

  test.each([...new Set(read)])(
    '%s, which they are told from, is asked of an update, or the pod is made',
    (pointer) => {
      const isAsked = askedOf('pods', pointer) !== undefined;
      // Which condition is which does not change.
      const isSettled = pointer.endsWith('/type');
      expect(isAsked || isSettled || !glancesOf(pod).isEnough(3, updateOf(pointer), 0)).toBe(true);
    },
  );

  test.each([
    '/status/podIP',
    '/metadata/labels/app',
    '/status/conditions/1/lastTransitionTime',
    '/status/containerStatuses/0/restartCount',
    '/status/containerStatuses/0/state/running/startedAt',
  ])('%s changes nothing of them', (pointer) => {
    expect(glancesOf(pod).isEnough(3, updateOf(pointer), 0)).toBe(true);
  });

  test('they go on with what an update answers', () => {
    const glances = glancesOf(pod);
    expect([glances.stateOf(3), glances.isReady(3)]).toEqual(['failing', false]);
    const state = updateOf('/status/containerStatuses/0/state');
    expect(glances.goOn(3, state, NO)).toBe(true);
    expect(glances.goOn(3, state, NO)).toBe(false);
    expect(glances.stateOf(3)).toBe('running');
    const ready = { ...updateOf('/status/conditions/1/status'), id: 2 };
    expect(glances.goOn(3, ready, YES)).toBe(true);
    expect([glances.stateOf(3), glances.isReady(3)]).toEqual(['ready', true]);
    glances.forget(3);
    expect([glances.isKnown(3), glances.isKnown(2), glances.isKnown(5000)]).toEqual([false, false, false]);
  });
});
