import { inVersion, type KubeVersion, type Since } from '../objects/versions.ts';

/** Whom a request speaks for. */
export interface User {
  readonly name: string;
  readonly groups: readonly string[];
}

/** With what a client shows who it is. Nobody is known by neither. */
export interface Credentials {
  /** Of a client, as PEM. */
  readonly certificate?: string;
  /** Of a bearer. */
  readonly token?: string;
  /** Whom somebody has recognised who stands before the API server. */
  readonly user?: User;
}

/** Whom a request asks to be taken for (`kubectl --as`). */
export interface Impersonated {
  readonly name: string;
  /** Absent: those that follow from the name. */
  readonly groups?: readonly string[];
}

/** The group in the certificate of kubeadm's admin.conf (kubeadm: 1.29 release notes). */
const ADMINISTRATORS: Since<string> = [
  [0, 'system:masters'],
  [29, 'kubeadm:cluster-admins'],
];

const AUTHENTICATED = 'system:authenticated';
const SERVICE_ACCOUNT = /^system:serviceaccount:([^:]+):[^:]+$/;

/** Who types kubectl, and every component of the control plane as far as its rights go. */
export function administrator(version: KubeVersion): User {
  return { name: 'kubernetes-admin', groups: [inVersion(ADMINISTRATORS, version), AUTHENTICATED] };
}

/**
 * Who a program of the cluster is: kubelets and the scheduler by the certificates of their kubeconfig files,
 * controllers by service accounts of their own (kubeadm: --use-service-account-credentials), and whatever
 * else acts here is the person with the admin.conf.
 */
export function userOfActor(actor: string, version: KubeVersion): User {
  let users = known.get(version.minor);
  if (!users) {
    users = new Map();
    known.set(version.minor, users);
  }
  let user = users.get(actor);
  if (user === undefined) {
    user = findUser(actor, version);
    users.set(actor, user);
  }
  return user;
}

// Follows from the actor's name alone, and is asked for with every request.
const known = new Map<number, Map<string, User>>();

function findUser(actor: string, version: KubeVersion): User {
  const slash = actor.indexOf('/');
  const program = slash < 0 ? actor : actor.slice(0, slash);
  if (program === 'kubelet') {
    return { name: `system:node:${actor.slice(slash + 1)}`, groups: ['system:nodes', AUTHENTICATED] };
  }
  if (program === 'tokens-controller')
    return { name: 'system:kube-controller-manager', groups: [AUTHENTICATED] };
  const account = ACCOUNTS[program] ?? (program.endsWith('-controller') ? program : undefined);
  if (account !== undefined) return userOf({ name: `system:serviceaccount:kube-system:${account}` });
  if (program === 'scheduler') return { name: 'system:kube-scheduler', groups: [AUTHENTICATED] };
  return administrator(version);
}

/** Accounts that are not called as the program is. */
const ACCOUNTS: Readonly<Record<string, string>> = {
  'cluster-autoscaler': 'cluster-autoscaler',
  csrapproving: 'certificate-controller',
  'daemonset-controller': 'daemon-set-controller',
  'garbage-collector': 'generic-garbage-collector',
  'kube-proxy': 'kube-proxy',
  network: 'coredns',
  'persistentvolume-controller': 'persistent-volume-binder',
  'pod-garbage-collector': 'pod-garbage-collector',
  'root-ca-cert-publisher': 'root-ca-cert-publisher',
  'serviceaccount-controller': 'service-account-controller',
  'taint-eviction-controller': 'node-controller',
};

/** A service account is in the groups of its namespace (apiserver: endpoints/filters/impersonation). */
export function userOf({ name, groups }: Impersonated): User {
  const namespace = SERVICE_ACCOUNT.exec(name)?.[1];
  const implied =
    namespace === undefined ? [] : ['system:serviceaccounts', `system:serviceaccounts:${namespace}`];
  const all = groups === undefined ? implied : groups;
  const everybody = name === 'system:anonymous' ? 'system:unauthenticated' : AUTHENTICATED;
  return { name, groups: all.includes(everybody) ? all : [...all, everybody] };
}
