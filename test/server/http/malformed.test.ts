import { connect } from 'node:net';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { userOf } from '../../../src/cluster/contract/user.ts';
import type { HttpCall } from '../../../src/cluster/wire/http-call.ts';
import { handleCall } from '../../../src/server/http/handle-call.ts';
import { startTestServer, type TestServer } from '../support/test-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ clock: { clock: 'manual' } });
});
afterAll(() => server.close());

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS', 'BREW', '', 'get'];
const WORDS = [
  'api',
  'apis',
  'v1',
  'apps',
  'batch',
  'namespaces',
  'default',
  'pods',
  'deployments',
  'nodes',
  'node-1',
  'events',
  'events.k8s.io',
  'watch',
  'status',
  'scale',
  'log',
  'exec',
  'eviction',
  'binding',
  'token',
  'proxy',
  'portforward',
  'finalize',
  'serviceaccounts',
  'secrets',
  'configmaps',
  'kube-root-ca.crt',
  'customresourcedefinitions',
  'apiextensions.k8s.io',
  'authorization.k8s.io',
  'selfsubjectaccessreviews',
  'subjectaccessreviews',
  'version',
  'healthz',
  'readyz',
  'livez',
  'openapi',
  'v2',
  'v3',
  'metrics',
  'leases',
  'kube-node-lease',
  'coordination.k8s.io',
  'certificates.k8s.io',
  'certificatesigningrequests',
  'approval',
  'autoscaling',
  'horizontalpodautoscalers',
  'resize',
  'ephemeralcontainers',
  '..',
  '.',
  '%2e%2e',
  '%zz',
  '%ff',
  '%00',
  '%2f',
  '',
  ' ',
  '__proto__',
  'constructor',
  'toString',
  '한글',
  'a'.repeat(300),
];
const QUERIES = [
  'watch',
  'limit',
  'continue',
  'resourceVersion',
  'resourceVersionMatch',
  'labelSelector',
  'fieldSelector',
  'dryRun',
  'fieldManager',
  'fieldValidation',
  'force',
  'timeoutSeconds',
  'sendInitialEvents',
  'allowWatchBookmarks',
  'pretty',
  'gracePeriodSeconds',
  'propagationPolicy',
  'container',
  'tailLines',
  'sinceSeconds',
  'sinceTime',
  'limitBytes',
  'previous',
  'follow',
  'command',
  'stdin',
  'includeObject',
  '__proto__',
  'verbose',
  'exclude',
];
const VALUES = [
  '',
  '0',
  '1',
  '-1',
  'true',
  'false',
  'All',
  'Exact',
  'NotOlderThan',
  'Strict',
  'a=b',
  'a in (b',
  '!',
  '==',
  'metadata.name=web',
  'spec.nodeName!=x',
  '999999999999',
  '1e9',
  'NaN',
  '%ff',
  '%',
  '+',
  '&',
  '한글',
  '\u0000',
  'Orphan',
  'Foreground',
  'bm90aGluZw',
  'eyJ2IjoibWV0YS5rOHMuaW8vdjEiLCJydiI6MSwic3RhcnQiOiJ4In0',
  'x'.repeat(200),
];
const TYPES = [
  '',
  'application/json',
  'application/yaml',
  'application/json-patch+json',
  'application/merge-patch+json',
  'application/strategic-merge-patch+json',
  'application/apply-patch+yaml',
  'application/vnd.kubernetes.protobuf',
  'application/cbor',
  'text/plain',
  'application/json; charset=utf-16',
  ';;;',
  '한글',
];
const ACCEPTS = [
  '',
  '*/*',
  'application/json',
  'application/yaml',
  'application/vnd.kubernetes.protobuf',
  'text/html',
  'application/json;as=Table;v=v1;g=meta.k8s.io',
  'application/json;as=Table;v=v9;g=meta.k8s.io',
  'application/json;as=PartialObjectMetadata;v=v1;g=meta.k8s.io',
  'application/json;q=0',
  ';as=;q=x,,',
  'application/json;as=APIGroupDiscoveryList;v=v2;g=apidiscovery.k8s.io',
];

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

