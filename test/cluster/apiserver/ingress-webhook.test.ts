import { expect, test } from 'vitest';
import { given, type Server, settingsOf } from './server.ts';

const INGRESSES = 'ingresses.networking.k8s.io';
const SERVED = { ...settingsOf(), addons: { ingressNginx: true } };
const classOf = (name: string, controller: string): object => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'IngressClass',
  metadata: { name },
  spec: { controller },
});

function server(data: Readonly<Record<string, string>> = {}): Server {
  const metadata = { name: 'ingress-nginx-controller', namespace: 'ingress-nginx' };
  const classes = [classOf('nginx', 'k8s.io/ingress-nginx'), classOf('alb', 'ingress.k8s.aws/alb')];
  return given([...classes, { apiVersion: 'v1', kind: 'ConfigMap', metadata, data }], SERVED);
}

function ingress(paths: readonly string[], annotations: object = {}, ingressClassName = 'nginx'): object {
  const backend = { service: { name: 'web', port: { number: 80 } } };
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: { name: 'web', annotations },
    spec: {
      ingressClassName,
      rules: [
        {
          host: 'example.com',
          http: {
            paths: paths.map((text) => {
              const [path, pathType] = text.split(' ');
              return { path, pathType, backend };
            }),
          },
        },
      ],
    },
  };
}

const SNIPPET = { 'nginx.ingress.kubernetes.io/server-snippet': 'return 200;' };
const DENIED = 'admission webhook "validate.nginx.ingress.kubernetes.io" denied the request: ';

test.each([
  [
    ['/a(/|$)(.*) Prefix', '/b* Exact', '/ok Prefix'],
    {},
    'ingress contains invalid paths: path /a(/|$)(.*) cannot be used with pathType Prefix\npath /b* cannot be used with pathType Exact',
  ],
  [
    ['/ Prefix'],
    SNIPPET,
    'nginx.ingress.kubernetes.io/server-snippet annotation cannot be used. Snippet directives are disabled by the Ingress administrator',
  ],
])('of %j with %j the webhook says why not', (paths, annotations, why) => {
  const object = ingress(paths, annotations);
  const refusal = server().refuse({
    verb: 'create',
    resource: INGRESSES,
    namespace: 'default',
    object,
  } as never);
  expect([refusal.code, refusal.message]).toEqual([400, DENIED + why]);
});

test.each([
  ['a pattern that says so', ingress(['/a(/|$)(.*) ImplementationSpecific']), {}],
  [
    'a pattern where nobody is strict',
    ingress(['/a(/|$)(.*) Prefix']),
    { 'strict-validate-path-type': 'false' },
  ],
  [
    'a snippet where they are allowed',
    ingress(['/ Prefix'], SNIPPET),
    { 'allow-snippet-annotations': 'true' },
  ],
  ['what is of another class', ingress(['/* Prefix'], SNIPPET, 'alb'), {}],
])('%s is let in', (_what, object, data) => {
  server(data).grant({ verb: 'create', resource: INGRESSES, namespace: 'default', object } as never);
});
