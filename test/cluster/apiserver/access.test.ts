import { expect, test } from 'vitest';
import type { Request } from '../../../src/cluster/contract/request.ts';
import type { KubeObject } from '../../../src/cluster/objects/kube-object.ts';
import type { TokenRequest } from '../../../src/cluster/objects/kubernetes.ts';
import { clientCredentials } from '../../../src/cluster/objects/pki/client-credentials.ts';
import type { DistinguishedName } from '../../../src/cluster/objects/pki/distinguished-name.ts';
import { given, settingsOf } from './server.ts';

const RBAC = 'rbac.authorization.k8s.io';
const DAY = 86_400_000;

const LIST_PODS: Request = { verb: 'list', resource: 'pods', namespace: 'default' };

function certificateOf(subject: DistinguishedName, seed = 'a', signedAt = 0): string {
  return clientCredentials(subject, settingsOf('1.36', seed), signedAt).certificate;
}

const JANE: DistinguishedName = [
  ['CN', 'jane'],
  ['O', 'dev'],
];

function role(name: string, rules: object[]): object {
  return { apiVersion: `${RBAC}/v1`, kind: 'Role', metadata: { name, namespace: 'default' }, rules };
}

function binding(name: string, roleRef: object, subject: object): object {
  return {
    apiVersion: `${RBAC}/v1`,
    kind: 'RoleBinding',
    metadata: { name, namespace: 'default' },
    roleRef: { apiGroup: RBAC, ...roleRef },
    subjects: [{ apiGroup: RBAC, ...subject }],
  };
}

const READS = role('reads', [{ apiGroups: [''], resources: ['pods'], verbs: ['get', 'list'] }]);
const DEV_READS = binding('dev-reads', { kind: 'Role', name: 'reads' }, { kind: 'Group', name: 'dev' });

test.each`
  who                                    | certificate                             | code
  ${'the group in a certificate counts'} | ${certificateOf(JANE)}                  | ${200}
  ${'without the group'}                 | ${certificateOf([['CN', 'jane']])}      | ${403}
  ${'of another cluster'}                | ${certificateOf(JANE, 'b')}             | ${401}
  ${'over for a day'}                    | ${certificateOf(JANE, 'a', -366 * DAY)} | ${401}
  ${'not valid yet'}                     | ${certificateOf(JANE, 'a', DAY)}        | ${401}
  ${'no certificate at all'}             | ${'jane'}                               | ${401}
`('$who: $code', ({ certificate, code }) => {
  const { response } = given([READS, DEV_READS]).send({ ...LIST_PODS, credentials: { certificate } });
  expect(response.ok ? 200 : response.status.code).toBe(code);
});

test('who shows nothing is anonymous', () => {
  expect(given().refuse({ ...LIST_PODS, credentials: {} }).message).toBe(
    'pods is forbidden: User "system:anonymous" cannot list resource "pods" in API group "" in the namespace "default"',
  );
});

test('the token of a service account counts until its time is over, or the account is another one', () => {
  const server = given();
  const { object } = server.grant({
    verb: 'create',
    resource: 'serviceaccounts',
    subresource: 'token',
    namespace: 'default',
    name: 'default',
    object: tokenRequest(600),
  });
  const token = (object as TokenRequest).status?.token ?? '';
  const codeAt = (at: number): number => {
    server.at = at;
    const { response } = server.send({ ...LIST_PODS, credentials: { token } });
    return response.ok ? 200 : response.status.code;
  };
  expect(codeAt(599_000)).toBe(403);
  expect(codeAt(600_000)).toBe(401);
  server.grant({ verb: 'delete', resource: 'serviceaccounts', namespace: 'default', name: 'default' });
  expect(codeAt(1000)).toBe(401);
});

function tokenRequest(expirationSeconds: number): KubeObject {
  return {
    apiVersion: 'authentication.k8s.io/v1',
    kind: 'TokenRequest',
    metadata: {},
    spec: { expirationSeconds },
  } as KubeObject;
}

test('a token for less than ten minutes is not given', () => {
  const status = given().refuse({
    verb: 'create',
    resource: 'serviceaccounts',
    subresource: 'token',
    namespace: 'default',
    name: 'default',
    object: tokenRequest(599),
  });
  expect(status.message).toContain(
    'spec.expirationSeconds: Invalid value: 599: may not specify a duration less',
  );
});

test('nobody speaks for another without the right to', () => {
  const asked: Request = {
    ...LIST_PODS,
    credentials: { certificate: certificateOf(JANE) },
    as: { name: 'bob' },
  };
  expect(given().refuse(asked).message).toBe(
    'users "bob" is forbidden: User "jane" cannot impersonate resource "users" in API group "" at the cluster scope',
  );
});

const MANAGES = role('manages', [
  { apiGroups: [RBAC], resources: ['roles', 'rolebindings'], verbs: ['create', 'update'] },
  { apiGroups: [''], resources: ['pods'], verbs: ['get'] },
]);
const JANE_MANAGES = binding('manages', { kind: 'Role', name: 'manages' }, { kind: 'User', name: 'jane' });

