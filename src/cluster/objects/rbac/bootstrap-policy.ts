import { drawUuid } from '../../../kernel/chance/draw.ts';
import { HOUR } from '../../../kernel/time/millis.ts';
import { formatRfc3339 } from '../../../kernel/time/rfc3339.ts';
import type { KubeObject } from '../kube-object.ts';
import type {
  ClusterRole,
  ClusterRoleBinding,
  ObjectMeta,
  PolicyRule,
  Role,
  RoleBinding,
  Subject,
} from '../kubernetes.ts';
import { storageKey } from '../storage-key.ts';
import { inVersion, type KubeVersion, type Since } from '../versions.ts';
import { aggregatedRules } from './aggregated-rules.ts';
import { CONTROLLER_ROLES } from './controller-roles.ts';
import { NAMESPACED_ROLES, PROGRAM_ROLES } from './program-roles.ts';
import { USER_ROLES } from './user-roles.ts';

const GROUP = 'rbac.authorization.k8s.io';
const API_VERSION = `${GROUP}/v1`;
/** The cluster is as old as its nodes when a story begins. */
const AGE_MS = 24 * HOUR;

/** What the policy follows from; a cluster's settings have it. */
export interface PolicyOf {
  readonly seed: string;
  readonly epochMs: number;
  readonly version: KubeVersion;
}

/**
 * The roles and bindings that every cluster has from the start, by their etcd keys (bootstrappolicy, and what
 * kubeadm adds). The same for the same settings, and kept with them.
 */
export function bootstrapPolicy(settings: PolicyOf): ReadonlyMap<string, BootstrapObject> {
  let policy = kept.get(settings);
  if (policy === undefined) {
    policy = makePolicy(settings);
    kept.set(settings, policy);
  }
  return policy;
}

export interface BootstrapObject {
  /** The plural with its group. */
  readonly resource: string;
  readonly key: string;
  readonly object: KubeObject;
}

const kept = new WeakMap<PolicyOf, ReadonlyMap<string, BootstrapObject>>();

/** Resources of which a cluster has some from the start. */
export function isOfPolicy(resource: string): boolean {
  return RESOURCES.has(resource);
}

const RESOURCES: ReadonlySet<string> = new Set(
  ['roles', 'clusterroles', 'rolebindings', 'clusterrolebindings'].map((plural) => `${plural}.${GROUP}`),
);

/** The group of kubeadm's admin.conf (kubeadm: 1.29 release notes). */
const ADMINISTRATORS: Since<string | undefined> = [
  [0, undefined],
  [29, 'kubeadm:cluster-admins'],
];

/** Groups that a cluster role is bound to in the whole cluster. */
const GROUP_BINDINGS: readonly (readonly [name: string, role: string, ...groups: string[]])[] = [
  ['cluster-admin', 'cluster-admin', 'system:masters'],
  ['system:basic-user', 'system:basic-user', 'system:authenticated'],
  ['system:discovery', 'system:discovery', 'system:authenticated'],
  ['system:monitoring', 'system:monitoring', 'system:monitoring'],
  [
    'system:public-info-viewer',
    'system:public-info-viewer',
    'system:authenticated',
    'system:unauthenticated',
  ],
  [
    'system:service-account-issuer-discovery',
    'system:service-account-issuer-discovery',
    'system:serviceaccounts',
  ],
];

const USER_BINDINGS: readonly (readonly [name: string, user: string])[] = [
  ['system:kube-controller-manager', 'system:kube-controller-manager'],
  ['system:kube-scheduler', 'system:kube-scheduler'],
  ['system:node-proxier', 'system:kube-proxy'],
  ['system:volume-scheduler', 'system:kube-scheduler'],
];

const BOOTSTRAPPERS = 'system:bootstrappers:kubeadm:default-node-token';
const CSR = 'system:certificates.k8s.io:certificatesigningrequests';

