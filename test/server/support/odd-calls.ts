import fc from 'fast-check';
import type { HttpCall } from '../../../src/cluster/wire/http-call.ts';
import { GOOD } from './good-objects.ts';
import { ACCEPTS, METHODS, QUERIES, TYPES, VALUES, WORDS } from './odd-words.ts';

/** Parts of objects that are nearly right. */
const value: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
  any: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom(null, true, 0, -1, 1.5, 1e308, '', 'web', 'v1', 'Pod', 'Always', '10m', [], {}),
    fc.array(tie('any'), { maxLength: 3 }),
    fc.dictionary(
      fc.constantFrom('name', 'spec', 'metadata', 'containers', 'image', 'labels', 'x'),
      tie('any'),
      {
        maxKeys: 4,
      },
    ),
  ),
})).any;

const object = fc
  .record(
    {
      apiVersion: fc.oneof(fc.constantFrom('v1', 'apps/v1', 'policy/v1', 'x/y/z', '', 7, null), value),
      kind: fc.oneof(
        fc.constantFrom('Pod', 'Deployment', 'ConfigMap', 'Eviction', 'Scale', '', 7, null),
        value,
      ),
      metadata: fc.oneof(
        value,
        fc.record({
          name: fc.constantFrom('web', '', 'A B', 7),
          namespace: fc.constantFrom('default', 'x', 7),
        }),
        fc.record({
          name: value,
          labels: value,
          annotations: value,
          ownerReferences: value,
          finalizers: value,
        }),
      ),
      spec: fc.oneof(
        value,
        fc.record({
          replicas: value,
          selector: value,
          template: value,
          containers: fc.oneof(
            value,
            fc.array(fc.record({ name: value, image: value, ports: value, env: value })),
          ),
          resourceAttributes: value,
        }),
      ),
      status: value,
      data: value,
      rules: value,
    },
    { requiredKeys: [] },
  )
  .map((of) => JSON.stringify(of));

/** The same with something else at one place. */
function changedAt(of: unknown, steps: readonly number[], put: unknown): unknown {
  const [step, ...rest] = steps;
  if (step === undefined || typeof of !== 'object' || of === null) return put;
  const keys = Object.keys(of);
  const key = keys[step % Math.max(keys.length, 1)];
  if (key === undefined) return put;
  const inner = changedAt((of as Record<string, unknown>)[key], rest, put);
  if (Array.isArray(of)) return of.map((item, place) => (String(place) === key ? inner : item));
  return { ...of, [key]: inner };
}

/** An object that is nearly as it should be, sent where it belongs. */
export const nearly: fc.Arbitrary<HttpCall> = fc
  .record({
    place: fc.constantFrom(...Object.keys(GOOD)),
    steps: fc.array(fc.nat(20), { minLength: 1, maxLength: 9 }),
    put: value,
    validation: fc.constantFrom('Strict', 'Warn', 'Ignore', ''),
  })
  .map(({ place, steps, put, validation }) => ({
    method: 'POST',
    path: place,
    query: `fieldValidation=${validation}`,
    headers: { authorization: ['Bearer admin'], 'content-type': ['application/json'] },
    body: JSON.stringify(changedAt(GOOD[place], steps, put)),
  }));

const patch = fc
  .array(
    fc.record({
      op: fc.constantFrom('add', 'remove', 'replace', 'move', 'copy', 'test', 'x', 7),
      path: fc.constantFrom('/spec', '/metadata/name', '/a/b/c', '', 'x', '/-', '/data/~1', 7),
      value,
    }),
    { maxLength: 3 },
  )
  .map((of) => JSON.stringify(of));

const body = fc.oneof(
  object,
  patch,
  value.map((of) => JSON.stringify(of)),
  fc.string({ maxLength: 60 }),
  fc.constantFrom(
    '',
    '{',
    '[[[[',
    '{"a":',
    'a: b: c',
    '&a [*a, *a]',
    '{"__proto__":{"x":1}}',
    '['.repeat(5000),
  ),
  fc.constantFrom(
    'apiVersion: v1\nkind: ConfigMap\n',
    'k8s\u0000\n\u0002v1',
    '\ufeff{}',
    '"text"',
    '7',
    'null',
  ),
);

const path = fc.oneof(
  fc.array(fc.constantFrom(...WORDS), { maxLength: 8 }).map((parts) => `/${parts.join('/')}`),
  fc.constantFrom(
    '/api/v1/namespaces/default/pods',
    '/api/v1/namespaces/default/pods/web',
    '/api/v1/namespaces/default/pods/web/eviction',
    '/api/v1/namespaces/default/configmaps',
    '/api/v1/namespaces/default/configmaps/kube-root-ca.crt',
    '/api/v1/namespaces/default/services',
    '/api/v1/nodes/node-1',
    '/api/v1/nodes/node-1/status',
    '/apis/apps/v1/namespaces/default/deployments',
    '/apis/apps/v1/namespaces/default/deployments/web/scale',
    '/apis/batch/v1/namespaces/default/jobs',
    '/apis/rbac.authorization.k8s.io/v1/clusterroles',
    '/apis/apiextensions.k8s.io/v1/customresourcedefinitions',
    '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews',
    '/api/v1/namespaces/default/serviceaccounts/default/token',
  ),
);

const query = fc
  .array(fc.tuple(fc.constantFrom(...QUERIES), fc.constantFrom(...VALUES)), { maxLength: 4 })
  .map((pairs) => pairs.map(([name, text]) => `${name}=${text}`).join('&'));

export const call: fc.Arbitrary<HttpCall> = fc
  .record({
    method: fc.constantFrom(...METHODS),
    path,
    query,
    type: fc.constantFrom(...TYPES),
    accept: fc.constantFrom(...ACCEPTS),
    as: fc.constantFrom('', '', '', 'jane', 'system:serviceaccount:a:b', '한글'),
    body,
  })
  .map(({ method, type, accept, as, ...of }) => ({
    ...of,
    method,
    headers: {
      authorization: ['Bearer admin'],
      'content-type': [type],
      accept: [accept],
      ...(as !== '' && { 'impersonate-user': [as] }),
    },
    ...(type.includes('protobuf') && { bytes: Uint8Array.from(Buffer.from(of.body)) }),
  }));
