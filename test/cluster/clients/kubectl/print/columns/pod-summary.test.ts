import { describe, expect, test } from 'vitest';
import { summarizePod } from '../../../../../../src/cluster/clients/kubectl/print/columns/pod-summary.ts';
import type { ContainerStatus, Pod, PodStatus } from '../../../../../../src/cluster/objects/kubernetes.ts';

const NOW = Date.parse('2026-11-21T05:10:00Z');

type State = NonNullable<ContainerStatus['state']>;

const running: State = { running: { startedAt: '2026-11-21T05:09:00Z' } };
const waiting = (reason: string): State => ({ waiting: { reason } });
const ended = (exitCode: number, reason?: string, signal?: number): State => ({
  terminated: {
    exitCode,
    ...(reason === undefined ? {} : { reason }),
    ...(signal === undefined ? {} : { signal }),
  },
});

interface Given {
  readonly name?: string;
  readonly state?: State;
  readonly ready?: boolean;
  readonly started?: boolean;
  readonly restarts?: number;
  readonly finishedAt?: string;
  readonly isSidecar?: boolean;
}

function statusOf(
  { state, ready = false, started, restarts = 0, finishedAt }: Given,
  name: string,
): ContainerStatus {
  return {
    name,
    image: 'i',
    imageID: '',
    ready,
    restartCount: restarts,
    ...(started === undefined ? {} : { started }),
    ...(state === undefined ? {} : { state }),
    ...(finishedAt === undefined ? {} : { lastState: { terminated: { exitCode: 1, finishedAt } } }),
  };
}

interface Situation extends Partial<PodStatus> {
  readonly init?: readonly Given[];
  readonly containers?: readonly Given[];
  readonly isDeleted?: boolean;
}

function podIn({ init = [], containers = [{}], isDeleted = false, ...status }: Situation): Pod {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'web', ...(isDeleted ? { deletionTimestamp: '2026-11-21T05:09:30Z' } : {}) },
    spec: {
      containers: containers.map((_, index) => ({ name: `c${index}` })),
      initContainers: init.map(({ isSidecar }, index) => ({
        name: `i${index}`,
        ...(isSidecar === true ? { restartPolicy: 'Always' } : {}),
      })),
    },
    status: {
      ...status,
      initContainerStatuses: init.map((one, index) => statusOf(one, `i${index}`)),
      containerStatuses: containers.map((one, index) => statusOf(one, `c${index}`)),
    },
  };
}

function shown(situation: Situation, minor = 36): string {
  const { ready, status, restarts } = summarizePod(podIn(situation), {
    now: NOW,
    version: { minor, patch: 0 },
  });
  return `${ready} ${status} ${restarts}`;
}