const CONTAINER = {
  name: 'main',
  image: 'nginx',
  ports: [{ containerPort: 80, name: 'http', protocol: 'TCP' }],
  env: [
    { name: 'A', value: 'b' },
    { name: 'N', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } },
  ],
  resources: { requests: { cpu: '100m' }, limits: { memory: '64Mi' } },
  readinessProbe: { httpGet: { path: '/', port: 'http' }, periodSeconds: 5 },
  volumeMounts: [{ name: 'v', mountPath: '/v' }],
};
const POD_SPEC = {
  containers: [CONTAINER],
  initContainers: [{ name: 'init', image: 'busybox', command: ['true'] }],
  volumes: [{ name: 'v', emptyDir: {} }],
  affinity: { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [{ topologyKey: 'a/b' }] } },
  tolerations: [{ key: 'a', operator: 'Exists' }],
  topologySpreadConstraints: [{ maxSkew: 1, topologyKey: 'x', whenUnsatisfiable: 'DoNotSchedule' }],
};
const LABELLED = { metadata: { labels: { app: 'web' } }, spec: POD_SPEC };
const SELECTOR = { matchLabels: { app: 'web' }, matchExpressions: [{ key: 'x', operator: 'DoesNotExist' }] };
/** Objects that would be granted, by where they are sent. */
const GOOD: Readonly<Record<string, object>> = {
  '/api/v1/namespaces/default/pods': { metadata: { name: 'web', labels: { a: 'b' } }, spec: POD_SPEC },
  '/apis/apps/v1/namespaces/default/deployments': {
    metadata: { name: 'web' },
    spec: {
      replicas: 2,
      selector: { matchLabels: { app: 'web' } },
      template: LABELLED,
      strategy: { type: 'Recreate' },
    },
  },
  '/apis/apps/v1/namespaces/default/statefulsets': {
    metadata: { name: 'db' },
    spec: {
      serviceName: 'db',
      selector: { matchLabels: { app: 'web' } },
      template: LABELLED,
      volumeClaimTemplates: [
        {
          metadata: { name: 'v' },
          spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
        },
      ],
    },
  },
  '/api/v1/namespaces/default/services': {
    metadata: { name: 'web' },
    spec: {
      type: 'NodePort',
      selector: { app: 'web' },
      ports: [{ name: 'a', port: 80, targetPort: 'http' }],
    },
  },
  '/apis/networking.k8s.io/v1/namespaces/default/ingresses': {
    metadata: { name: 'web' },
    spec: {
      rules: [
        {
          host: 'a.b',
          http: {
            paths: [
              { path: '/', pathType: 'Prefix', backend: { service: { name: 'web', port: { number: 80 } } } },
            ],
          },
        },
      ],
    },
  },
  '/apis/networking.k8s.io/v1/namespaces/default/networkpolicies': {
    metadata: { name: 'np' },
    spec: {
      podSelector: SELECTOR,
      ingress: [{ from: [{ ipBlock: { cidr: '10.0.0.0/8', except: ['10.1.0.0/16'] } }] }],
    },
  },
  '/apis/batch/v1/namespaces/default/cronjobs': {
    metadata: { name: 'cj' },
    spec: {
      schedule: '*/5 * * * *',
      jobTemplate: { spec: { template: { spec: { ...POD_SPEC, restartPolicy: 'Never' } } } },
    },
  },
  '/apis/policy/v1/namespaces/default/poddisruptionbudgets': {
    metadata: { name: 'pdb' },
    spec: { minAvailable: '50%', selector: SELECTOR },
  },
  '/apis/autoscaling/v2/namespaces/default/horizontalpodautoscalers': {
    metadata: { name: 'hpa' },
    spec: {
      maxReplicas: 3,
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' },
      metrics: [
        {
          type: 'Resource',
          resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 5 } },
        },
      ],
    },
  },
  '/apis/rbac.authorization.k8s.io/v1/clusterroles': {
    metadata: { name: 'r' },
    rules: [{ apiGroups: [''], resources: ['pods'], verbs: ['get'] }],
  },
  '/apis/apiextensions.k8s.io/v1/customresourcedefinitions': {
    metadata: { name: 'widgets.example.com' },
    spec: {
      group: 'example.com',
      scope: 'Namespaced',
      names: { plural: 'widgets', kind: 'Widget' },
      versions: [
        {
          name: 'v1',
          served: true,
          storage: true,
          schema: { openAPIV3Schema: { type: 'object', properties: { spec: { type: 'object' } } } },
        },
      ],
    },
  },
  '/apis/storage.k8s.io/v1/storageclasses': { metadata: { name: 'fast' }, provisioner: 'a.b/c' },
  '/api/v1/namespaces/default/persistentvolumeclaims': {
    metadata: { name: 'c' },
    spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
  },
  '/apis/admissionregistration.k8s.io/v1/validatingadmissionpolicies': {
    metadata: { name: 'p' },
    spec: {
      matchConstraints: {
        resourceRules: [
          { apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE'], resources: ['pods'] },
        ],
      },
      validations: [{ expression: 'object.spec.x == 1' }],
    },
  },
};

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
const nearly: fc.Arbitrary<HttpCall> = fc
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

