/** Whose rights they are. */
export interface AddonNames {
  readonly name: string;
  readonly namespace: string;
}

export function ruleOf(group: string, resources: readonly string[], verbs: readonly string[]): object {
  return { apiGroups: [group], resources, verbs };
}

export function role({ name }: AddonNames, rules: readonly object[]): object {
  return { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', metadata: { name }, rules };
}

/** The service account of the name may do what the role of the name says. */
export function binding({ name, namespace }: AddonNames): object {
  return {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRoleBinding',
    metadata: { name },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name },
    subjects: [{ kind: 'ServiceAccount', name, namespace }],
  };
}
