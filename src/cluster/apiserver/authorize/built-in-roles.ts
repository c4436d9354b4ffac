import type { PolicyRule } from '../../objects/kubernetes.ts';

const READ = ['get', 'list', 'watch'];
const WRITE = ['create', 'delete', 'deletecollection', 'patch', 'update'];
const ALL = [...WRITE, ...READ];

const AUTHORIZATION = 'authorization.k8s.io';
const RBAC = 'rbac.authorization.k8s.io';
const STATE = ['/livez', '/readyz', '/healthz', '/version', '/version/'];
const DOCUMENTS = ['/openapi', '/openapi/*', '/api', '/api/*', '/apis', '/apis/*'];
const ISSUER = '/.well-known/openid-configuration';
const KEYS = '/openid/v1/jwks';

const APPS_READ =
  'controllerrevisions statefulsets statefulsets/status statefulsets/scale daemonsets daemonsets/status ' +
  'deployments deployments/status deployments/scale replicasets replicasets/status replicasets/scale';
const APPS_WRITE =
  'statefulsets statefulsets/scale daemonsets deployments deployments/scale deployments/rollback ' +
  'replicasets replicasets/scale';
const CORE_READ =
  'pods replicationcontrollers replicationcontrollers/scale serviceaccounts services services/status ' +
  'endpoints persistentvolumeclaims persistentvolumeclaims/status configmaps limitranges resourcequotas ' +
  'bindings pods/status resourcequotas/status namespaces/status replicationcontrollers/status pods/log ' +
  'namespaces events';
const CORE_WRITE =
  'pods pods/attach pods/proxy pods/exec pods/portforward replicationcontrollers ' +
  'replicationcontrollers/scale serviceaccounts services services/proxy persistentvolumeclaims configmaps ' +
  'secrets events';

const VIEW: readonly PolicyRule[] = [
  rule(READ, '', CORE_READ),
  rule(READ, 'events.k8s.io', 'events'),
  rule(READ, 'discovery.k8s.io', 'endpointslices'),
  rule(READ, 'apps', APPS_READ),
  rule(READ, 'autoscaling', 'horizontalpodautoscalers horizontalpodautoscalers/status'),
  rule(READ, 'batch', 'jobs cronjobs cronjobs/status jobs/status'),
  rule(READ, 'policy', 'poddisruptionbudgets poddisruptionbudgets/status'),
  rule(READ, 'networking.k8s.io', 'networkpolicies ingresses ingresses/status'),
];

const EDIT: readonly PolicyRule[] = [
  ...VIEW,
  rule(READ, '', 'pods/attach pods/proxy pods/exec pods/portforward secrets services/proxy'),
  rule(['impersonate'], '', 'serviceaccounts'),
  rule(WRITE, '', CORE_WRITE),
  rule(['create'], '', 'pods/eviction serviceaccounts/token'),
  rule(WRITE, 'events.k8s.io', 'events'),
  rule(WRITE, 'apps', APPS_WRITE),
  rule(WRITE, 'autoscaling', 'horizontalpodautoscalers'),
  rule(WRITE, 'batch', 'jobs cronjobs'),
  rule(WRITE, 'policy', 'poddisruptionbudgets'),
  rule(WRITE, 'networking.k8s.io', 'networkpolicies ingresses'),
  rule(ALL, 'coordination.k8s.io', 'leases'),
];

/**
 * The cluster roles that every cluster has, as far as people are bound to them (bootstrappolicy/policy.go).
 * They are no objects here: what nobody asks for costs nothing. A stored one of the same name counts instead.
 */
export const BUILT_IN_ROLES: Readonly<Record<string, readonly PolicyRule[]>> = {
  'cluster-admin': [rule(['*'], '*', '*'), { verbs: ['*'], nonResourceURLs: ['*'] }],
  admin: [
    ...EDIT,
    rule(['create'], AUTHORIZATION, 'localsubjectaccessreviews'),
    rule(ALL, RBAC, 'roles rolebindings'),
  ],
  edit: EDIT,
  view: VIEW,
  'system:basic-user': [
    rule(['create'], AUTHORIZATION, 'selfsubjectaccessreviews selfsubjectrulesreviews'),
    rule(['create'], 'authentication.k8s.io', 'selfsubjectreviews'),
  ],
  'system:discovery': [{ verbs: ['get'], nonResourceURLs: [...STATE, ...DOCUMENTS] }],
  'system:public-info-viewer': [{ verbs: ['get'], nonResourceURLs: STATE }],
  'system:service-account-issuer-discovery': [
    { verbs: ['get'], nonResourceURLs: [ISSUER, `${ISSUER}/`, KEYS, `${KEYS}/`] },
  ],
};

/** Which group has which of them. */
export const BUILT_IN_BINDINGS: readonly (readonly [group: string, role: string])[] = [
  ['system:masters', 'cluster-admin'],
  ['kubeadm:cluster-admins', 'cluster-admin'],
  ['system:authenticated', 'system:basic-user'],
  ['system:authenticated', 'system:discovery'],
  ['system:authenticated', 'system:public-info-viewer'],
  ['system:unauthenticated', 'system:public-info-viewer'],
  ['system:serviceaccounts', 'system:service-account-issuer-discovery'],
];

function rule(verbs: string[], group: string, resources: string): PolicyRule {
  return { verbs, apiGroups: [group], resources: resources.split(' ') };
}
