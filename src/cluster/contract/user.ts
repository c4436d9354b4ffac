import { inVersion, type KubeVersion, type Since } from '../objects/versions.ts';

/** Whom a request speaks for. */
export interface User {
  readonly name: string;
  readonly groups: readonly string[];
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

/** A service account is in the groups of its namespace (apiserver: endpoints/filters/impersonation). */
export function userOf({ name, groups }: Impersonated): User {
  const namespace = SERVICE_ACCOUNT.exec(name)?.[1];
  const implied =
    namespace === undefined ? [] : ['system:serviceaccounts', `system:serviceaccounts:${namespace}`];
  const all = groups === undefined ? implied : groups;
  const everybody = name === 'system:anonymous' ? 'system:unauthenticated' : AUTHENTICATED;
  return { name, groups: all.includes(everybody) ? all : [...all, everybody] };
}
