import { expect, test } from 'vitest';
import { decide } from '../../../src/cluster/apiserver/decide.ts';
import type { KubeObject } from '../../../src/cluster/objects/kube-object.ts';
import { resourceForKind } from '../../../src/cluster/objects/schema/resources.ts';
import { given } from './server.ts';

const template = {
  metadata: { labels: { app: 'a' } },
  spec: {
    containers: [
      {
        name: 'c',
        image: 'nginx',
        ports: [{ containerPort: 80 }],
        env: [{ name: 'A', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } }],
        readinessProbe: { httpGet: { path: '/', port: 80 } },
        resources: { limits: { cpu: '1' } },
        volumeMounts: [{ name: 'v', mountPath: '/v' }],
      },
    ],
    volumes: [
      { name: 'v', projected: { sources: [{ configMap: { name: 'x', items: [{ key: 'a', path: 'b' }] } }] } },
    ],
    affinity: {
      nodeAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: {
          nodeSelectorTerms: [{ matchExpressions: [{ key: 'a', operator: 'In', values: ['b'] }] }],
        },
      },
      podAntiAffinity: {
        preferredDuringSchedulingIgnoredDuringExecution: [
          {
            weight: 1,
            podAffinityTerm: {
              topologyKey: 'a',
              labelSelector: { matchExpressions: [{ key: 'a', operator: 'Exists' }] },
            },
          },
        ],
      },
    },
    topologySpreadConstraints: [{ maxSkew: 1, topologyKey: 'a', whenUnsatisfiable: 'DoNotSchedule' }],
    tolerations: [{ key: 'a', operator: 'Exists' }],
  },
};
const selector = { matchLabels: { app: 'a' } };
const rbac = 'rbac.authorization.k8s.io';
const backend = { service: { name: 's', port: { number: 80 } } };
const properties = {
  spec: {
    type: 'object',
    properties: {
      list: {
        type: 'array',
        items: {
          type: 'object',
          properties: {
            a: { type: 'string', pattern: 'a+' },
            b: { 'x-kubernetes-int-or-string': true, anyOf: [{ type: 'integer' }, { type: 'string' }] },
          },
        },
      },
      map: { type: 'object', additionalProperties: { type: 'string', enum: ['a'] } },
    },
  },
};

const OBJECTS: readonly object[] = [
  { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a' }, spec: template.spec },
  { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'a' }, spec: { selector, template } },
  { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'a' }, data: { a: 'YQ==' }, stringData: { b: 'b' } },
  {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'a' },
    spec: { ports: [{ port: 80 }], selector: { a: 'b' } },
  },
  {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: { name: 'a' },
    spec: {
      rules: [{ host: 'a.b', http: { paths: [{ path: '/', pathType: 'Prefix', backend }] } }],
      tls: [{ hosts: ['a'] }],
    },
  },
  {
    apiVersion: `${rbac}/v1`,
    kind: 'ClusterRoleBinding',
    metadata: { name: 'a' },
    roleRef: { apiGroup: rbac, kind: 'ClusterRole', name: 'view' },
    subjects: [{ kind: 'User', name: 'u', apiGroup: rbac }],
  },
  {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: 'things.example.com' },
    spec: {
      group: 'example.com',
      scope: 'Namespaced',
      names: { kind: 'Thing', plural: 'things', singular: 'thing', listKind: 'ThingList' },
      versions: [
        {
          name: 'v1',
          served: true,
          storage: true,
          schema: { openAPIV3Schema: { type: 'object', properties } },
          additionalPrinterColumns: [{ name: 'A', type: 'string', jsonPath: '.spec' }],
        },
      ],
    },
  },
  {
    apiVersion: 'resource.k8s.io/v1',
    kind: 'ResourceClaimTemplate',
    metadata: { name: 'a' },
    spec: { spec: { devices: { requests: [{ name: 'r', exactly: { deviceClassName: 'c' } }] } } },
  },
];

type Step = string | number;

/** All places in an object. */
function* placesIn(value: unknown, above: readonly Step[] = []): Generator<readonly Step[]> {
  if (typeof value !== 'object' || value === null) return;
  for (const [name, member] of Object.entries(value)) {
    const place = [...above, Array.isArray(value) ? Number(name) : name];
    yield place;
    yield* placesIn(member, place);
  }
}

const NOTHING = Symbol('left out');

function changed(object: object, place: readonly Step[], to: unknown): KubeObject {
  const copy = JSON.parse(JSON.stringify(object)) as KubeObject;
  let holder = copy as unknown as Record<Step, unknown>;
  for (const step of place.slice(0, -1)) holder = holder[step] as Record<Step, unknown>;
  const last = place.at(-1) ?? '';
  if (to !== NOTHING) holder[last] = to;
  else if (Array.isArray(holder)) holder.splice(Number(last), 1);
  else delete holder[last];
  return copy;
}

test.each(OBJECTS.map((object) => [(object as KubeObject).kind, object]))(
  'a %s of which any part is missing, empty or something else is granted or refused, never choked on',
  (_, object) => {
    const { world } = given();
    const others = [NOTHING, null, {}, [], '', 'x', 0, true, [null], [{}], { a: null }];
    for (const place of placesIn(object)) {
      if (['apiVersion', 'kind', 'metadata'].includes(String(place[0]))) continue;
      for (const other of others) {
        const body = changed(object, place, other);
        const resource = resourceForKind(body.apiVersion, body.kind);
        const request = {
          verb: 'create',
          resource: resource?.name ?? '',
          ...(resource?.isNamespaced && { namespace: 'default' }),
          object: body,
          strict: true,
        } as const;
        const { response } = decide(world, request, { actor: 'test', at: 0 });
        const said = response.ok ? 200 : response.status.code;
        expect(said < 500, `${place.join('.')} = ${JSON.stringify(other)}: ${JSON.stringify(response)}`).toBe(
          true,
        );
      }
    }
  },
);

test('what Go holds by pointer is still told from what says nothing', () => {
  const { spec } = { spec: { template } };
  const object = { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'a' }, spec } as KubeObject;
  const refusal = given().refuse({
    verb: 'create',
    resource: 'deployments.apps',
    namespace: 'default',
    object,
    strict: true,
  });
  expect(refusal.message).toContain('spec.selector: Required value');
});

test('a schema within a list of another is read as strictly as this', () => {
  const definition = OBJECTS[6] as object;
  const at = [
    'spec',
    'versions',
    0,
    'schema',
    'openAPIV3Schema',
    'properties',
    'spec',
    'properties',
    'list',
    'items',
  ];
  const object = changed(definition, [...at, 'properties', 'a', 'pattern'], {});
  const resource = 'customresourcedefinitions.apiextensions.k8s.io';
  const refusal = given().refuse({ verb: 'create', resource, object, strict: true });
  expect(refusal.message).toMatch(
    /cannot unmarshal object into Go struct field JSONSchemaProps\..*pattern of type string/,
  );
});