const call: fc.Arbitrary<HttpCall> = fc
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

/** How many are asked; drawn anew where FAST_CHECK_SEED says so. */
const CALLS = 10_000;

test('requests of any kind are answered, change nothing that they may not, and never break anything', async () => {
  const users = () => userOf({ name: 'admin', groups: ['system:masters'] });
  const { live } = server;
  // What could be granted is only tried: the state must be the very same in the end.
  const handling = { live: { ...live, ask: refuse }, users, metrics: () => '' };
  const before = live.entries.length;
  const bugs = new Set<string>();
  await fc.assert(
    fc.asyncProperty(fc.oneof(call, nearly), async (asked) => {
      const handled = await handleCall(handling, asked);
      if (handled.type !== 'answer') return;
      const { code, headers, body: text } = handled.answer;
      expect(code).toBeGreaterThanOrEqual(200);
      if (code < 400) return;
      expect(headers['content-type']).toMatch(/^(?:application\/json|text\/plain)/);
      if (!String(headers['content-type']).startsWith('application/json')) return;
      const status: unknown = JSON.parse(String(text));
      expect(status).toMatchObject({ kind: 'Status', apiVersion: 'v1', status: 'Failure', code });
      const { message } = status as { message: string };
      if (code === 500 && message.startsWith('Internal error occurred'))
        bugs.add(`${message} ${JSON.stringify(asked)}`);
    }),
    { numRuns: CALLS },
  );
  expect([...bugs].slice(0, 5)).toEqual([]);
  expect(live.entries.length).toBe(before);
});

async function refuse() {
  return { ok: false as const, status: { code: 409, reason: 'Conflict', message: 'it is only tried' } };
}

/** What a server says to bytes; empty where it only closes. */
async function said(bytes: string): Promise<string> {
  const { port } = new URL(server.url);
  return await new Promise((resolve) => {
    const socket = connect(Number(port), '127.0.0.1', () => socket.end(bytes, 'latin1'));
    let text = '';
    socket.on('data', (piece) => {
      text += piece.toString('latin1');
    });
    socket.on('error', () => resolve(text));
    socket.on('close', () => resolve(text));
    socket.setTimeout(5000, () => socket.destroy(new Error('the server hangs')));
  });
}

const line = fc.oneof(
  fc.constantFrom(
    'GET / HTTP/1.1',
    'GET /api HTTP/1.1',
    'GET /api/v1/pods HTTP/9.9',
    'POST /api/v1/namespaces/default/pods HTTP/1.1',
    'GET http://elsewhere.example/api HTTP/1.1',
    'CONNECT a:1 HTTP/1.1',
    'PRI * HTTP/2.0',
    '\x16\x03\x01\x02\x00\x01\x00',
    'GET  HTTP/1.1',
  ),
  fc.string({ maxLength: 40 }),
);
const header = fc.oneof(
  fc.constantFrom(
    'Host: a',
    'Content-Length: 5',
    'Content-Length: -1',
    'Content-Length: 99999999999',
    'Transfer-Encoding: chunked',
    'Transfer-Encoding: gzip, chunked',
    'Connection: Upgrade',
    'Upgrade: SPDY/3.1',
    'Upgrade: websocket',
    'Sec-WebSocket-Key: x',
    'Authorization: Bearer the-administrator',
    'Expect: 100-continue',
    'Expect: nonsense',
    `X: ${'y'.repeat(70_000)}`,
    ': nothing',
    'a b: c',
  ),
  fc.string({ maxLength: 30 }),
);

test('bytes that are hardly HTTP are answered or refused, and the server goes on', async () => {
  const before = server.live.entries.length;
  await fc.assert(
    fc.asyncProperty(
      line,
      fc.array(header, { maxLength: 5 }),
      fc.string({ maxLength: 30 }),
      async (...parts) => {
        const [first, headers, rest] = parts;
        const text = await said(`${[first, ...headers].join('\r\n')}\r\n\r\n${rest}`);
        if (text !== '') expect(text).toMatch(/^HTTP\/1\.1 (?:100|[2-5]\d\d) /);
      },
    ),
    { numRuns: 300 },
  );
  expect(server.live.entries.length).toBe(before);
  expect((await server.ask('/livez')).text).toBe('ok');
});
