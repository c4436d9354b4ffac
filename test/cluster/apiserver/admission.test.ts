import { describe, expect, test } from 'vitest';
import type { KubeObject } from '../../../src/cluster/objects/kube-object.ts';
import type { Pod, PodSpec, ServiceAccount } from '../../../src/cluster/objects/kubernetes.ts';
import { pod } from './objects.ts';
import { given, settingsOf } from './server.ts';

const create = (object: KubeObject, resource = 'pods') =>
  ({ verb: 'create', resource, namespace: 'default', object }) as const;

const account = (name: string, more: Partial<ServiceAccount> = {}): KubeObject => ({
  apiVersion: 'v1',
  kind: 'ServiceAccount',
  metadata: { name, namespace: 'default' },
  ...more,
});

const specOf = (object: KubeObject | undefined): PodSpec => (object as Pod).spec;

describe('ServiceAccount', () => {
  const mounted = {
    name: expect.stringMatching(/^kube-api-access-\w{5}$/),
    readOnly: true,
    mountPath: '/var/run/secrets/kubernetes.io/serviceaccount',
  };

  test('gives every container the token of its account', () => {
    const object = pod('web', { initContainers: [{ name: 'i', image: 'busybox' }] });
    const { initContainers, containers, volumes, serviceAccountName } = specOf(
      given().grant(create(object)).object,
    );
    expect(serviceAccountName).toBe('default');
    expect(initContainers?.[0]?.volumeMounts).toEqual([mounted]);
    expect(containers[0]?.volumeMounts).toEqual([mounted]);
    expect(volumes).toMatchObject([
      { projected: { sources: [{ serviceAccountToken: { expirationSeconds: 3607 } }, {}, {}] } },
    ]);
  });

  test.each([
    ['the pod', { automountServiceAccountToken: false }, {}],
    ['the account', {}, { automountServiceAccountToken: false }],
  ])('does not when %s does not want it', (_who, spec, more) => {
    const server = given([account('quiet', more)]);
    const object = pod('web', { serviceAccountName: 'quiet', ...spec });
    expect(specOf(server.grant(create(object)).object).volumes).toBeUndefined();
  });

  test('leaves a container alone that mounts something there itself', () => {
    const own = [{ name: 'own', mountPath: mounted.mountPath }];
    const object = pod('web', {
      volumes: [{ name: 'own', emptyDir: {} }],
      containers: [{ name: 'c', image: 'nginx', volumeMounts: own }],
    });
    const spec = specOf(given().grant(create(object)).object);
    expect(spec.containers[0]?.volumeMounts).toEqual(own);
    expect(spec.volumes?.map(({ name }) => name)).toEqual(['own']);
  });

  test('hands on the secrets to pull images with', () => {
    const server = given([account('puller', { imagePullSecrets: [{ name: 'registry' }] })]);
    const { object } = server.grant(create(pod('web', { serviceAccountName: 'puller' })));
    expect(specOf(object).imagePullSecrets).toEqual([{ name: 'registry' }]);
  });

  test.each([
    ['pods "web" is forbidden: ', { name: 'web' }],
    ['pods "web-" is forbidden: ', { generateName: 'web-' }],
  ])('refuses an account that is not there: %s', (beginning, metadata) => {
    const object = { ...pod('web', { serviceAccountName: 'nobody' }), metadata };
    expect(given().refuse(create(object))).toMatchObject({
      code: 403,
      reason: 'Forbidden',
      message: `${beginning}error looking up service account default/nobody: serviceaccount "nobody" not found`,
    });
  });

  test('waits in 1.20 for the token to be made', () => {
    expect(given([], settingsOf('1.20')).refuse(create(pod('web')))).toMatchObject({
      reason: 'ServerTimeout',
      message: expect.stringMatching(/^No API token found for service account "default", retry after/),
    });
  });

  test('leaves mirrors of static pods as they are', () => {
    const mirror = {
      ...pod('etcd', { nodeName: 'n' }),
      metadata: { name: 'etcd', annotations: { 'kubernetes.io/config.mirror': 'x' } },
    };
    expect(specOf(given().grant(create(mirror)).object)).not.toHaveProperty('volumes');
    const referring = { ...mirror, spec: { ...mirror.spec, serviceAccountName: 'default' } };
    expect(given().refuse(create(referring)).message).toBe(
      'pods "etcd" is forbidden: a mirror pod may not reference service accounts',
    );
  });
});

