import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { emitSchemaTable } from '../../../scripts/kubernetes/emit-schema-table.ts';
import { emitTypes } from '../../../scripts/kubernetes/emit-types.ts';
import type { OpenApi } from '../../../scripts/kubernetes/openapi.ts';

const ROOT = join(import.meta.dirname, '../../..');
const OPEN_API = join(ROOT, '../shared/data/kubernetes-openapi.json');

const EVENT = {
  properties: { apiVersion: { type: 'string' }, kind: { type: 'string' }, message: { type: 'string' } },
  'x-kubernetes-group-version-kind': [{ group: '', version: 'v1', kind: 'Event' }],
};

function openApi(definitions: Record<string, object>, paths: OpenApi['paths'] = {}): OpenApi {
  return { info: { version: 'v1.0.0' }, definitions, paths } as OpenApi;
}

describe.skipIf(!existsSync(OPEN_API))('the committed files (skipped without ../shared/data)', () => {
  test.each([
    ['kubernetes.ts', emitTypes],
    ['schema-table.ts', emitSchemaTable],
  ])('%s is what the script writes', (file, emit) => {
    const committed = readFileSync(join(ROOT, 'src/cluster/objects', file), 'utf8');
    expect(emit(JSON.parse(readFileSync(OPEN_API, 'utf8')) as OpenApi)).toBe(committed);
  });
});

describe('from an OpenAPI document', () => {
  test('a kind becomes an interface that says what it is', () => {
    expect(emitTypes(openApi({ 'io.k8s.api.core.v1.Event': EVENT }))).toContain(
      "export interface CoreEvent {\n  apiVersion: 'v1';\n  kind: 'Event';\n  message?: string;\n}\n",
    );
  });

  test('kinds of beta versions, and lists, become nothing', () => {
    const beta = {
      ...EVENT,
      'x-kubernetes-group-version-kind': [{ group: 'a', version: 'v1beta1', kind: 'Thing' }],
    };
    const list = {
      ...EVENT,
      'x-kubernetes-group-version-kind': [{ group: '', version: 'v1', kind: 'EventList' }],
    };
    const types = emitTypes(openApi({ 'a.v1beta1.Thing': beta, 'io.k8s.api.core.v1.EventList': list }));
    expect(types).not.toContain('interface');
  });

  test('two types of one name stop the script', () => {
    const kind = (group: string): object => ({
      ...EVENT,
      'x-kubernetes-group-version-kind': [{ group, version: 'v1', kind: 'Thing' }],
    });
    const document = openApi({ 'io.a.v1.Thing': kind('a'), 'io.b.v1.Thing': kind('b') });
    expect(() => emitTypes(document)).toThrow('two types are called Thing');
  });

  test('paths become resources with their verbs and subresources', () => {
    const gvk = { group: 'apps', version: 'v1', kind: 'Deployment' };
    const scale = { group: 'autoscaling', version: 'v1', kind: 'Scale' };
    const table = emitSchemaTable(
      openApi(
        {},
        {
          '/apis/apps/v1/deployments': { get: { action: 'list', gvk } },
          '/apis/apps/v1/watch/deployments': { get: { action: 'watchlist', gvk } },
          '/apis/apps/v1/namespaces/{namespace}/deployments': { post: { action: 'post', gvk } },
          '/apis/apps/v1/namespaces/{namespace}/deployments/{name}/scale': {
            put: { action: 'put', gvk: scale },
          },
        },
      ),
    );
    expect(table).toContain(
      '\napps/v1 deployments Deployment namespaced create,list,watch scale=autoscaling/v1.Scale:update\n',
    );
  });
});
