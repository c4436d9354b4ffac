import { expect, test } from 'vitest';
import type { IngressSpec } from '../../../../src/cluster/objects/kubernetes.ts';
import { checkNewIngress } from '../../../../src/cluster/objects/validation/check-ingress.ts';

const backend = { service: { name: 'web', port: { number: 80 } } };

/** `field: detail` of what is wrong. */
function wrong(spec: IngressSpec, annotations: Record<string, string> = {}): readonly string[] {
  const errors = checkNewIngress({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: { name: 'web', namespace: 'default', annotations },
    spec,
  });
  return errors.map(({ field, detail }) => `${field}: ${detail}`);
}

const withPath = (path: string, pathType: string): IngressSpec => ({
  rules: [{ host: 'a.example.com', http: { paths: [{ path, pathType, backend }] } }],
});

test.each<[IngressSpec, readonly string[]]>([
  [withPath('/', 'Prefix'), []],
  [withPath('', 'ImplementationSpecific'), []],
  [{ defaultBackend: backend }, []],
  [{}, ['spec: either `defaultBackend` or `rules` must be specified']],
  [withPath('web', 'Exact'), ['spec.rules[0].http.paths[0].path: must be an absolute path']],
  [withPath('/a//b', 'Prefix'), ["spec.rules[0].http.paths[0].path: must not contain '//'"]],
  [withPath('/a/..', 'Prefix'), ["spec.rules[0].http.paths[0].path: cannot end with '/..'"]],
  [
    withPath('/', 'Begins'),
    ['spec.rules[0].http.paths[0].pathType: supported values: "Exact", "ImplementationSpecific", "Prefix"'],
  ],
  [withPath('/', ''), ['spec.rules[0].http.paths[0].pathType: pathType must be specified']],
  [{ rules: [{ host: '10.0.0.1' }] }, ['spec.rules[0].host: must be a DNS name, not an IP address']],
  [{ rules: [{ host: '*.example.com' }] }, []],
  [{ defaultBackend: {} }, ['spec.defaultBackend: resource or service backend is required']],
  [
    { defaultBackend: { service: { name: 'web' } } },
    ['spec.defaultBackend: port name or number is required'],
  ],
])('%j: %j', (spec, wanted) => {
  expect(wrong(spec)).toEqual(wanted);
});

test('a class is said in one way', () => {
  const spec = { ...withPath('/', 'Prefix'), ingressClassName: 'nginx' };
  expect(wrong(spec, { 'kubernetes.io/ingress.class': 'alb' })).toEqual([
    'annotations.kubernetes.io/ingress.class: must match `ingressClassName` when both are specified',
  ]);
});
