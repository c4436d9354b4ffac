import { describe, expect, test } from 'vitest';
import type { KubeObject } from '../../../src/cluster/objects/kube-object.ts';
import type { DaemonSet, Deployment, Namespace } from '../../../src/cluster/objects/kubernetes.ts';
import { configMap, deployment, pod } from './objects.ts';
import { given, type Server } from './server.ts';

interface Kept {
  readonly server: Server;
  readonly object: Deployment & KubeObject;
}

function withDeployment(): Kept {
  const server = given();
  const request = {
    verb: 'create',
    resource: 'deployments.apps',
    namespace: 'default',
    object: deployment('web'),
  } as const;
  return { server, object: server.grant(request).object as Deployment & KubeObject };
}

const update = (object: KubeObject, resource = 'deployments.apps') =>
  ({ verb: 'update', resource, namespace: 'default', name: 'web', object }) as const;

describe('an update', () => {
  test('made from a version that is not the stored one is refused', () => {
    const { server, object } = withDeployment();
    server.grant(update({ ...object, spec: { ...object.spec, replicas: 2 } } as KubeObject));
    expect(server.refuse(update(object))).toEqual({
      code: 409,
      reason: 'Conflict',
      message:
        'Operation cannot be fulfilled on deployments.apps "web": the object has been modified; please apply your changes to the latest version and try again',
      details: { name: 'web', group: 'apps', kind: 'deployments' },
    });
  });

  test('that names no version is taken, but for kinds that insist', () => {
    const { server } = withDeployment();
    expect(server.grant(update(deployment('web', 5))).object).toMatchObject({ spec: { replicas: 5 } });
    const lease = {
      apiVersion: 'coordination.k8s.io/v1',
      kind: 'Lease',
      metadata: { name: 'web' },
      spec: {},
    };
    server.grant({
      verb: 'create',
      resource: 'leases.coordination.k8s.io',
      namespace: 'default',
      object: lease,
    });
    expect(server.refuse(update(lease, 'leases.coordination.k8s.io'))).toMatchObject({
      code: 422,
      message:
        'leases.coordination.k8s.io "web" is invalid: metadata.resourceVersion: Invalid value: 0: must be specified for an update',
    });
  });

  test('of another object of the same name is refused', () => {
    const { server, object } = withDeployment();
    const stranger = { ...object, metadata: { ...object.metadata, uid: 'b' } };
    expect(server.refuse(update(stranger)).message).toBe(
      'Operation cannot be fulfilled on deployments.apps "web": StorageError: invalid object, Code: 4, Key: /registry/deployments/default/web, ' +
        `ResourceVersion: 0, AdditionalErrorMsg: Precondition failed: UID in precondition: b, UID in object meta: ${object.metadata.uid}`,
    );
  });

  test('that says what is stored is not written', () => {
    const { server, object } = withDeployment();
    const { events, response } = server.send(update(structuredClone(object)));
    expect(events).toEqual([]);
    expect(response).toMatchObject({
      ok: true,
      object: { metadata: { resourceVersion: object.metadata.resourceVersion } },
    });
  });

  test('keeps what the client left out and may not say', () => {
    const { server, object } = withDeployment();
    const { metadata } = server.grant(update(deployment('web', 3))).object ?? {};
    expect(metadata).toMatchObject({
      uid: object.metadata.uid,
      creationTimestamp: object.metadata.creationTimestamp,
    });
  });

  test('writes what changed and nothing else', () => {
    const { server, object } = withDeployment();
    const { events, response } = server.send(
      update({ ...object, spec: { ...object.spec, replicas: 3 } } as KubeObject),
    );
    expect(response.ok && response.revision).toBe(Number(object.metadata.resourceVersion) + 1);
    expect(events).toEqual([
      {
        type: 'ObjectUpdated',
        resource: 'deployments.apps',
        key: '/registry/deployments/default/web',
        set: {
          '/metadata/generation': 2,
          '/metadata/resourceVersion': String(Number(object.metadata.resourceVersion) + 1),
          '/spec/replicas': 3,
        },
      },
    ]);
  });

  test('of an object that is not there is refused', () => {
    expect(given().refuse(update(deployment('web')))).toMatchObject({
      code: 404,
      message: 'deployments.apps "web" not found',
    });
  });

  test('under another name is refused', () => {
    expect(given().refuse(update(deployment('api'))).message).toBe(
      'the name of the object (api) does not match the name on the URL (web)',
    );
  });

  test('only tried changes nothing', () => {
    const { server, object } = withDeployment();
    const { events, response } = server.send({ ...update(deployment('web', 3)), dryRun: true });
    expect(events).toEqual([]);
    expect(response).toMatchObject({
      ok: true,
      object: { spec: { replicas: 3 }, metadata: { generation: 2 } },
    });
    expect(server.stored('deployments.apps', 'default', 'web')).toEqual(object);
  });
});

