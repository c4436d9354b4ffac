import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { storageKey } from '../../src/cluster/objects/storage-key.ts';
import { fieldOf, pointerOf } from '../../src/replay/field-path.ts';
import { objectNamed } from '../../src/replay/object-named.ts';
import { createTimeline } from '../../src/replay/timeline.ts';
import { logOf } from '../support/small-log.ts';

describe('a field', () => {
  test.each([
    ['spec.replicas', '/spec/replicas'],
    ['.spec.replicas', '/spec/replicas'],
    ['status.containerStatuses[0].ready', '/status/containerStatuses/0/ready'],
    ["metadata.labels['app.kubernetes.io/name']", '/metadata/labels/app.kubernetes.io~1name'],
    ['metadata.annotations["a~b"]', '/metadata/annotations/a~0b'],
    ['metadata.labels.a\\.b', '/metadata/labels/a.b'],
    ['/spec/replicas', '/spec/replicas'],
    ['/metadata/labels/a~1b', '/metadata/labels/a~1b'],
  ])('%s stands at %s', (path, pointer) => {
    expect(pointerOf(path)).toBe(pointer);
  });

  test.each(['', '.', 'spec..replicas', 'spec.', 'spec[', 'spec[x]', '/', '//', '/a~2', "a['b"])(
    '%j is none',
    (path) => {
      expect(pointerOf(path)).toBeUndefined();
    },
  );

  test('is written as it is read', () => {
    const step = fc.oneof(
      fc.stringMatching(/^[a-zA-Z][a-zA-Z0-9]{0,8}$/),
      fc.stringMatching(/^[a-z]+\.[a-z]+\/[a-z~]+$/),
      fc.nat(20).map(String),
    );
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 5 }), (steps) => {
        const pointer = steps.map((one) => `/${one.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
        expect(pointerOf(fieldOf(pointer))).toBe(pointer);
      }),
    );
  });
});

const created = (kind: string, name: string, namespace?: string) => {
  const resource = { Pod: 'pods', Node: 'nodes', ConfigMap: 'configmaps' }[kind] ?? '';
  const key = storageKey({ resource, name, ...(namespace !== undefined && { namespace }) });
  const metadata = { name, ...(namespace !== undefined && { namespace }) };
  return {
    type: 'ObjectCreated',
    resource,
    key,
    object: { apiVersion: 'v1', kind, metadata, spec: {} },
  } as const;
};

const timeline = createTimeline(
  logOf([
    [0, created('Node', 'node-1.example.com')],
    [0, created('Pod', 'web', 'default')],
    [0, created('Pod', 'web', 'shop')],
    [0, created('Pod', 'db', 'shop')],
    [0, created('ConfigMap', 'ca', 'default')],
    [0, created('ConfigMap', 'ca.crt', 'default')],
  ]),
);

const NODE_KEY = '/registry/minions/node-1.example.com';

describe('an object', () => {
  test.each([
    ['pod/web', undefined, '/registry/pods/default/web', undefined],
    ['po/web', 'shop', '/registry/pods/shop/web', undefined],
    ['Pod/db', undefined, '/registry/pods/shop/db', undefined],
    ['pods/web.status.phase', undefined, '/registry/pods/default/web', '/status/phase'],
    ['no/node-1.example.com', 'shop', NODE_KEY, undefined],
    ['node/node-1.example.com.status', undefined, NODE_KEY, '/status'],
    ['cm/ca.crt', undefined, '/registry/configmaps/default/ca.crt', undefined],
    ['cm/ca.data', undefined, '/registry/configmaps/default/ca', '/data'],
    ['pod/db[0]', undefined, '/registry/pods/shop/db', '/0'],
  ])('%s in %s is %s', (text, namespace, key, pointer) => {
    expect(objectNamed(timeline, text, namespace)).toMatchObject({ key, ...(pointer && { pointer }) });
  });

  test.each([
    ['web', undefined, { wrong: 'form', word: 'web' }],
    ['pod/', undefined, { wrong: 'form', word: 'pod/' }],
    ['pdo/web', undefined, { wrong: 'kind', word: 'pdo', near: 'pdb' }],
    ['deploymnet/web', undefined, { wrong: 'kind', near: 'deployment' }],
    ['pod/wbe', undefined, { wrong: 'name', word: 'wbe', near: 'web' }],
    ['pod/web', 'other', { wrong: 'namespace', namespaces: ['default', 'shop'] }],
    ['pod/db', 'default', { wrong: 'namespace', namespaces: ['shop'] }],
    ['pod/web.spec..x', undefined, { wrong: 'field', word: '.spec..x' }],
  ])('%s in %s is not there', (text, namespace, problem) => {
    expect(objectNamed(timeline, text, namespace)).toMatchObject(problem);
  });
});
