/**
 * What API discovery tells beyond OpenAPI: short names and categories (kubernetes: pkg/registry, `ShortNames`
 * and
 * `Categories` of each resource's storage) and the order of groups (kube-apiserver: aggregator.go
 * priorities).
 */

/** By plural; no two resources of a stable API share one. */
export const SHORT_NAMES: Readonly<Record<string, string>> = {
  certificatesigningrequests: 'csr',
  componentstatuses: 'cs',
  configmaps: 'cm',
  cronjobs: 'cj',
  customresourcedefinitions: 'crd',
  daemonsets: 'ds',
  deployments: 'deploy',
  endpoints: 'ep',
  events: 'ev',
  horizontalpodautoscalers: 'hpa',
  ingresses: 'ing',
  ipaddresses: 'ip',
  limitranges: 'limits',
  namespaces: 'ns',
  networkpolicies: 'netpol',
  nodes: 'no',
  persistentvolumeclaims: 'pvc',
  persistentvolumes: 'pv',
  poddisruptionbudgets: 'pdb',
  pods: 'po',
  priorityclasses: 'pc',
  replicasets: 'rs',
  replicationcontrollers: 'rc',
  resourcequotas: 'quota',
  serviceaccounts: 'sa',
  services: 'svc',
  statefulsets: 'sts',
  storageclasses: 'sc',
  volumeattributesclasses: 'vac',
};

/** Further short names: a CustomResourceDefinition has two. */
export const MORE_SHORT_NAMES: Readonly<Record<string, readonly string[]>> = {
  customresourcedefinitions: ['crds'],
};

const EXTENDS_THE_API: readonly string[] = ['api-extensions'];
const ALL: readonly string[] = ['all'];

export const CATEGORIES: Readonly<Record<string, readonly string[]>> = {
  apiservices: EXTENDS_THE_API,
  cronjobs: ALL,
  customresourcedefinitions: EXTENDS_THE_API,
  daemonsets: ALL,
  deployments: ALL,
  horizontalpodautoscalers: ALL,
  jobs: ALL,
  mutatingadmissionpolicies: EXTENDS_THE_API,
  mutatingadmissionpolicybindings: EXTENDS_THE_API,
  mutatingwebhookconfigurations: EXTENDS_THE_API,
  pods: ALL,
  replicasets: ALL,
  replicationcontrollers: ALL,
  services: ALL,
  statefulsets: ALL,
  validatingadmissionpolicies: EXTENDS_THE_API,
  validatingadmissionpolicybindings: EXTENDS_THE_API,
  validatingwebhookconfigurations: EXTENDS_THE_API,
};

/** Groups in the order in which discovery lists them, so that `events` means those of the core group. */
export const GROUP_ORDER: readonly string[] = [
  '',
  'apiregistration.k8s.io',
  'apps',
  'events.k8s.io',
  'authentication.k8s.io',
  'authorization.k8s.io',
  'autoscaling',
  'batch',
  'certificates.k8s.io',
  'networking.k8s.io',
  'policy',
  'rbac.authorization.k8s.io',
  'storage.k8s.io',
  'admissionregistration.k8s.io',
  'apiextensions.k8s.io',
  'scheduling.k8s.io',
  'coordination.k8s.io',
  'node.k8s.io',
  'discovery.k8s.io',
  'resource.k8s.io',
  'flowcontrol.apiserver.k8s.io',
];

/**
 * Versions that older clusters serve and 1.36 does not, and the version whose shape stands for them
 * (Kubernetes: deprecation guide, removed in 1.22, 1.25 and 1.26).
 */
export const FORMER_VERSIONS: readonly {
  readonly apiVersion: string;
  readonly now: string;
  readonly kind: string;
}[] = [
  { apiVersion: 'autoscaling/v2beta2', now: 'autoscaling/v2', kind: 'HorizontalPodAutoscaler' },
  { apiVersion: 'batch/v1beta1', now: 'batch/v1', kind: 'CronJob' },
  { apiVersion: 'discovery.k8s.io/v1beta1', now: 'discovery.k8s.io/v1', kind: 'EndpointSlice' },
  { apiVersion: 'node.k8s.io/v1beta1', now: 'node.k8s.io/v1', kind: 'RuntimeClass' },
  { apiVersion: 'policy/v1beta1', now: 'policy/v1', kind: 'PodDisruptionBudget' },
  ...['ClusterRole', 'ClusterRoleBinding', 'Role', 'RoleBinding'].map((kind) => ({
    apiVersion: 'rbac.authorization.k8s.io/v1beta1',
    now: 'rbac.authorization.k8s.io/v1',
    kind,
  })),
  { apiVersion: 'scheduling.k8s.io/v1beta1', now: 'scheduling.k8s.io/v1', kind: 'PriorityClass' },
];