describe('Priority', () => {
  const ranks = (name: string, value: number, more: object = {}) => ({
    apiVersion: 'scheduling.k8s.io/v1',
    kind: 'PriorityClass',
    metadata: { name },
    value,
    preemptionPolicy: 'PreemptLowerPriority',
    ...more,
  });

  test.each<[string, object[], Partial<PodSpec>, object]>([
    ['nothing is said', [], {}, { priority: 0, preemptionPolicy: 'PreemptLowerPriority' }],
    ['a class is named', [ranks('high', 1000)], { priorityClassName: 'high' }, { priority: 1000 }],
    [
      'a class never preempts',
      [ranks('polite', 5, { preemptionPolicy: 'Never' })],
      { priorityClassName: 'polite' },
      { priority: 5, preemptionPolicy: 'Never' },
    ],
    [
      'there is a default class',
      [ranks('usual', 7, { globalDefault: true })],
      {},
      { priority: 7, priorityClassName: 'usual' },
    ],
  ])('where %s', (_what, classes, spec, expected) => {
    expect(specOf(given(classes).grant(create(pod('web', spec))).object)).toMatchObject(expected);
  });

  test.each<[Partial<PodSpec>, string]>([
    [{ priorityClassName: 'high' }, 'no PriorityClass with name high was found'],
    [
      { priority: 3 },
      'the integer value of priority (3) must not be provided in pod spec; priority admission controller computed 0 from the given PriorityClass name',
    ],
    [
      { preemptionPolicy: 'Never' },
      'the string value of PreemptionPolicy (Never) must not be provided in pod spec; priority admission controller computed PreemptLowerPriority from the given PriorityClass name',
    ],
  ])('refuses %o', (spec, why) => {
    expect(given().refuse(create(pod('web', spec))).message).toBe(`pods "web" is forbidden: ${why}`);
  });

  test('allows one default class', () => {
    const server = given([ranks('usual', 7, { globalDefault: true })]);
    const second = ranks('other', 8, { globalDefault: true });
    expect(server.refuse(create(second, 'priorityclasses.scheduling.k8s.io')).message).toBe(
      'priorityclasses.scheduling.k8s.io "other" is forbidden: PriorityClass usual is already marked as default. Only one default can exist',
    );
  });

  test('is kept by an update that leaves it out', () => {
    const server = given([ranks('high', 1000)]);
    server.grant(create(pod('web', { priorityClassName: 'high' })));
    const stored = server.stored<Pod>('pods', 'default', 'web') as Pod & KubeObject;
    const { priority: _, preemptionPolicy: __, ...spec } = stored.spec;
    const request = {
      verb: 'update',
      resource: 'pods',
      namespace: 'default',
      name: 'web',
      object: { ...stored, spec },
    } as const;
    expect(server.send(request).events).toEqual([]);
  });
});

describe('DefaultTolerationSeconds', () => {
  const keys = (spec: Partial<PodSpec>) =>
    specOf(given().grant(create(pod('web', spec))).object).tolerations?.map(({ key, tolerationSeconds }) => [
      key,
      tolerationSeconds,
    ]);

  test.each<[string, Partial<PodSpec>, unknown]>([
    [
      'nothing',
      {},
      [
        ['node.kubernetes.io/not-ready', 300],
        ['node.kubernetes.io/unreachable', 300],
      ],
    ],
    ['everything', { tolerations: [{ operator: 'Exists' }] }, [[undefined, undefined]]],
    [
      'one of them for ten seconds',
      {
        tolerations: [
          {
            key: 'node.kubernetes.io/unreachable',
            operator: 'Exists',
            effect: 'NoExecute',
            tolerationSeconds: 10,
          },
        ],
      },
      [
        ['node.kubernetes.io/unreachable', 10],
        ['node.kubernetes.io/not-ready', 300],
      ],
    ],
    [
      'another effect only',
      { tolerations: [{ key: 'node.kubernetes.io/unreachable', operator: 'Exists', effect: 'NoSchedule' }] },
      [
        ['node.kubernetes.io/unreachable', undefined],
        ['node.kubernetes.io/not-ready', 300],
        ['node.kubernetes.io/unreachable', 300],
      ],
    ],
  ])('of a pod that tolerates %s', (_what, spec, expected) => {
    expect(keys(spec)).toEqual(expected);
  });
});

test('TaintNodesByCondition keeps pods from a node that was not seen ready', () => {
  const node = { apiVersion: 'v1', kind: 'Node', metadata: { name: 'n' }, status: { phase: 'Running' } };
  expect(given().grant({ verb: 'create', resource: 'nodes', object: node }).object).toMatchObject({
    spec: { taints: [{ key: 'node.kubernetes.io/not-ready', effect: 'NoSchedule' }] },
    status: { phase: 'Running' },
  });
});

describe('DefaultStorageClass', () => {
  const storageClass = (name: string, creationTimestamp: string, isDefault = true) => ({
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    metadata: {
      name,
      creationTimestamp,
      ...(isDefault && { annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' } }),
    },
    provisioner: 'p',
  });
  const claim = (spec: object) =>
    ({ apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata: { name: 'data' }, spec }) as KubeObject;
  const classes = [
    storageClass('old', '2026-01-01T00:00:00Z'),
    storageClass('b-new', '2026-02-01T00:00:00Z'),
    storageClass('a-new', '2026-02-01T00:00:00Z'),
    storageClass('plain', '2026-03-01T00:00:00Z', false),
  ];

  test.each([
    [{}, 'a-new'],
    [{ storageClassName: '' }, ''],
    [{ storageClassName: 'plain' }, 'plain'],
  ])('gives a claim of %o the class %o', (spec, expected) => {
    const body = { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } }, ...spec };
    const { object } = given(classes).grant(create(claim(body), 'persistentvolumeclaims'));
    expect(object).toMatchObject({
      spec: { storageClassName: expected },
      metadata: { finalizers: ['kubernetes.io/pvc-protection'] },
    });
  });
});

describe('PodTopologyLabels', () => {
  const node = {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name: 'n', labels: { 'topology.kubernetes.io/zone': 'z', other: 'o' } },
  };

  test.each([
    ['1.36', { 'topology.kubernetes.io/zone': 'z' }],
    ['1.34', undefined],
  ])('of %s labels a pod that names its node with %o', (version, labels) => {
    const { object } = given([node], settingsOf(version)).grant(create(pod('web', { nodeName: 'n' })));
    expect(object?.metadata.labels).toEqual(labels);
  });
});
