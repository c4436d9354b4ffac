import type { User } from '../../contract/user.ts';
import type {
  ClusterRole,
  ClusterRoleBinding,
  PolicyRule,
  Role,
  RoleBinding,
  RoleRef,
  Subject,
} from '../../objects/kubernetes.ts';
import { selects } from '../../objects/label-selector.ts';
import type { Transaction } from '../store/transaction.ts';
import { BUILT_IN_BINDINGS, BUILT_IN_ROLES } from './built-in-roles.ts';

/** What somebody may do, and which roles he is bound to that do not exist. */
export interface Rights {
  readonly rules: readonly PolicyRule[];
  readonly missing: readonly string[];
}

type Store = Pick<Transaction, 'list'>;

/**
 * The rules of all roles that a user is bound to, in the whole cluster and in a namespace
 * (plugin/pkg/auth/authorizer/rbac: VisitRulesFor).
 */
export function rulesOf(store: Store, user: User, namespace: string | undefined): Rights {
  const rules: PolicyRule[] = [];
  const missing: string[] = [];
  const take = (found: readonly PolicyRule[] | string): void => {
    if (typeof found === 'string') missing.push(found);
    else rules.push(...found);
  };
  for (const [group, role] of BUILT_IN_BINDINGS) {
    if (user.groups.includes(group)) take(rulesOfRole(store, clusterRole(role), undefined));
  }
  for (const { subjects, roleRef } of store.list<ClusterRoleBinding>(`clusterrolebindings.${RBAC}`)) {
    if (subjects?.some((each) => isMeant(each, user, ''))) take(rulesOfRole(store, roleRef, undefined));
  }
  if (namespace === undefined) return { rules, missing };
  for (const { subjects, roleRef } of store.list<RoleBinding>(`rolebindings.${RBAC}`, namespace)) {
    if (subjects?.some((each) => isMeant(each, user, namespace)))
      take(rulesOfRole(store, roleRef, namespace));
  }
  return { rules, missing };
}

const RBAC = 'rbac.authorization.k8s.io';

function clusterRole(name: string): RoleRef {
  return { kind: 'ClusterRole', name };
}

/** A subject of a binding without a namespace is in the binding's own. */
function isMeant({ kind, name, namespace = '' }: Subject, user: User, bindingNamespace: string): boolean {
  if (kind === 'User') return name === user.name;
  if (kind === 'Group') return user.groups.includes(name);
  const home = namespace === '' ? bindingNamespace : namespace;
  return kind === 'ServiceAccount' && home !== '' && user.name === `system:serviceaccount:${home}:${name}`;
}

/** The rules, or the complaint that there is no such role. */
function rulesOfRole(
  store: Store,
  { kind, name }: RoleRef,
  namespace: string | undefined,
): readonly PolicyRule[] | string {
  if (kind === 'Role') {
    const role = store.list<Role>(`roles.${RBAC}`, namespace).find(({ metadata }) => metadata.name === name);
    return role === undefined ? `role.${RBAC} "${name}" not found` : (role.rules ?? []);
  }
  const roles = store.list<ClusterRole>(`clusterroles.${RBAC}`);
  const role = roles.find(({ metadata }) => metadata.name === name);
  const builtIn = Object.hasOwn(BUILT_IN_ROLES, name) ? BUILT_IN_ROLES[name] : undefined;
  if (role === undefined) {
    if (builtIn === undefined) return `clusterrole.${RBAC} "${name}" not found`;
    return [...builtIn, ...aggregated(roles, { [`${RBAC}/aggregate-to-${name}`]: 'true' })];
  }
  const selectors = role.aggregationRule?.clusterRoleSelectors ?? [];
  const gathered = selectors.flatMap((selector) =>
    roles.filter(({ metadata }) => selects(selector, metadata.labels)).flatMap(({ rules }) => rules ?? []),
  );
  return [...(role.rules ?? []), ...gathered];
}

function aggregated(roles: readonly ClusterRole[], matchLabels: Record<string, string>): PolicyRule[] {
  return roles
    .filter(({ metadata }) => selects({ matchLabels }, metadata.labels))
    .flatMap(({ rules }) => rules ?? []);
}