/** kubeadm: app/phases/bootstraptoken and app/phases/addons. */
const KUBEADM_BINDINGS: readonly (readonly [name: string, role: string, subject: Subject])[] = [
  ['kubeadm:get-nodes', 'kubeadm:get-nodes', group(BOOTSTRAPPERS)],
  ['kubeadm:kubelet-bootstrap', 'system:node-bootstrapper', group(BOOTSTRAPPERS)],
  ['kubeadm:node-autoapprove-bootstrap', `${CSR}:nodeclient`, group(BOOTSTRAPPERS)],
  ['kubeadm:node-autoapprove-certificate-rotation', `${CSR}:selfnodeclient`, group('system:nodes')],
  ['kubeadm:node-proxier', 'system:node-proxier', account('kube-proxy')],
  ['system:coredns', 'system:coredns', account('coredns')],
];

const NAMESPACED_BINDINGS: readonly (readonly [
  namespace: string,
  name: string,
  role: string,
  ...subjects: Subject[],
])[] = [
  ['kube-public', 'kubeadm:bootstrap-signer-clusterinfo', '', user('system:anonymous')],
  ['kube-public', 'system:controller:bootstrap-signer', '', account('bootstrap-signer')],
  ['kube-system', 'kube-proxy', '', group(BOOTSTRAPPERS)],
  ['kube-system', 'kubeadm:kubelet-config', '', group('system:nodes'), group(BOOTSTRAPPERS)],
  ['kube-system', 'kubeadm:nodes-kubeadm-config', '', group(BOOTSTRAPPERS), group('system:nodes')],
  [
    'kube-system',
    'system::extension-apiserver-authentication-reader',
    'extension-apiserver-authentication-reader',
    user('system:kube-controller-manager'),
    user('system:kube-scheduler'),
  ],
  [
    'kube-system',
    'system::leader-locking-kube-controller-manager',
    '',
    user('system:kube-controller-manager'),
    account('kube-controller-manager'),
  ],
  [
    'kube-system',
    'system::leader-locking-kube-scheduler',
    '',
    user('system:kube-scheduler'),
    account('kube-scheduler'),
  ],
  ['kube-system', 'system:controller:bootstrap-signer', '', account('bootstrap-signer')],
  ['kube-system', 'system:controller:cloud-provider', '', account('cloud-provider')],
  ['kube-system', 'system:controller:token-cleaner', '', account('token-cleaner')],
];

function makePolicy(settings: PolicyOf): ReadonlyMap<string, BootstrapObject> {
  const policy = new Map<string, BootstrapObject>();
  for (const bare of bareObjects(settings.version)) {
    const resource = `${bare.kind.toLowerCase()}s.${GROUP}`;
    const { namespace, name = '' } = bare.metadata;
    const key = storageKey({ resource, name, ...(namespace !== undefined && { namespace }) });
    const metadata = {
      ...bare.metadata,
      uid: drawUuid(settings, 'uid', key),
      resourceVersion: String(policy.size + 1),
      creationTimestamp: formatRfc3339(settings.epochMs - AGE_MS),
    };
    policy.set(key, { resource, key, object: { ...bare, metadata } });
  }
  return policy;
}

function bareObjects(version: KubeVersion): readonly KubeObject[] {
  return [...clusterRoles(), ...namespacedRoles(), ...clusterBindings(version), ...namespacedBindings()];
}

function clusterRoles(): readonly ClusterRole[] {
  const texts = [
    ...readRoles(USER_ROLES),
    ...readRoles(PROGRAM_ROLES),
    ...readRoles(CONTROLLER_ROLES).map((role) => ({ ...role, name: `system:controller:${role.name}` })),
  ];
  const roles = texts.map(({ name, into, from, rules }): ClusterRole => {
    const labels = into.map((target) => [`${GROUP}/aggregate-to-${target}`, 'true']);
    const clusterRoleSelectors = from.map((source) => ({
      matchLabels: { [`${GROUP}/aggregate-to-${source}`]: 'true' },
    }));
    return {
      ...(from.length > 0 && { aggregationRule: { clusterRoleSelectors } }),
      apiVersion: API_VERSION,
      kind: 'ClusterRole',
      metadata: metaOf(name, Object.fromEntries(labels)),
      rules: [...rules],
    };
  });
  // Those that gather are gathered themselves: first the smallest.
  for (const name of ['view', 'edit', 'admin']) {
    const at = roles.findIndex(({ metadata }) => metadata.name === name);
    const role = roles[at];
    if (role !== undefined) roles[at] = { ...role, rules: [...aggregatedRules(role, roles)] };
  }
  return roles;
}

