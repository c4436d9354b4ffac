import type { User } from '../../contract/user.ts';
import { quoteGo } from '../../objects/go-json.ts';
import type {
  ClusterRole,
  ClusterRoleBinding,
  PolicyRule,
  Role,
  RoleBinding,
  RoleRef,
  Subject,
} from '../../objects/kubernetes.ts';
import type { Transaction } from '../store/transaction.ts';

/** What somebody may do, and which roles he is bound to that do not exist. */
export interface Rights {
  readonly rules: readonly PolicyRule[];
  readonly missing: readonly string[];
}

export type PolicyStore = Pick<Transaction, 'list'>;

/** Rules that somebody has, and by which binding. */
export interface Held {
  readonly rules: readonly PolicyRule[];
  /** As the reasons of the authorizer name it: `ClusterRoleBinding "x" of …`. */
  readonly source: string;
}

/** The rules of all roles that a user is bound to, in the whole cluster and in a namespace. */
export function rulesOf(store: PolicyStore, user: User, namespace: string | undefined): Rights {
  const rules: PolicyRule[] = [];
  const missing: string[] = [];
  for (const found of rulesHeld(store, user, namespace)) {
    if (typeof found === 'string') missing.push(found);
    else rules.push(...found.rules);
  }
  return { rules, missing };
}

/**
 * One binding after another, first those of the whole cluster; or the complaint that there is no such role
 * (plugin/pkg/auth/authorizer/rbac: VisitRulesFor).
 */
export function* rulesHeld(
  store: PolicyStore,
  user: User,
  namespace: string | undefined,
): Generator<Held | string> {
  for (const binding of store.list<ClusterRoleBinding>(`clusterrolebindings.${RBAC}`)) {
    const subject = binding.subjects?.find((each) => isMeant(each, user, ''));
    if (subject) yield heldBy(store, binding, subject);
  }
  if (namespace === undefined) return;
  for (const binding of store.list<RoleBinding>(`rolebindings.${RBAC}`, namespace)) {
    const subject = binding.subjects?.find((each) => isMeant(each, user, namespace));
    if (subject) yield heldBy(store, binding, subject);
  }
}

const RBAC = 'rbac.authorization.k8s.io';

function heldBy(
  store: PolicyStore,
  { metadata, roleRef }: ClusterRoleBinding | RoleBinding,
  subject: Subject,
): Held | string {
  const { name = '', namespace } = metadata;
  const rules = rulesOfRole(store, roleRef, namespace);
  if (typeof rules === 'string') return rules;
  const [kind, path] =
    namespace === undefined ? ['ClusterRoleBinding', name] : ['RoleBinding', `${name}/${namespace}`];
  const home = subject.kind === 'ServiceAccount' ? `/${subject.namespace || (namespace ?? '')}` : '';
  const to = `${subject.kind} ${quoteGo(`${subject.name}${home}`)}`;
  const source = `${kind} ${quoteGo(path)} of ${roleRef.kind} ${quoteGo(roleRef.name)} to ${to}`;
  return { rules, source };
}

/** A subject of a binding without a namespace is in the binding's own. */
function isMeant({ kind, name, namespace = '' }: Subject, user: User, bindingNamespace: string): boolean {
  if (kind === 'User') return name === user.name;
  if (kind === 'Group') return user.groups.includes(name);
  const home = namespace === '' ? bindingNamespace : namespace;
  return kind === 'ServiceAccount' && home !== '' && user.name === `system:serviceaccount:${home}:${name}`;
}

/** The rules, or the complaint that there is no such role. */
export function rulesOfRole(
  store: PolicyStore,
  { kind, name }: RoleRef,
  namespace: string | undefined,
): readonly PolicyRule[] | string {
  const isLocal = kind === 'Role';
  const plural = isLocal ? 'roles' : 'clusterroles';
  const roles = store.list<Role | ClusterRole>(`${plural}.${RBAC}`, isLocal ? namespace : undefined);
  const role = roles.find(({ metadata }) => metadata.name === name);
  if (role === undefined) return `${isLocal ? 'role' : 'clusterrole'}.${RBAC} ${quoteGo(name)} not found`;
  return role.rules ?? [];
}
