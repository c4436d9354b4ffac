import { describe, expect, test } from 'vitest';
import type { PatchRequest, Request } from '../../../src/cluster/contract/request.ts';
import { isObject } from '../../../src/cluster/objects/json.ts';
import type { Deployment } from '../../../src/cluster/objects/kubernetes.ts';
import { configMap, deployment } from './objects.ts';
import { given } from './server.ts';

const PLACE = { resource: 'deployments.apps', namespace: 'default' };

function apply(patch: object, more: Partial<PatchRequest> = {}): PatchRequest {
  return {
    verb: 'patch',
    ...PLACE,
    name: 'web',
    patchType: 'apply',
    patch,
    fieldManager: 'kubectl',
    ...more,
  };
}

const web = (replicas?: number, env: readonly string[] = []): object => {
  const { metadata, spec, ...kind } = deployment('web', replicas);
  const containers = [{ name: 'c', image: 'nginx:1.16', env: env.map((name) => ({ name, value: '1' })) }];
  const template = { ...spec?.template, spec: { containers } };
  const { replicas: _, ...others } = { ...spec, template };
  return { ...kind, metadata, spec: replicas === undefined ? others : { ...others, replicas } };
};

const envOf = (object: unknown): readonly string[] =>
  (object as Deployment).spec?.template.spec?.containers[0]?.env?.map(({ name }) => name) ?? [];

const scale = (replicas: number, more: Partial<Request> = {}): Request =>
  ({
    verb: 'patch',
    ...PLACE,
    name: 'web',
    patchType: 'merge',
    patch: { spec: { replicas } },
    ...more,
  }) as Request;

describe('server-side apply', () => {
  test('makes an object that is not there, whose fields are its applier’s', () => {
    const { object } = given().grant(apply(web(2)));
    expect((object as Deployment).spec?.replicas).toBe(2);
    const [entry, ...others] = object?.metadata.managedFields ?? [];
    expect(others).toEqual([]);
    expect(entry).toMatchObject({ manager: 'kubectl', operation: 'Apply', apiVersion: 'apps/v1' });
    const fields = (entry?.fieldsV1 ?? {}) as Record<string, object>;
    expect(Object.keys(fields['f:spec'] ?? {})).toEqual(['f:replicas', 'f:selector', 'f:template']);
  });

  test('writes nothing the second time', () => {
    const server = given();
    server.grant(apply(web(2)));
    server.at += 5000;
    expect(server.send(apply(web(2))).events).toEqual([]);
  });

  test('takes away what its applier does not say any more', () => {
    const server = given();
    server.grant(apply(web(2, ['A', 'B'])));
    expect(envOf(server.grant(apply(web(2, ['B']))).object)).toEqual(['B']);
  });

  test('leaves what another applier says', () => {
    const server = given();
    server.grant(apply(web(2, ['A', 'B'])));
    server.grant(apply(web(2, ['A']), { fieldManager: 'other' }));
    expect(envOf(server.grant(apply(web(2, ['B']))).object)).toEqual(['A', 'B']);
  });

  test('is refused where somebody else has changed a field since', () => {
    const server = given();
    server.grant(apply(web(2)));
    server.grant(scale(5, { fieldManager: 'kubectl-edit' }));
    const refusal = server.refuse(apply(web(3)));
    expect(refusal).toMatchObject({
      code: 409,
      reason: 'Conflict',
      message: 'Apply failed with 1 conflict: conflict with "kubectl-edit" using apps/v1: .spec.replicas',
      details: { causes: [{ reason: 'FieldManagerConflict', field: '.spec.replicas' }] },
    });
  });

  test('names all conflicts, those of one manager together', () => {
    const server = given();
    server.grant(apply(web(2), { fieldManager: 'bob' }));
    const other = { ...web(4), metadata: { name: 'web', labels: { a: 'b' } } };
    server.grant(
      apply(
        { ...other, metadata: { name: 'web', labels: { a: 'c' } } },
        { fieldManager: 'bob', force: true },
      ),
    );
    expect(server.refuse(apply({ ...web(7), metadata: { name: 'web', labels: { a: 'd' } } })).message).toBe(
      'Apply failed with 2 conflicts: conflicts with "bob":\n- .metadata.labels.a\n- .spec.replicas',
    );
  });

  test('agrees with who has the same value, and both own it', () => {
    const server = given();
    server.grant(apply(web(2)));
    const { object } = server.grant(apply(web(2), { fieldManager: 'other' }));
    expect(object?.metadata.managedFields?.map(({ manager }) => manager)).toEqual(['kubectl', 'other']);
  });

  test('by force takes fields from their owners', () => {
    const server = given();
    server.grant(apply(web(2)));
    server.grant(scale(5, { fieldManager: 'kubectl-edit' }));
    const { object } = server.grant(apply(web(3), { force: true }));
    expect((object as Deployment).spec?.replicas).toBe(3);
    expect(object?.metadata.managedFields?.map(({ manager }) => manager)).toEqual(['kubectl']);
  });

  test('does not speak of a field that it leaves to others', () => {
    const server = given();
    server.grant(apply(web()));
    server.grant(scale(5, { fieldManager: 'kubectl-edit' }));
    expect((server.grant(apply(web(undefined, ['A']))).object as Deployment).spec?.replicas).toBe(5);
  });

  test('knows who wrote an object before anybody applied on the server', () => {
    const server = given();
    server.grant({ verb: 'create', ...PLACE, object: deployment('web', 2), fieldManager: 'kubectl-create' });
    server.grant(scale(5, { fieldManager: 'kubectl-edit' }));
    const owner = (replicas: number): string => server.refuse(apply(web(replicas))).message;
    expect(owner(3)).toContain('conflict with "kubectl-edit" using apps/v1: .spec.replicas');
  });

  test('refuses fields that the kind does not have, by their places', () => {
    const object = web(2) as { spec: { template: { spec: { containers: object[] } } } };
    object.spec.template.spec.containers = [{ name: 'c', image: 'x', imagee: 'y' }];
    expect(given().refuse(apply(object))).toMatchObject({
      code: 500,
      message:
        'failed to create typed patch object (default/web; apps/v1, Kind=Deployment): ' +
        '.spec.template.spec.containers[name="c"].imagee: field not declared in schema',
    });
  });

  test('says nothing of a status', () => {
    const { object } = given().grant(apply({ ...web(2), status: { replicas: 9 } }));
    expect((object as Deployment).status?.replicas).toBeUndefined();
  });
});

test('who owns what is told to those who ask, and to nobody else', () => {
  const server = given();
  const object = configMap('c', { a: '1' });
  const place = { resource: 'configmaps', namespace: 'default' };
  server.grant({ verb: 'create', ...place, object, fieldManager: 'kubectl-create' });
  const get = { verb: 'get', ...place, name: 'c' } as const;
  expect(server.grant(get).object?.metadata.managedFields).toBeUndefined();
  const shown = server.grant({ ...get, showsManagers: true }).object?.metadata.managedFields;
  expect(shown).toEqual([
    {
      apiVersion: 'v1',
      fieldsType: 'FieldsV1',
      fieldsV1: { 'f:data': { '.': {}, 'f:a': {} } },
      manager: 'kubectl-create',
      operation: 'Update',
      time: expect.stringMatching(/^2026-/),
    },
  ]);
  expect(shown?.every(({ fieldsV1 }) => isObject(fieldsV1))).toBe(true);
});