function namespacedRoles(): readonly Role[] {
  return readRoles(NAMESPACED_ROLES).map(({ name: path, rules }) => {
    const [namespace = '', name = ''] = path.split('/');
    return {
      apiVersion: API_VERSION,
      kind: 'Role',
      metadata: { ...metaOf(name), namespace },
      rules: [...rules],
    };
  });
}

function clusterBindings(version: KubeVersion): readonly ClusterRoleBinding[] {
  const administrators = inVersion(ADMINISTRATORS, version);
  const bind = (name: string, role: string, subjects: Subject[]): ClusterRoleBinding => ({
    apiVersion: API_VERSION,
    kind: 'ClusterRoleBinding',
    metadata: metaOf(name),
    roleRef: { apiGroup: GROUP, kind: 'ClusterRole', name: role },
    ...(subjects.length > 0 && { subjects }),
  });
  return [
    ...GROUP_BINDINGS.map(([name, role, ...groups]) => bind(name, role, groups.map(group))),
    ...(administrators === undefined ? [] : [bind(administrators, 'cluster-admin', [group(administrators)])]),
    ...USER_BINDINGS.map(([name, subject]) => bind(name, name, [user(subject)])),
    bind('system:kube-dns', 'system:kube-dns', [account('kube-dns')]),
    bind('system:node', 'system:node', []),
    ...readRoles(CONTROLLER_ROLES).map(({ name }) =>
      bind(`system:controller:${name}`, `system:controller:${name}`, [account(name)]),
    ),
    ...KUBEADM_BINDINGS.map(([name, role, subject]) => bind(name, role, [subject])),
  ];
}

function namespacedBindings(): readonly RoleBinding[] {
  return NAMESPACED_BINDINGS.map(([namespace, name, role, ...subjects]) => ({
    apiVersion: API_VERSION,
    kind: 'RoleBinding',
    metadata: { ...metaOf(name), namespace },
    roleRef: { apiGroup: GROUP, kind: 'Role', name: role || name },
    subjects,
  }));
}

/** What kubeadm makes is not looked after by the API server, and says nothing of the kind. */
function metaOf(name: string, labels: Readonly<Record<string, string>> = {}): ObjectMeta {
  if (name.startsWith('kubeadm:') || name === 'system:coredns' || name === 'kube-proxy') return { name };
  return {
    name,
    annotations: { 'rbac.authorization.kubernetes.io/autoupdate': 'true' },
    labels: { 'kubernetes.io/bootstrapping': 'rbac-defaults', ...labels },
  };
}

function user(name: string): Subject {
  return { apiGroup: GROUP, kind: 'User', name };
}

function group(name: string): Subject {
  return { apiGroup: GROUP, kind: 'Group', name };
}

function account(name: string): Subject {
  return { kind: 'ServiceAccount', name, namespace: 'kube-system' };
}

interface RoleText {
  readonly name: string;
  /** Roles that its rules are gathered into. */
  readonly into: readonly string[];
  /** Roles whose rules it gathers. */
  readonly from: readonly string[];
  readonly rules: readonly PolicyRule[];
}

/** Reads the tables of roles; how they are written stands there. */
function readRoles(text: string): readonly RoleText[] {
  const joined = text.trim().replace(/,\n {6}/g, ',');
  return joined.split(/\n(?=\S)/).map((block) => {
    const [head = '', ...lines] = block.split('\n');
    const [name = '', ...marks] = head.split(' ');
    const marked = (sign: string) =>
      marks.flatMap((mark) => (mark.startsWith(sign) ? mark.slice(1).split(',') : []));
    return { name, into: marked('>'), from: marked('<'), rules: lines.map(readRule) };
  });
}

function readRule(line: string): PolicyRule {
  const [verbs = '', second = '', resources, names] = line.trim().split(' ');
  const isOfPaths = resources === undefined;
  if (isOfPaths) return { nonResourceURLs: second.split(','), verbs: verbs.split(',') };
  return {
    apiGroups: second.split(',').map((each) => (each === '-' ? '' : each)),
    ...(names !== undefined && { resourceNames: names.slice(1).split(',') }),
    resources: resources.split(','),
    verbs: verbs.split(','),
  };
}
