import { describe, expect, test } from 'vitest';
import type { KubeObject } from '../../../src/cluster/objects/kube-object.ts';
import type { Deployment, Pod } from '../../../src/cluster/objects/kubernetes.ts';
import { configMap, deployment, pod } from './objects.ts';
import { basics, given, type Server, settingsOf } from './server.ts';

const create = (object: KubeObject, resource = 'pods') =>
  ({ verb: 'create', resource, namespace: 'default', object }) as const;

describe('a new object', () => {
  test('is born with a uid, a time in whole seconds, a revision and a generation', () => {
    const server = given();
    server.at = 61_999;
    const { object, revision } = server.grant(create(deployment('web'), 'deployments.apps'));
    expect(object?.metadata).toMatchObject({
      uid: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/),
      creationTimestamp: '2026-11-21T05:01:01Z',
      namespace: 'default',
      resourceVersion: String(revision),
      generation: 1,
    });
  });

  test('does not believe its client what only the server knows', () => {
    const metadata = {
      name: 'web',
      uid: 'mine',
      creationTimestamp: '2001-01-01T00:00:00Z',
      deletionTimestamp: '2001-01-01T00:00:00Z',
      deletionGracePeriodSeconds: 3,
      generation: 17,
      managedFields: [{}],
    };
    const object = { ...deployment('web'), metadata, status: { replicas: 3 } };
    const created = given().grant(create(object, 'deployments.apps')).object as Deployment;
    expect(created.metadata).not.toMatchObject({ uid: 'mine' });
    expect(created.metadata).toMatchObject({ generation: 1, creationTimestamp: '2026-11-21T05:00:00Z' });
    expect(Object.keys(created.metadata)).not.toContain('deletionTimestamp');
    expect(Object.keys(created.metadata)).not.toContain('managedFields');
    expect(created.status).toEqual({});
  });

  test('may leave its kind to the resource', () => {
    const object = { metadata: { name: 'web' }, spec: pod('web').spec } as unknown as KubeObject;
    expect(given().grant(create(object)).object).toMatchObject({ apiVersion: 'v1', kind: 'Pod' });
  });

  test('finds its namespace by itself when the request names none', () => {
    const object = { ...pod('web'), metadata: { name: 'web', namespace: 'default' } };
    expect(given().grant({ verb: 'create', resource: 'pods', object }).object?.metadata.namespace).toBe(
      'default',
    );
  });

  test('costs nothing and leaves nothing when it is only tried', () => {
    const server = given();
    const before = server.world.seq;
    const { object, revision } = server.grant({ ...create(pod('web')), dryRun: true });
    expect(object?.metadata).toMatchObject({ name: 'web', uid: expect.any(String) });
    expect(object?.metadata.resourceVersion).toBeUndefined();
    expect(server.world.seq).toBe(before);
    expect(server.grant(create(pod('web'))).revision).toBe(revision + 1);
  });
});

describe.each([
  ['1.36', { generation: 1 }],
  ['1.34', { generation: 1 }],
  ['1.33', {}],
])('a pod of %s', (version, expected) => {
  test('counts its generations or does not', () => {
    const { generation } = given([], settingsOf(version)).grant(create(pod('web'))).object?.metadata ?? {};
    expect({ ...(generation !== undefined && { generation }) }).toEqual(expected);
  });
});

test('a pod that may not be scheduled yet says so from the beginning', () => {
  const object = given().grant(create(pod('web', { schedulingGates: [{ name: 'a.example/wait' }] })))
    .object as Pod;
  expect(object.status?.conditions).toMatchObject([
    { type: 'PodScheduled', status: 'False', reason: 'SchedulingGated' },
  ]);
});

test.each([
  [
    'another of its name',
    create(pod('web')),
    { code: 409, reason: 'AlreadyExists', message: 'pods "web" already exists' },
  ],
  [
    'no name',
    create(pod('')),
    {
      code: 422,
      reason: 'Invalid',
      message: 'Pod "" is invalid: metadata.name: Required value: name or generateName is required',
      details: {
        kind: 'Pod',
        causes: [
          {
            reason: 'FieldValueRequired',
            message: 'Required value: name or generateName is required',
            field: 'metadata.name',
          },
        ],
      },
    },
  ],
  [
    'a namespace that is not there',
    { ...create(pod('web')), namespace: 'nowhere' },
    {
      code: 404,
      reason: 'NotFound',
      message: 'namespaces "nowhere" not found',
      details: { kind: 'namespaces' },
    },
  ],
  [
    'another namespace than the request',
    create({ ...pod('x'), metadata: { name: 'x', namespace: 'other' } }),
    {
      code: 400,
      reason: 'BadRequest',
      message: 'the namespace of the provided object does not match the namespace sent on the request',
    },
  ],
  [
    'a version of its API that is not served',
    create({ ...deployment('x'), apiVersion: 'apps/v1beta1' }, 'deployments.apps'),
    { code: 400, reason: 'BadRequest', message: expect.stringContaining('Deployment in version "v1beta1"') },
  ],
  [
    'the kind of another resource',
    create({ ...configMap('x') }),
    { code: 400, message: expect.stringMatching(/^ConfigMap in version "v1" cannot be handled as a Pod: /) },
  ],
  [
    'a revision of its own',
    create({ ...pod('x'), metadata: { name: 'x', resourceVersion: '3' } }),
    { code: 500, reason: '', message: 'resourceVersion should not be set on objects to be created' },
  ],
  [
    'a kind that is not registered',
    create(pod('x'), 'widgets.example.com'),
    { code: 404, reason: 'NotFound', message: 'the server could not find the requested resource' },
  ],
  [
    'a verb that its resource has not',
    create(pod('x'), 'componentstatuses'),
    {
      code: 405,
      reason: 'MethodNotAllowed',
      message: 'the server does not allow this method on the requested resource',
    },
  ],
  [
    'a purpose beyond the simulation',
    { verb: 'create', resource: 'bindings', namespace: 'default', object: configMap('x') } as const,
    { code: 501, message: 'creating bindings is not simulated' },
  ],
])('a new object with %s is refused', (_what, request, status) => {
  const server = given([{ ...pod('web'), metadata: { name: 'web', namespace: 'default' } }]);
  expect(server.refuse(request)).toMatchObject(status);
});