describe('a generation counts', () => {
  const change = (object: Deployment, part: Partial<Deployment>): KubeObject =>
    ({ ...object, ...part }) as KubeObject;
  const generationAfter = (edit: (object: Deployment) => KubeObject): number | undefined => {
    const { server, object } = withDeployment();
    return server.grant(update(edit(object))).object?.metadata.generation;
  };

  test.each([
    ['what is wanted', 2, (object: Deployment) => change(object, { spec: { ...object.spec, paused: true } })],
    [
      'annotations of a Deployment',
      2,
      (object: Deployment) => change(object, { metadata: { ...object.metadata, annotations: { a: 'b' } } }),
    ],
    [
      'no labels',
      1,
      (object: Deployment) => change(object, { metadata: { ...object.metadata, labels: { a: 'b' } } }),
    ],
    ['no status', 1, (object: Deployment) => change(object, { status: { replicas: 7 } })],
    [
      'not what the client says',
      1,
      (object: Deployment) => change(object, { metadata: { ...object.metadata, generation: 9 } }),
    ],
  ])('%s', (_what, generation, edit) => {
    expect(generationAfter(edit)).toBe(generation);
  });

  test('labels of an EndpointSlice', () => {
    const slice = {
      apiVersion: 'discovery.k8s.io/v1',
      kind: 'EndpointSlice',
      metadata: { name: 'web' },
      addressType: 'IPv4',
      endpoints: [],
    };
    const server = given();
    const resource = 'endpointslices.discovery.k8s.io';
    server.grant({ verb: 'create', resource, namespace: 'default', object: slice });
    const labelled = { ...slice, metadata: { name: 'web', labels: { a: 'b' } } };
    expect(server.grant(update(labelled, resource)).object?.metadata.generation).toBe(2);
  });

  test('nothing of a ConfigMap', () => {
    const server = given();
    server.grant({ verb: 'create', resource: 'configmaps', namespace: 'default', object: configMap('web') });
    const { metadata } = server.grant(update(configMap('web', { a: 'b' }), 'configmaps')).object ?? {};
    expect(metadata?.generation).toBeUndefined();
  });

  test('the template of a DaemonSet a second time', () => {
    const { spec } = deployment('web');
    const object = {
      apiVersion: 'apps/v1',
      kind: 'DaemonSet',
      metadata: { name: 'web' },
      spec: { selector: spec?.selector, template: spec?.template },
    } as DaemonSet & KubeObject;
    const server = given();
    const resource = 'daemonsets.apps';
    server.grant({ verb: 'create', resource, namespace: 'default', object });
    const annotation = (updated: KubeObject | undefined) =>
      updated?.metadata.annotations?.['deprecated.daemonset.template.generation'];
    const later = { ...object, spec: { ...object.spec, minReadySeconds: 5 } } as KubeObject;
    expect(annotation(server.grant(update(later, resource)).object)).toBe('1');
    const unchanged = server.stored(resource, 'default', 'web');
    expect(server.send(update(unchanged ?? later, resource)).events).toEqual([]);
    const other = structuredClone(later) as DaemonSet & KubeObject;
    Object.assign(other.spec?.template.spec?.containers[0] ?? {}, { image: 'nginx:1.17' });
    expect(annotation(server.grant(update(other, resource)).object)).toBe('2');
  });
});

test('an update of a Service keeps the address that it was given', () => {
  const server = given();
  const service = (port: number) => ({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'web' },
    spec: { ports: [{ port }] },
  });
  const created = server.grant({
    verb: 'create',
    resource: 'services',
    namespace: 'default',
    object: service(80),
  });
  const { spec } = server.grant(update(service(81), 'services')).object as never as { spec: object };
  expect(spec).toMatchObject({
    clusterIP: (created.object as never as { spec: { clusterIP: string } }).spec.clusterIP,
  });
});

test('the finalizers of a namespace change by finalize alone', () => {
  const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } };
  const server = given();
  server.grant({ verb: 'create', resource: 'namespaces', object: namespace });
  const emptied = { ...namespace, spec: { finalizers: [] } };
  const request = { verb: 'update', resource: 'namespaces', name: 'shop', object: emptied } as const;
  expect((server.grant(request).object as Namespace).spec).toEqual({ finalizers: ['kubernetes'] });
  expect(
    (server.grant({ ...request, subresource: 'finalize' }).object as Namespace).spec?.finalizers,
  ).toBeUndefined();
});

test('a pod that is labelled by a program costs one small event', () => {
  const server = given();
  const object = server.grant({
    verb: 'create',
    resource: 'pods',
    namespace: 'default',
    object: pod('web'),
  }).object;
  const labelled = { ...object, metadata: { ...object?.metadata, labels: { a: 'b' } } } as KubeObject;
  const { events } = server.send(update(labelled, 'pods'));
  expect(events).toMatchObject([
    { set: { '/metadata/labels': { a: 'b' }, '/metadata/resourceVersion': '5' } },
  ]);
});
