import { expect, test } from 'vitest';
import type { KubeObject } from '../../../src/cluster/objects/kube-object.ts';
import { given } from './server.ts';

const RBAC = 'rbac.authorization.k8s.io';

function role(name: string, more: object): object {
  return { apiVersion: `${RBAC}/v1`, kind: 'ClusterRole', metadata: { name, ...metadataOf(more) }, ...more };
}

function metadataOf(more: object): object {
  return 'labels' in more ? { labels: more.labels } : {};
}

function binding(roleName: string, user: string): object {
  return {
    apiVersion: `${RBAC}/v1`,
    kind: 'ClusterRoleBinding',
    metadata: { name: `${user}-${roleName}` },
    roleRef: { apiGroup: RBAC, kind: 'ClusterRole', name: roleName },
    subjects: [{ apiGroup: RBAC, kind: 'User', name: user }],
  };
}

const READS_PODS = { rules: [{ apiGroups: [''], resources: ['pods'], verbs: ['get'] }] };
const LOGS_OF_ALL = { rules: [{ apiGroups: ['*'], resources: ['*/log'], verbs: ['get'] }] };
const GATHERS = { aggregationRule: { clusterRoleSelectors: [{ matchLabels: { to: 'all' } }] } };

const server = given([
  role('reads-pods', { labels: { to: 'all', [`${RBAC}/aggregate-to-view`]: 'true' }, ...READS_PODS }),
  role('logs', LOGS_OF_ALL),
  role('gathers', { ...GATHERS, ...READS_PODS }),
  role('to-view', {
    labels: { [`${RBAC}/aggregate-to-view`]: 'true' },
    rules: [{ apiGroups: ['x.io'], resources: ['things'], verbs: ['get'] }],
  }),
  binding('gathers', 'ann'),
  binding('logs', 'bob'),
  binding('view', 'cat'),
  binding('gone', 'dan'),
]);

test.each`
  user                | verb        | group     | resource         | subresource | allowed  | what
  ${'ann'}            | ${'get'}    | ${''}     | ${'pods'}        | ${''}       | ${true}  | ${'a role that gathers others has their rules'}
  ${'ann'}            | ${'delete'} | ${''}     | ${'pods'}        | ${''}       | ${false} | ${'and no more'}
  ${'bob'}            | ${'get'}    | ${''}     | ${'pods'}        | ${'log'}    | ${true}  | ${'*/log is the log of anything'}
  ${'bob'}            | ${'get'}    | ${''}     | ${'pods'}        | ${''}       | ${false} | ${'and not the thing itself'}
  ${'cat'}            | ${'list'}   | ${'apps'} | ${'deployments'} | ${''}       | ${true}  | ${'view is there though nobody made it'}
  ${'cat'}            | ${'get'}    | ${'x.io'} | ${'things'}      | ${''}       | ${false} | ${'what is labelled to be part of it counts once its controller has written it'}
  ${'cat'}            | ${'list'}   | ${''}     | ${'secrets'}     | ${''}       | ${false} | ${'view shows no secrets'}
  ${'dan'}            | ${'get'}    | ${''}     | ${'pods'}        | ${''}       | ${false} | ${'a role that is not there gives nothing'}
  ${'system:masters'} | ${'get'}    | ${''}     | ${'pods'}        | ${''}       | ${false} | ${'a group is no user'}
`('$what: $user, $verb $resource $subresource', ({ user, allowed, ...attributes }) => {
  const { what: _, ...resourceAttributes } = attributes;
  const { object } = server.grant({
    verb: 'create',
    resource: 'subjectaccessreviews.authorization.k8s.io',
    object: review({ user, resourceAttributes }),
  });
  expect(object).toMatchObject({ kind: 'SubjectAccessReview', status: { allowed } });
});

function review(spec: object): KubeObject {
  const kind = 'SubjectAccessReview';
  return { apiVersion: 'authorization.k8s.io/v1', kind, metadata: {}, spec } as KubeObject;
}

test('it is said which role is missing', () => {
  const { message } = server.refuse({
    verb: 'list',
    resource: 'nodes',
    as: { name: 'dan' },
  });
  expect(message).toBe(
    'nodes is forbidden: User "dan" cannot list resource "nodes" in API group "" at the cluster scope: ' +
      `RBAC: clusterrole.${RBAC} "gone" not found`,
  );
});

test('what nobody may do changes nothing, and the log tells of it', () => {
  const { response, events } = server.send({
    verb: 'delete',
    resource: `clusterroles.${RBAC}`,
    name: 'logs',
    as: { name: 'bob' },
  });
  expect(response.ok).toBe(false);
  expect(events).toMatchObject([{ type: 'RequestRefused', reason: 'Forbidden', name: 'logs' }]);
});