describe('the READY, STATUS and RESTARTS of a pod', () => {
  const isReady = [{ type: 'Ready', status: 'True' }];
  const isInitialized = [{ type: 'Initialized', status: 'True' }];
  test.each<[string, Situation, string]>([
    ['before it has a node', { phase: 'Pending' }, '0/1 Pending 0'],
    [
      'behind a gate',
      {
        phase: 'Pending',
        conditions: [{ type: 'PodScheduled', status: 'False', reason: 'SchedulingGated' }],
      },
      '0/1 SchedulingGated 0',
    ],
    [
      'that is being set up',
      { phase: 'Pending', containers: [{ state: waiting('ContainerCreating') }] },
      '0/1 ContainerCreating 0',
    ],
    ['that runs and is not ready', { phase: 'Running', containers: [{ state: running }] }, '0/1 Running 0'],
    [
      'that is ready',
      {
        phase: 'Running',
        containers: [
          { state: running, ready: true },
          { state: running, ready: true },
        ],
      },
      '2/2 Running 0',
    ],
    [
      'that crashes: when it ended last is said',
      {
        phase: 'Running',
        containers: [{ state: waiting('CrashLoopBackOff'), restarts: 3, finishedAt: '2026-11-21T05:09:48Z' }],
      },
      '0/1 CrashLoopBackOff 3 (12s ago)',
    ],
    [
      'of which two have restarted: the newest end counts',
      {
        phase: 'Running',
        containers: [
          { state: running, ready: true, restarts: 1, finishedAt: '2026-11-21T05:05:00Z' },
          { state: running, ready: true, restarts: 2, finishedAt: '2026-11-21T05:08:00Z' },
        ],
      },
      '2/2 Running 3 (2m ago)',
    ],
    [
      'of which the first and the last wait: the first has the word',
      {
        phase: 'Pending',
        containers: [{ state: waiting('ErrImagePull') }, { state: waiting('ImagePullBackOff') }],
      },
      '0/2 ErrImagePull 0',
    ],
    [
      'that is done',
      { phase: 'Succeeded', containers: [{ state: ended(0, 'Completed') }] },
      '0/1 Completed 0',
    ],
    ['that failed', { phase: 'Failed', containers: [{ state: ended(1, 'Error') }] }, '0/1 Error 0'],
    [
      'that ended without a reason',
      { phase: 'Failed', containers: [{ state: ended(3) }] },
      '0/1 ExitCode:3 0',
    ],
    [
      'that a signal ended',
      { phase: 'Failed', containers: [{ state: ended(137, undefined, 9) }] },
      '0/1 Signal:9 0',
    ],
    ['that was evicted', { phase: 'Failed', reason: 'Evicted', containers: [] }, '0/0 Evicted 0'],
    [
      'of which one is done and one runs',
      {
        phase: 'Running',
        conditions: isReady,
        containers: [{ state: ended(0, 'Completed') }, { state: running, ready: true }],
      },
      '1/2 Running 0',
    ],
    [
      'of which one is done and one runs, not ready',
      { phase: 'Running', containers: [{ state: ended(0, 'Completed') }, { state: running, ready: true }] },
      '1/2 NotReady 0',
    ],
    [
      'that is deleted',
      { phase: 'Running', isDeleted: true, containers: [{ state: running, ready: true }] },
      '1/1 Terminating 0',
    ],
    [
      'that is deleted after its end',
      { phase: 'Succeeded', isDeleted: true, containers: [{ state: ended(0, 'Completed') }] },
      '0/1 Completed 0',
    ],
    [
      'that is deleted on a lost node',
      {
        phase: 'Running',
        reason: 'NodeLost',
        isDeleted: true,
        containers: [{ state: running, ready: true }],
      },
      '1/1 Unknown 0',
    ],
    [
      'that initializes',
      {
        phase: 'Pending',
        init: [{ state: ended(0, 'Completed') }, { state: running }],
        containers: [{ state: waiting('PodInitializing') }],
      },
      '0/1 Init:1/2 0',
    ],
    [
      'whose init container waits for its turn',
      { phase: 'Pending', init: [{ state: waiting('PodInitializing') }] },
      '0/1 Init:0/1 0',
    ],
    [
      'whose init container has no image',
      { phase: 'Pending', init: [{ state: waiting('ErrImagePull') }] },
      '0/1 Init:ErrImagePull 0',
    ],
    [
      'whose init container failed',
      {
        phase: 'Pending',
        init: [{ state: ended(1, 'Error'), restarts: 2, finishedAt: '2026-11-21T05:09:00Z' }],
      },
      '0/1 Init:Error 2 (60s ago)',
    ],
    [
      'whose init container ended without a reason',
      { phase: 'Pending', init: [{ state: ended(2) }] },
      '0/1 Init:ExitCode:2 0',
    ],
    [
      'whose init containers restarted once, which is over',
      {
        phase: 'Running',
        conditions: isInitialized,
        init: [{ state: ended(0, 'Completed'), restarts: 4, finishedAt: '2026-11-21T05:09:00Z' }],
        containers: [{ state: running, ready: true }],
      },
      '1/1 Running 0',
    ],
    [
      'with a sidecar that has not started',
      { phase: 'Pending', init: [{ isSidecar: true, state: running }] },
      '0/2 Init:0/1 0',
    ],
    [
      'with a sidecar',
      {
        phase: 'Running',
        conditions: isInitialized,
        init: [
          {
            isSidecar: true,
            state: running,
            started: true,
            ready: true,
            restarts: 1,
            finishedAt: '2026-11-21T05:09:00Z',
          },
        ],
        containers: [{ state: running, ready: true }],
      },
      '2/2 Running 1 (60s ago)',
    ],
  ])('%s', (_, situation, text) => {
    expect(shown(situation)).toBe(text);
  });

  test.each<[string, Situation, number, string]>([
    [
      '1.21 does not say when',
      { phase: 'Running', containers: [{ state: running, restarts: 3, finishedAt: '2026-11-21T05:09:48Z' }] },
      21,
      '0/1 Running 3',
    ],
    [
      '1.27 takes a sidecar for an init container',
      {
        phase: 'Running',
        conditions: isInitialized,
        init: [{ isSidecar: true, state: running, started: true, ready: true }],
        containers: [{ state: running, ready: true }],
      },
      27,
      '0/1 Init:0/1 0',
    ],
    [
      '1.30 shows a deleted pod that ended as Terminating',
      { phase: 'Succeeded', isDeleted: true, containers: [{ state: ended(0, 'Completed') }] },
      30,
      '0/1 Terminating 0',
    ],
    [
      '1.34 shows what ended well in front of what failed',
      { phase: 'Failed', containers: [{ state: ended(0, 'Completed') }, { state: ended(1, 'Error') }] },
      34,
      '0/2 Completed 0',
    ],
    [
      '1.35 does not',
      { phase: 'Failed', containers: [{ state: ended(0, 'Completed') }, { state: ended(1, 'Error') }] },
      35,
      '0/2 Error 0',
    ],
  ])('%s', (_, situation, minor, text) => {
    expect(shown(situation, minor)).toBe(text);
  });
});
