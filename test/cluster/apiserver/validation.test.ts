import { describe, expect, test } from 'vitest';
import type { KubeObject } from '../../../src/cluster/objects/kube-object.ts';
import type { Pod } from '../../../src/cluster/objects/kubernetes.ts';
import { configMap, pod } from './objects.ts';
import { given } from './server.ts';

const create = (object: KubeObject, resource = 'pods') =>
  ({ verb: 'create', resource, namespace: 'default', object, strict: true }) as const;

test('an object with several faults is refused with all of them, so that kubectl can list them', () => {
  const object = pod('Web', { containers: [{ name: 'c', image: '' }] });
  const { code, reason, message, details } = given().refuse(create(object));
  expect({ code, reason }).toEqual({ code: 422, reason: 'Invalid' });
  expect(message).toMatch(
    /^Pod "Web" is invalid: \[metadata\.name: Invalid value: "Web": .*, spec\.containers\[0\]\.image: Required value\]$/,
  );
  expect(details).toMatchObject({
    kind: 'Pod',
    name: 'Web',
    causes: [
      { field: 'metadata.name', reason: 'FieldValueInvalid' },
      { field: 'spec.containers[0].image', reason: 'FieldValueRequired', message: 'Required value' },
    ],
  });
});

test('a refusal of a write stands in the log, in the words of the API', () => {
  const { events } = given().send(create(pod('Web')));
  expect(events).toMatchObject([
    {
      type: 'RequestRefused',
      verb: 'create',
      resource: 'pods',
      namespace: 'default',
      name: 'Web',
      code: 422,
      reason: 'Invalid',
      message: expect.stringMatching(/^Pod "Web" is invalid: metadata\.name: /),
    },
  ]);
});

test('what admission says comes before what validation says', () => {
  const object = pod('Web', { serviceAccountName: 'nobody' });
  expect(given().refuse(create(object)).reason).toBe('Forbidden');
});

describe('a stored pod', () => {
  const change = (edit: (stored: Pod) => object) => {
    const server = given();
    server.grant(create(pod('web')));
    const object = edit(server.stored<Pod>('pods', 'default', 'web') as Pod) as KubeObject;
    return server.send({ verb: 'update', resource: 'pods', namespace: 'default', name: 'web', object })
      .response;
  };

  test('may get another image', () => {
    const response = change((stored) => ({
      ...stored,
      spec: {
        ...stored.spec,
        containers: stored.spec.containers.map((container) => ({ ...container, image: 'nginx:1.17' })),
      },
    }));
    expect(response).toMatchObject({ ok: true, object: { metadata: { generation: 2 } } });
  });

  test('may not get another command', () => {
    const response = change((stored) => ({
      ...stored,
      spec: {
        ...stored.spec,
        containers: stored.spec.containers.map((container) => ({ ...container, command: ['x'] })),
      },
    }));
    expect(response).toMatchObject({
      ok: false,
      status: { code: 422, message: expect.stringContaining('pod updates may not change fields other than') },
    });
  });

  test('may not get a label that is none, even from a program that changes nothing else', () => {
    const response = change((stored) => ({
      ...stored,
      metadata: { ...stored.metadata, labels: { 'a b': 'c' } },
    }));
    expect(response).toMatchObject({ ok: false, status: { reason: 'Invalid' } });
  });
});

test('an immutable ConfigMap stays as it is', () => {
  const server = given();
  const object = { ...configMap('web', { a: 'b' }), immutable: true } as KubeObject;
  server.grant(create(object, 'configmaps'));
  const request = { verb: 'patch', resource: 'configmaps', namespace: 'default', name: 'web' } as const;
  expect(server.refuse({ ...request, patchType: 'merge', patch: { data: { a: 'c' } } }).message).toBe(
    'ConfigMap "web" is invalid: data: Forbidden: field is immutable when `immutable` is set',
  );
});
