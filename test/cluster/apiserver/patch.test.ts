import { describe, expect, test } from 'vitest';
import type { PatchRequest } from '../../../src/cluster/contract/request.ts';
import type { KubeObject } from '../../../src/cluster/objects/kube-object.ts';
import type { Deployment } from '../../../src/cluster/objects/kubernetes.ts';
import { deployment } from './objects.ts';
import { given, type Server } from './server.ts';

function withDeployment(): Server {
  const server = given();
  const object = deployment('web', 2);
  server.grant({ verb: 'create', resource: 'deployments.apps', namespace: 'default', object });
  return server;
}

const patch = (patchType: PatchRequest['patchType'], change: unknown, more: Partial<PatchRequest> = {}) =>
  ({
    verb: 'patch',
    resource: 'deployments.apps',
    namespace: 'default',
    name: 'web',
    patchType,
    patch: change,
    ...more,
  }) as const;

const specOf = (object: KubeObject | undefined) => (object as Deployment).spec;

describe('a patch', () => {
  test('of a secret may be written in plain text', () => {
    const server = given();
    const place = { resource: 'secrets', namespace: 'default' };
    const object = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 's' }, data: { a: 'b25l' } };
    server.grant({ verb: 'create', ...place, object });
    const change = { stringData: { a: 'two', b: 'x' } };
    const patched = server.grant({
      verb: 'patch',
      ...place,
      name: 's',
      patchType: 'strategic',
      patch: change,
    });
    expect(patched.object).toMatchObject({ type: 'Opaque', data: { a: 'dHdv', b: 'eA==' } });
    expect(patched.object).not.toHaveProperty('stringData');
  });

  test('of the strategic kind merges lists by their keys', () => {
    const containers = [{ name: 'side', image: 'busybox:1.36' }];
    const change = { spec: { template: { spec: { containers } } } };
    const { object } = withDeployment().grant(patch('strategic', change));
    expect(specOf(object)?.template.spec?.containers.map(({ name }) => name)).toEqual(['side', 'c']);
    expect(object?.metadata.generation).toBe(2);
  });

  test('of the merge kind replaces lists and deletes by null', () => {
    const change = {
      spec: {
        progressDeadlineSeconds: null,
        template: { spec: { containers: [{ name: 'x', image: 'y' }] } },
      },
    };
    const { object } = withDeployment().grant(patch('merge', change));
    expect(specOf(object)?.template.spec?.containers).toMatchObject([{ name: 'x', image: 'y' }]);
    // What a client deletes gets its default again.
    expect(specOf(object)?.progressDeadlineSeconds).toBe(600);
  });

  test('of the JSON kind does its operations one after another', () => {
    const change = [
      { op: 'test', path: '/spec/replicas', value: 2 },
      { op: 'replace', path: '/spec/replicas', value: 3 },
    ];
    expect(specOf(withDeployment().grant(patch('json', change)).object)?.replicas).toBe(3);
  });

  test('that changes nothing writes nothing', () => {
    expect(withDeployment().send(patch('strategic', { spec: { replicas: 2 } })).events).toEqual([]);
  });

  test('of a status changes it alone', () => {
    const change = { spec: { replicas: 9 }, status: { replicas: 2 } };
    const { object } = withDeployment().grant(patch('merge', change, { subresource: 'status' }));
    expect(object).toMatchObject({ spec: { replicas: 2 }, status: { replicas: 2 } });
  });
});

test.each([
  [
    'whose version is old',
    patch('merge', { metadata: { resourceVersion: '1' } }),
    { code: 409, reason: 'Conflict', message: expect.stringContaining('the object has been modified') },
  ],
  [
    'that renames',
    patch('merge', { metadata: { name: 'api' } }),
    { code: 400, message: 'the name of the object (api) does not match the name on the URL (web)' },
  ],
  [
    'of what is not there',
    patch('merge', {}, { name: 'api' }),
    { code: 404, message: 'deployments.apps "api" not found' },
  ],
  [
    'whose test fails',
    patch('json', [{ op: 'test', path: '/spec/replicas', value: 7 }]),
    {
      code: 422,
      reason: 'Invalid',
      message: 'the server rejected our request due to an error in our request',
    },
  ],
  ['that is no list of operations', patch('json', { op: 'add' }), { code: 400, reason: 'BadRequest' }],
  ['that is a list', patch('strategic', []), { code: 400, reason: 'BadRequest' }],
  [
    'with an unknown field, if strict',
    patch('strategic', { spec: { replica: 3 } }, { strict: true }),
    {
      code: 422,
      reason: 'Invalid',
      message:
        ' "" is invalid: patch: Invalid value: "map[spec:map[replica:3]]": strict decoding error: unknown field "spec.replica"',
      details: { causes: [{ field: 'patch', reason: 'FieldValueInvalid' }] },
    },
  ],
  [
    'with a wrong type',
    patch('merge', { spec: { replicas: 'three' } }, { strict: true }),
    { code: 422, message: expect.stringContaining('cannot unmarshal string into Go struct field') },
  ],
])('a patch %s is refused', (_what, request, status) => {
  expect(withDeployment().refuse(request)).toMatchObject(status);
});

test('an unknown field of a lax patch is dropped with a warning', () => {
  const answer = withDeployment().grant(patch('strategic', { spec: { replica: 3 } }, { strict: false }));
  expect(answer.warnings).toEqual(['unknown field "spec.replica"']);
  expect(specOf(answer.object)).not.toHaveProperty('replica');
});
