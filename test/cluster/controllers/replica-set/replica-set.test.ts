import { describe, expect, test } from 'vitest';
import type { Request } from '../../../../src/cluster/contract/request.ts';
import { replicaSetController } from '../../../../src/cluster/controllers/replica-set/replica-set.ts';
import type { KubeObject } from '../../../../src/cluster/objects/kube-object.ts';
import type { CoreEvent, Pod, ReplicaSet } from '../../../../src/cluster/objects/kubernetes.ts';
import { given } from '../../../support/given.ts';
import { create, deletion, settingsOf } from '../../node/play.ts';
import {
  labels,
  namespace,
  objectsOf,
  playWorkloads,
  podSpec,
  podsOf,
  serviceAccount,
} from '../workloads.ts';

const settings = settingsOf({});
const address = { actor: 'replicaset-controller', key: '/registry/replicasets/default/web' };

function setOf(replicas: number, more: Partial<ReplicaSet['metadata']> = {}): ReplicaSet {
  return {
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata: { name: 'web', namespace: 'default', generation: 1, ...more },
    spec: { replicas, selector: { matchLabels: labels }, template: { metadata: { labels }, spec: podSpec } },
    status: { replicas: 0 },
  };
}

interface PodDraft {
  readonly owner?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly phase?: string;
}

function podOf(name: string, draft: PodDraft = {}): Pod {
  const { owner, phase = 'Running' } = draft;
  const reference = { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: owner ?? '', uid: `uid-${owner}` };
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name,
      namespace: 'default',
      creationTimestamp: '2026-11-21T05:00:00Z',
      labels: draft.labels ?? labels,
      ...(owner !== undefined && { ownerReferences: [{ ...reference, controller: true }] }),
    },
    spec: { ...podSpec, nodeName: 'node-1' },
    status: { phase },
  };
}

/** What one look does, told briefly: requests, without Events. */
function lookAt(set: ReplicaSet, pods: readonly Pod[] = []): string[] {
  const objects: [string, KubeObject][] = [
    ['namespaces', namespace],
    ['serviceaccounts', serviceAccount],
    ['replicasets.apps', set],
    ...pods.map((pod): [string, KubeObject] => ['pods', pod]),
  ];
  const { deeds } = given({ settings, objects }).when(replicaSetController, address, 1000);
  return deeds
    .filter((deed): deed is Request => !('type' in deed) && deed.resource !== 'events')
    .map((deed) => {
      const what = 'name' in deed ? deed.name : '';
      const status =
        'object' in deed && deed.subresource === 'status' ? (deed.object as ReplicaSet).status : undefined;
      const patch = deed.verb === 'patch' ? ` ${JSON.stringify(deed.patch)}` : '';
      return `${deed.verb} ${what || deed.resource}${status ? ` status ${JSON.stringify(status)}` : ''}${patch}`;
    });
}

const OWN = { owner: 'web' };

