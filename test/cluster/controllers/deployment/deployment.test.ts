import { describe, expect, test } from 'vitest';
import type { Request } from '../../../../src/cluster/contract/request.ts';
import { deploymentController } from '../../../../src/cluster/controllers/deployment/deployment.ts';
import type { KubeObject } from '../../../../src/cluster/objects/kube-object.ts';
import type { CoreEvent, Deployment, ReplicaSet } from '../../../../src/cluster/objects/kubernetes.ts';
import { given } from '../../../support/given.ts';
import { settingsOf } from '../../node/play.ts';
import { deploymentOf, namespace, objectsOf, replicaSetOf, type SetDraft } from '../workloads.ts';

const address = { actor: 'deployment-controller', key: '/registry/deployments/default/web' };
const MOVED = 'changed:1';

interface Looked {
  /** Scalings, as Events tell them. */
  readonly told: readonly string[];
  readonly requests: readonly string[];
  readonly deployment: Deployment | undefined;
}

function lookAt(deployment: Deployment, sets: readonly SetDraft[], { at = 10_000, minor = 36 } = {}): Looked {
  const replicas = String(deployment.spec.replicas);
  const objects: [string, KubeObject][] = [
    ['namespaces', namespace],
    ['deployments.apps', deployment],
    ...sets.map((draft): [string, KubeObject] => {
      const annotations = { 'deployment.kubernetes.io/desired-replicas': replicas, ...draft.annotations };
      return ['replicasets.apps', replicaSetOf({ ...draft, annotations })];
    }),
  ];
  const { deeds, world } = given({ settings: settingsOf({ minor }), objects }).when(
    deploymentController,
    address,
    at,
  );
  const requests = deeds.filter((deed): deed is Request => !('type' in deed) && deed.resource !== 'events');
  return {
    told: objectsOf<CoreEvent>(world, 'events').map(({ message = '' }) => message),
    requests: requests.map((one) => {
      const part = one.subresource ? `/${one.subresource}` : '';
      const size =
        'object' in one && one.resource !== 'deployments.apps'
          ? ` ${(one.object as ReplicaSet).spec.replicas}`
          : '';
      const name = 'name' in one ? one.name : 'new';
      return `${one.verb} ${one.resource.split('.')[0]}${part} ${name}${size}`;
    }),
    deployment: objectsOf<Deployment>(world, 'deployments.apps')[0],
  };
}

/** A Deployment whose image is another than that of the old ReplicaSet `a`. */
function changed(replicas: number, more: Partial<Deployment['spec']> = {}): Deployment {
  const template = {
    metadata: { labels: { app: 'web' } },
    spec: { containers: [{ name: 'main', image: MOVED }] },
  };
  const annotations = { 'deployment.kubernetes.io/revision': '2' };
  const conditions = [
    {
      type: 'Progressing',
      status: 'True',
      reason: 'ReplicaSetUpdated',
      lastUpdateTime: '2026-11-21T05:08:20Z',
    },
  ];
  return {
    ...deploymentOf({ replicas, template, ...more }, { annotations, generation: 2 }),
    status: { conditions },
  };
}

const old = (size: number, available = size): SetDraft => ({ name: 'a', size, available });
const current = (size: number, available = size): SetDraft => ({
  name: 'b',
  size,
  available,
  image: MOVED,
  revision: 2,
});

describe('a step of a rolling update', () => {
  test.each<[what: string, replicas: number, sets: SetDraft[], told: string[]]>([
    [
      'the new one grows into the surge',
      10,
      [old(8), current(3, 0)],
      ['Scaled up replica set b from 3 to 5'],
    ],
    [
      'one available pod lets one old one go',
      10,
      [old(8), current(5, 1)],
      ['Scaled down replica set a from 8 to 7'],
    ],
    [
      'room is filled before anything goes',
      10,
      [old(7), current(5, 1)],
      ['Scaled up replica set b from 5 to 6'],
    ],
    [
      'all available at once let as many go',
      10,
      [old(8), current(5)],
      ['Scaled down replica set a from 8 to 3'],
    ],
    [
      'nothing goes while an old one still counts what it has just given up',
      2,
      [old(1, 2), { ...old(2, 1), name: 'a2' }, current(1, 0)],
      [],
    ],
    ['nothing moves while the new ones are not available', 10, [old(8), current(5, 0)], []],
    [
      'old pods that are of no use go first',
      10,
      [old(8, 5), current(5, 3)],
      ['Scaled down replica set a from 8 to 5'],
    ],
    ['with one replica, the new one comes first', 1, [old(1), current(1, 0)], []],
    [
      'with one replica, the old one goes afterwards',
      1,
      [old(1), current(1)],
      ['Scaled down replica set a from 1 to 0'],
    ],
    [
      'one that is too large is made smaller',
      3,
      [old(0), current(4)],
      ['Scaled down replica set b from 4 to 3'],
    ],
  ])('%s', (_what, replicas, sets, told) => {
    expect(lookAt(changed(replicas), sets).told).toEqual(told);
  });

  test('a new ReplicaSet is as large as the surge allows, and the old one shrinks at once', () => {
    const { told, requests, deployment } = lookAt(changed(10), [old(10)]);
    expect(requests[0]).toBe('create replicasets new 3');
    expect(requests.slice(1)).toEqual(['update deployments/status web', 'update replicasets a 8']);
    expect(new Set(told.map((text) => text.replace(/web-\w+/, 'web-<hash>')))).toEqual(
      new Set(['Scaled up replica set web-<hash> from 0 to 3', 'Scaled down replica set a from 10 to 8']),
    );
    // What follows from it is written with the next look: the real controller meets a conflict here.
    expect(deployment?.status?.observedGeneration).toBeUndefined();
    expect(deployment?.status?.conditions).toMatchObject([
      { type: 'Progressing', reason: 'NewReplicaSetCreated' },
    ]);
  });

  test('going back takes the old ReplicaSet, with a new revision', () => {
    const sets = [
      { ...old(8), revision: 3 },
      { ...current(5, 0), revision: 2 },
    ];
    const { requests } = lookAt(changed(10), sets);
    expect(requests).toEqual(['update replicasets b 5']);
  });

  test.each([
    [20, 'Scaled up replica set b to 5'],
    [28, 'Scaled up replica set b to 5 from 3'],
    [36, 'Scaled up replica set b from 3 to 5'],
  ])('1.%i tells it in these words: %s', (minor, message) => {
    expect(lookAt(changed(10), [old(8), current(3, 0)], { minor }).told).toEqual([message]);
  });
});