describe('a body with a field that its kind has not', () => {
  const misspelt = {
    ...pod('web'),
    spec: { containers: [{ name: 'c', imagee: 'y' }] },
  } as unknown as KubeObject;

  test('is refused in strict decoding', () => {
    expect(given().refuse({ ...create(misspelt), strict: true })).toMatchObject({
      code: 400,
      message:
        'Pod in version "v1" cannot be handled as a Pod: strict decoding error: unknown field "spec.containers[0].imagee"',
    });
  });

  test('loses it with a warning otherwise', () => {
    const body = { ...configMap('cm'), dta: { a: 'b' } } as KubeObject;
    const { object, warnings } = given().grant({ ...create(body, 'configmaps'), strict: false });
    expect(warnings).toEqual(['unknown field "dta"']);
    expect(Object.keys(object ?? {})).not.toContain('dta');
  });

  test('is refused in any case when the field has the wrong type', () => {
    const body = { ...configMap('cm'), data: { a: 1 } } as unknown as KubeObject;
    const { code, message } = given().refuse({ ...create(body, 'configmaps'), strict: false });
    expect({ code, message }).toMatchObject({
      code: 400,
      message: expect.stringContaining('cannot unmarshal number'),
    });
  });
});

describe('generated names', () => {
  const generated = (base: string) => create({ ...pod(''), metadata: { generateName: base } });
  const nameIn = (server: Server, base: string): string =>
    server.grant(generated(base)).object?.metadata.name ?? '';

  test('end in five letters of the safe alphabet', () => {
    expect(nameIn(given(), 'web-')).toMatch(/^web-[bcdfghjklmnpqrstvwxz2456789]{5}$/);
  });

  test('are the same in a cluster that holds other objects too', () => {
    const [alone, crowded] = [given(), given()];
    const names: string[][] = [[], []];
    for (let count = 0; count < 3; count++) {
      names[0]?.push(nameIn(alone, 'web-'));
      crowded.grant(create(pod(`other-${count}`)));
      nameIn(crowded, 'db-');
      names[1]?.push(nameIn(crowded, 'web-'));
    }
    expect(names[1]).toEqual(names[0]);
    expect(new Set(names[0]).size).toBe(3);
  });

  test('are not used again after their object has gone', () => {
    const server = given();
    const first = nameIn(server, 'web-');
    server.grant({ verb: 'delete', resource: 'pods', namespace: 'default', name: first });
    expect(nameIn(server, 'web-')).not.toBe(first);
  });

  test('are drawn anew when they are taken, which older servers did not do', () => {
    const first = nameIn(given(), 'web-');
    const taken = { ...pod(first), metadata: { name: first, namespace: 'default' } };
    expect(nameIn(given([taken]), 'web-')).not.toBe(first);
    expect(given([taken], settingsOf('1.30')).refuse(generated('web-'))).toMatchObject({
      code: 409,
      message: `pods "${first}" already exists, the server was not able to generate a unique name for the object`,
    });
  });

  test('differ with the seed', () => {
    expect(nameIn(given([], settingsOf('1.36', 'b')), 'web-')).not.toBe(
      nameIn(given([], settingsOf('1.36', 'a')), 'web-'),
    );
  });
});

test('an object that comes again after it has gone has another uid, whatever else was made meanwhile', () => {
  const uids = (server: Server, others: readonly string[]): (string | undefined)[] => {
    const born: (string | undefined)[] = [];
    for (const other of [undefined, ...others]) {
      if (other) server.grant(create(pod(other)));
      born.push(server.grant(create(pod('web'))).object?.metadata.uid);
      server.grant({ verb: 'delete', resource: 'pods', namespace: 'default', name: 'web' });
    }
    born.push(server.grant(create(pod('web'))).object?.metadata.uid);
    return born;
  };
  const alone = uids(given(), []);
  expect(new Set(alone).size).toBe(2);
  expect(uids(given(), ['x']).slice(0, 2)).toEqual(alone);
});

test('a namespace is labelled with its name and waits for its content', () => {
  const object = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } };
  expect(given().grant({ verb: 'create', resource: 'namespaces', object }).object).toMatchObject({
    metadata: { labels: { 'kubernetes.io/metadata.name': 'shop' } },
    spec: { finalizers: ['kubernetes'] },
    status: { phase: 'Active' },
  });
});

test.each([
  ['1.36', 'policy/v1beta1', { code: 400 }],
  ['1.24', 'policy/v1beta1', { apiVersion: 'policy/v1' }],
  ['1.20', 'policy/v1beta1', { apiVersion: 'policy/v1beta1' }],
  ['1.36', 'policy/v1', { apiVersion: 'policy/v1' }],
])('a %s cluster takes a budget of %s', (version, apiVersion, expected) => {
  const server = given(basics('shop'), settingsOf(version));
  const object = {
    apiVersion,
    kind: 'PodDisruptionBudget',
    metadata: { name: 'web' },
    spec: { minAvailable: 1 },
  };
  const { response } = server.send(create(object as KubeObject, 'poddisruptionbudgets.policy'));
  expect(response.ok ? response.object : response.status).toMatchObject(expected);
});