describe('one look at a ReplicaSet', () => {
  test('makes the pods that are missing, and tells of those that were there before', () => {
    expect(lookAt(setOf(3), [podOf('a', OWN)])).toEqual([
      'create pods',
      'create pods',
      'update web status {"replicas":1,"fullyLabeledReplicas":1,"terminatingReplicas":0,"observedGeneration":1}',
    ]);
  });

  test('deletes as many as are too many, the pending ones first', () => {
    const pods = [podOf('a', OWN), podOf('b', { ...OWN, phase: 'Pending' }), podOf('c', OWN)];
    expect(lookAt(setOf(2), pods)[0]).toBe('delete b');
  });

  test('does not count what has ended', () => {
    expect(lookAt(setOf(1), [podOf('a', { ...OWN, phase: 'Failed' })])[0]).toBe('create pods');
  });

  test('adopts an orphan that it selects, after having looked itself up', () => {
    const [lookUp, adoption, ...rest] = lookAt(setOf(1), [podOf('a')]);
    expect(lookUp).toBe('get web');
    expect(adoption).toContain(
      'patch a {"metadata":{"ownerReferences":[{"apiVersion":"apps/v1","blockOwnerDeletion":true',
    );
    expect(rest[0]).toMatch(/^update web status \{"replicas":1/);
  });

  test('releases its own that it does not select any more, and replaces it', () => {
    const [release, creation] = lookAt(setOf(1), [podOf('a', { ...OWN, labels: { app: 'debug' } })]);
    expect(release).toBe(
      'patch a {"metadata":{"ownerReferences":[{"$patch":"delete","uid":"uid-web"}],"uid":"uid-a"}}',
    );
    expect(creation).toBe('create pods');
  });

  test("leaves others' pods alone", () => {
    expect(lookAt(setOf(0), [podOf('a', { owner: 'other' })])).toHaveLength(1);
  });

  test('on its way out makes, adopts and releases nothing', () => {
    const set = setOf(3, { deletionTimestamp: '2026-11-21T05:00:00Z', finalizers: ['foregroundDeletion'] });
    expect(lookAt(set, [podOf('a'), podOf('b', { ...OWN, labels: {} })])).toEqual([
      expect.stringMatching(/^update web status/),
    ]);
  });

  test('tells why pods can not be made, as long as it is so', () => {
    const objects: [string, KubeObject][] = [
      ['namespaces', namespace],
      ['replicasets.apps', setOf(3)],
    ];
    const { world } = given({ settings, objects }).when(replicaSetController, address, 1000);
    const message =
      'pods "web-" is forbidden: error looking up service account default/default: serviceaccount "default" not found';
    const [set] = objectsOf<ReplicaSet>(world, 'replicasets.apps');
    expect(set?.status?.conditions).toMatchObject([
      { type: 'ReplicaFailure', status: 'True', reason: 'FailedCreate', message },
    ]);
    expect(objectsOf<CoreEvent>(world, 'events')).toMatchObject([
      { type: 'Warning', reason: 'FailedCreate', message: `Error creating: ${message}` },
    ]);
  });
});

describe('a ReplicaSet in a cluster', () => {
  const set = { ...setOf(2), metadata: { name: 'web', namespace: 'default' } };

  test('replaces a deleted pod as soon as its end begins', () => {
    const alive = playWorkloads([create(0, set, 'replicasets.apps')], { until: 5000 });
    const [first] = podsOf(alive.world);
    const name = first?.metadata.name ?? '';
    const play = playWorkloads([create(0, set, 'replicasets.apps'), deletion(5000, name)], { until: 6000 });
    const pods = podsOf(play.world);
    expect(pods).toHaveLength(3);
    expect(pods.filter(({ metadata }) => metadata.deletionTimestamp === undefined)).toHaveLength(2);
    expect(pods.map(({ metadata }) => metadata.name)).toContain(name);
  });

  test.each([
    [36, 1],
    [20, undefined],
  ])('1.%i tells of %s pods on their way out', (minor, terminating) => {
    const scale = { verb: 'patch', resource: 'replicasets.apps', namespace: 'default', name: 'web' } as const;
    const patch = { spec: { replicas: 1 } };
    const typed = [
      create(0, set, 'replicasets.apps'),
      { at: 5000, request: { ...scale, patchType: 'merge', patch } as const },
    ];
    const { world } = playWorkloads(typed, { until: 6000, minor });
    const [after] = objectsOf<ReplicaSet>(world, 'replicasets.apps');
    expect(after?.status).toMatchObject({ replicas: 1, readyReplicas: 1, observedGeneration: 2 });
    expect(after?.status?.terminatingReplicas).toBe(terminating);
  });

  test('counts a pod as available when it has been ready for minReadySeconds, by the whole second', () => {
    const patient = { ...set, spec: { ...set.spec, minReadySeconds: 5 } };
    const availableAt = (until: number): number | undefined => {
      const { world } = playWorkloads([create(0, patient, 'replicasets.apps')], { until });
      return objectsOf<ReplicaSet>(world, 'replicasets.apps')[0]?.status?.availableReplicas;
    };
    expect(availableAt(4900)).toBeUndefined();
    expect(availableAt(6100)).toBe(2);
  });
});