describe('a Recreate', () => {
  const strategy = { type: 'Recreate' };

  test('ends the old pods first', () => {
    expect(lookAt(changed(3, { strategy }), [old(3)]).told).toEqual([
      'Scaled down replica set a from 3 to 0',
    ]);
  });

  test('makes the new ones when none is left', () => {
    expect(lookAt(changed(3, { strategy }), [old(0)]).told[0]).toMatch(
      /^Scaled up replica set web-\w+ from 0 to 3$/,
    );
  });
});

describe('sizes that change', () => {
  const desired = {
    'deployment.kubernetes.io/desired-replicas': '3',
    'deployment.kubernetes.io/max-replicas': '4',
  };

  test('in the middle of a rollout, each grows by its share', () => {
    const sets = [old(3), current(1, 0)].map((each) => ({ ...each, annotations: desired }));
    expect(lookAt(changed(6), sets).told).toEqual([
      'Scaled up replica set a from 3 to 6',
      'Scaled up replica set b from 1 to 2',
    ]);
  });

  test('in a pause, the only one takes all, and no other is made', () => {
    const { told, requests } = lookAt(changed(6, { paused: true }), [{ ...old(3), annotations: desired }]);
    expect(told).toEqual(['Scaled up replica set a from 3 to 6']);
    expect(requests.filter((one) => one.startsWith('create'))).toEqual([]);
  });
});

describe('conditions', () => {
  const condition = ({ deployment }: Looked, type: string) =>
    deployment?.status?.conditions?.find((each) => each.type === type);

  test.each([
    [3, 'True', 'MinimumReplicasAvailable', 'Deployment has minimum availability.'],
    [2, 'False', 'MinimumReplicasUnavailable', 'Deployment does not have minimum availability.'],
  ])('%i of 3 available: %s', (available, status, reason, message) => {
    const sets = [{ ...current(3, available) }, old(0)];
    expect(condition(lookAt(changed(3), sets), 'Available')).toMatchObject({ status, reason, message });
  });

  test('a rollout is complete when all are new and available', () => {
    const told = condition(lookAt(changed(3), [current(3), old(0)]), 'Progressing');
    expect(told).toMatchObject({
      status: 'True',
      reason: 'NewReplicaSetAvailable',
      message: 'ReplicaSet "b" has successfully progressed.',
    });
  });

  // The condition was last told at 05:08:20, five seconds after the epoch.
  test.each([
    [34_999, 'True', 'ReplicaSetUpdated'],
    [35_001, 'False', 'ProgressDeadlineExceeded'],
  ])('at %i ms, with a deadline of 30 s: %s', (at, status, reason) => {
    const stuck = changed(3, { progressDeadlineSeconds: 30 });
    const before = {
      ...stuck,
      status: { ...stuck.status, replicas: 4, updatedReplicas: 1, readyReplicas: 3, availableReplicas: 3 },
    };
    const told = condition(lookAt(before, [old(3), current(1, 0)], { at }), 'Progressing');
    expect(told).toMatchObject({ status, reason });
  });

  test('a pause is told in place of progress', () => {
    const told = condition(lookAt(changed(3, { paused: true }), [old(3)]), 'Progressing');
    expect(told).toMatchObject({
      status: 'Unknown',
      reason: 'DeploymentPaused',
      message: 'Deployment is paused',
    });
  });
});

describe('history', () => {
  test('of the old ReplicaSets the lowest revisions go beyond the limit, if they are empty', () => {
    const done = changed(3, { revisionHistoryLimit: 2 });
    const status = {
      ...done.status,
      observedGeneration: 2,
      replicas: 3,
      updatedReplicas: 3,
      availableReplicas: 3,
    };
    const sets = [1, 2, 3].map((revision) => ({ name: `old-${revision}`, size: 0, revision }));
    const annotations = { 'deployment.kubernetes.io/revision': '4' };
    const deployment = { ...done, metadata: { ...done.metadata, annotations }, status };
    const { requests } = lookAt(deployment, [...sets, { ...current(3), revision: 4 }]);
    expect(requests.filter((one) => one.startsWith('delete'))).toEqual(['delete replicasets old-1']);
  });
});