function asJane(object: object): Request {
  const { kind } = object as KubeObject;
  return {
    verb: 'create',
    resource: `${kind.toLowerCase()}s.${RBAC}`,
    namespace: 'default',
    object: object as KubeObject,
    as: { name: 'jane' },
  };
}

test('nobody gives rights that he does not hold', () => {
  const server = given([MANAGES, JANE_MANAGES]);
  const wide = role('wide', [{ apiGroups: ['', 'apps'], resources: ['pods'], verbs: ['get', 'delete'] }]);
  expect(server.refuse(asJane(wide)).message).toBe(
    `roles.${RBAC} "wide" is forbidden: user "jane" (groups=["system:authenticated"]) is attempting to grant RBAC permissions not currently held:\n` +
      '{APIGroups:[""], Resources:["pods"], Verbs:["delete"]}\n' +
      '{APIGroups:["apps"], Resources:["pods"], Verbs:["get" "delete"]}',
  );
  server.grant(asJane(role('narrow', [{ apiGroups: [''], resources: ['pods'], verbs: ['get'] }])));
});

test.each`
  more                                                                                              | code   | what
  ${[]}                                                                                             | ${403} | ${'a role with more rights is bound by nobody who has less'}
  ${[{ apiGroups: [RBAC], resources: ['clusterroles'], resourceNames: ['view'], verbs: ['bind'] }]} | ${201} | ${'unless he may bind this one'}
  ${[{ apiGroups: [RBAC], resources: ['clusterroles'], resourceNames: ['edit'], verbs: ['bind'] }]} | ${403} | ${'or another one'}
`('$what', ({ more, code }) => {
  const binds = role('binds', more);
  const bound = binding('binds', { kind: 'Role', name: 'binds' }, { kind: 'User', name: 'jane' });
  const server = given([MANAGES, JANE_MANAGES, binds, bound]);
  const view = binding('view', { kind: 'ClusterRole', name: 'view' }, { kind: 'User', name: 'bob' });
  const { response } = server.send(asJane(view));
  expect(response.ok ? 201 : response.status.code).toBe(code);
});

test('what a binding binds to stays', () => {
  const server = given([READS, DEV_READS]);
  const { object } = server.grant({
    verb: 'get',
    resource: `rolebindings.${RBAC}`,
    namespace: 'default',
    name: 'dev-reads',
  });
  const roleRef = { apiGroup: RBAC, kind: 'Role', name: 'other' };
  const status = server.refuse({
    verb: 'update',
    resource: `rolebindings.${RBAC}`,
    namespace: 'default',
    name: 'dev-reads',
    object: { ...object, roleRef } as unknown as KubeObject,
    strict: true,
  });
  expect(status.message).toContain('cannot change roleRef');
});

test('the roles that every cluster has are stored when somebody changes them, and can be deleted', () => {
  const server = given();
  const view = { resource: `clusterroles.${RBAC}`, name: 'view' };
  const all = server.grant({ verb: 'list', resource: view.resource }).items ?? [];
  expect(all.map(({ metadata }) => metadata.name)).toContain('system:kube-scheduler');
  expect(server.stored(view.resource, undefined, 'view')).toBeUndefined();
  const patch = { metadata: { labels: { mine: 'yes' } } };
  const { events } = server.send({ verb: 'patch', ...view, patchType: 'merge', patch });
  expect(events.map(({ type }) => type)).toEqual(['ObjectCreated']);
  expect(server.grant({ verb: 'get', ...view }).object?.metadata.labels).toMatchObject({ mine: 'yes' });
  server.grant({ verb: 'delete', ...view });
  expect(server.refuse({ verb: 'get', ...view }).code).toBe(404);
  expect(server.grant({ verb: 'list', resource: view.resource }).items).toHaveLength(all.length - 1);
});

test('one that nobody has changed can be deleted too', () => {
  const server = given();
  const { events } = server.send({
    verb: 'delete',
    resource: `clusterrolebindings.${RBAC}`,
    name: 'cluster-admin',
  });
  expect(events.map(({ type }) => type)).toEqual(['ObjectCreated', 'ObjectDeleted']);
});

const POD = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'web', namespace: 'default', uid: 'u' },
  spec: {
    nodeName: 'node-1',
    containers: [{ name: 'a', image: 'b', envFrom: [{ secretRef: { name: 'used' } }] }],
  },
};
const NODE = { name: 'system:node:node-1', groups: ['system:nodes'] };

test.each`
  resource     | namespace    | name        | code   | what
  ${'secrets'} | ${'default'} | ${'used'}   | ${404} | ${'a secret that a pod of it uses'}
  ${'secrets'} | ${'default'} | ${'other'}  | ${403} | ${'another secret'}
  ${'nodes'}   | ${undefined} | ${'node-1'} | ${404} | ${'itself'}
  ${'nodes'}   | ${undefined} | ${'node-2'} | ${403} | ${'another node'}
  ${'pods'}    | ${'default'} | ${'web'}    | ${200} | ${'its own pod'}
`('a node reads $what: $code', ({ resource, namespace, name, code }) => {
  const at = namespace === undefined ? {} : { namespace };
  const { response } = given([POD]).send({ verb: 'get', resource, ...at, name, as: NODE });
  expect(response.ok ? 200 : response.status.code).toBe(code);
});
