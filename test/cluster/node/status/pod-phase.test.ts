import { describe, expect, test } from 'vitest';
import { podPhase, restartsAfter } from '../../../../src/cluster/node/status/pod-phase.ts';
import type { Container, ContainerStatus, Pod } from '../../../../src/cluster/objects/kubernetes.ts';

/**
 * `run`, `exit 1`, `wait`, `wait after 1` (it waits to be restarted), `up`: a sidecar that runs and has
 * started.
 */
function statusOf(name: string, state: string): ContainerStatus {
  const base = { name, image: 'i', imageID: '', ready: false, restartCount: 0 };
  const ended = (code: string | undefined): { terminated: { exitCode: number } } => ({
    terminated: { exitCode: Number(code) },
  });
  const [word, second, third] = state.split(' ');
  if (word === 'run') return { ...base, state: { running: {} }, started: false };
  if (word === 'up') return { ...base, state: { running: {} }, started: true };
  if (word === 'exit') return { ...base, state: ended(second) };
  if (second === 'after')
    return { ...base, state: { waiting: { reason: 'CrashLoopBackOff' } }, lastState: ended(third) };
  return { ...base, state: { waiting: { reason: 'ContainerCreating' } } };
}

/** `app: run`, `init: exit 0`, `side: up`, separated by commas. */
function podOf(policy: string, containers: string): { pod: Pod; statuses: ContainerStatus[] } {
  const parts = containers.split(', ').map((part) => part.split(': ') as [string, string]);
  const of = (kind: string): Container[] =>
    parts
      .filter(([name]) => name.startsWith(kind))
      .map(([name]) => ({ name, ...(kind === 'side' && { restartPolicy: 'Always' }) }));
  const spec = {
    restartPolicy: policy,
    containers: of('app'),
    initContainers: [...of('init'), ...of('side')],
  };
  const pod: Pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p' }, spec };
  return { pod, statuses: parts.map(([name, state]) => statusOf(name, state)) };
}

describe('the phase of a pod', () => {
  test.each`
    policy         | containers                                | over     | phase
    ${'Always'}    | ${'app: wait'}                            | ${false} | ${'Pending'}
    ${'Always'}    | ${'app: run'}                             | ${false} | ${'Running'}
    ${'Always'}    | ${'app1: run, app2: wait'}                | ${false} | ${'Pending'}
    ${'Always'}    | ${'app: wait after 1'}                    | ${false} | ${'Running'}
    ${'Always'}    | ${'app: exit 0'}                          | ${false} | ${'Running'}
    ${'Always'}    | ${'app: exit 1'}                          | ${false} | ${'Running'}
    ${'Always'}    | ${'app: exit 0'}                          | ${true}  | ${'Succeeded'}
    ${'Always'}    | ${'app1: exit 0, app2: exit 137'}         | ${true}  | ${'Failed'}
    ${'OnFailure'} | ${'app: exit 0'}                          | ${false} | ${'Succeeded'}
    ${'OnFailure'} | ${'app: exit 2'}                          | ${false} | ${'Running'}
    ${'OnFailure'} | ${'app1: exit 0, app2: wait after 2'}     | ${false} | ${'Running'}
    ${'Never'}     | ${'app: exit 0'}                          | ${false} | ${'Succeeded'}
    ${'Never'}     | ${'app: exit 1'}                          | ${false} | ${'Failed'}
    ${'Never'}     | ${'app1: exit 1, app2: run'}              | ${false} | ${'Running'}
    ${'Never'}     | ${'init: exit 1, app: wait'}              | ${false} | ${'Failed'}
    ${'Always'}    | ${'init: exit 1, app: wait'}              | ${false} | ${'Pending'}
    ${'Always'}    | ${'init: wait after 1, app: wait'}        | ${false} | ${'Pending'}
    ${'Always'}    | ${'init1: exit 0, init2: run, app: wait'} | ${false} | ${'Pending'}
    ${'Always'}    | ${'init: exit 0, app: run'}               | ${false} | ${'Running'}
    ${'Always'}    | ${'side: run, app: wait'}                 | ${false} | ${'Pending'}
    ${'Always'}    | ${'side: up, app: run'}                   | ${false} | ${'Running'}
    ${'Never'}     | ${'side: up, app: exit 0'}                | ${false} | ${'Running'}
    ${'Never'}     | ${'side: exit 143, app: exit 0'}          | ${false} | ${'Succeeded'}
    ${'Always'}    | ${'side: exit 1, app: run'}               | ${false} | ${'Running'}
  `('$policy, $containers, over: $over → $phase', ({ policy, containers, over, phase }) => {
    const { pod, statuses } = podOf(policy, containers);
    expect(podPhase({ pod, statuses, isOver: over, hasInitialized: false })).toBe(phase);
  });

  test('a sidecar that starts again does not take an initialized pod back to Pending', () => {
    const { pod, statuses } = podOf('Always', 'side: run, app: run');
    expect(podPhase({ pod, statuses, isOver: false, hasInitialized: true })).toBe('Running');
    expect(podPhase({ pod, statuses, isOver: false, hasInitialized: false })).toBe('Pending');
  });

  test("a container's own restart policy goes before its pod's", () => {
    expect(restartsAfter({ name: 'c', restartPolicy: 'Never' }, 'Always', 1)).toBe(false);
    expect(restartsAfter({ name: 'c', restartPolicy: 'OnFailure' }, 'Never', 1)).toBe(true);
    expect(restartsAfter({ name: 'c' }, 'OnFailure', 0)).toBe(false);
  });
});
