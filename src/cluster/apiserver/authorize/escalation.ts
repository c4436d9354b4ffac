import type { Refused } from '../../contract/response.ts';
import { quoteGo } from '../../objects/go-json.ts';
import { isEqualJson } from '../../objects/json.ts';
import type { KubeObject } from '../../objects/kube-object.ts';
import type {
  ClusterRole,
  ClusterRoleBinding,
  PolicyRule,
  Role,
  RoleBinding,
} from '../../objects/kubernetes.ts';
import { describePieces, quotedList, uncovered } from '../../objects/rbac/policy-rules.ts';
import type { Call } from '../call.ts';
import { forbidden, notFound } from '../refusal.ts';
import { judge } from './authorize.ts';
import { rulesOf, rulesOfRole } from './rules-of.ts';

const GROUP = 'rbac.authorization.k8s.io';
const EVERYTHING: readonly PolicyRule[] = [
  { verbs: ['*'], apiGroups: ['*'], resources: ['*'] },
  { verbs: ['*'], nonResourceURLs: ['*'] },
];

/**
 * Nobody gives rights that he does not hold himself, unless he may `escalate` (registry/rbac: policybased
 * storage of roles and cluster roles).
 */
export function refuseNewRole(draft: KubeObject, call: Call): Refused | undefined {
  return refuseRole(draft as Role | ClusterRole, undefined, call);
}

export function refuseRoleUpdate(draft: KubeObject, stored: KubeObject, call: Call): Refused | undefined {
  return refuseRole(draft as Role | ClusterRole, stored as Role | ClusterRole, call);
}

function refuseRole(
  draft: Role | ClusterRole,
  stored: Role | ClusterRole | undefined,
  call: Call,
): Refused | undefined {
  const name = draft.metadata.name ?? '';
  if (isOfMasters(call) || mayDo(call, 'escalate', call.resource.plural, name)) return undefined;
  if (stored && isSameButForOwners(draft, stored)) return undefined;
  const why = whyNotGrant(call, draft.rules ?? []);
  if (why !== undefined) return forbidden(call.resource, name, why);
  const gathers = [draft, stored].some((role) => role && 'aggregationRule' in role && role.aggregationRule);
  if (!gathers || whyNotGrant(call, EVERYTHING) === undefined) return undefined;
  return forbidden(call.resource, name, 'must have cluster-admin privileges to use the aggregationRule');
}

/** Nobody binds others to a role whose rights he does not hold, unless he may `bind` it. */
export function refuseNewBinding(draft: KubeObject, call: Call): Refused | undefined {
  return refuseBinding(draft as RoleBinding | ClusterRoleBinding, undefined, call);
}

export function refuseBindingUpdate(draft: KubeObject, stored: KubeObject, call: Call): Refused | undefined {
  return refuseBinding(draft as RoleBinding, stored as RoleBinding, call);
}

function refuseBinding(
  draft: RoleBinding | ClusterRoleBinding,
  stored: RoleBinding | ClusterRoleBinding | undefined,
  call: Call,
): Refused | undefined {
  if (isOfMasters(call) || (stored && isSameButForOwners(draft, stored))) return undefined;
  const { roleRef, metadata } = draft;
  const plural = roleRef?.kind === 'Role' ? 'roles' : 'clusterroles';
  if (roleRef === undefined || mayDo(call, 'bind', plural, roleRef.name)) return undefined;
  const rules = rulesOfRole(call.store, roleRef, call.namespace);
  if (typeof rules === 'string') {
    const kind = roleRef.kind === 'Role' ? 'Role' : 'ClusterRole';
    return notFound({ group: GROUP, plural, kind, name: `${plural.slice(0, -1)}.${GROUP}` }, roleRef.name);
  }
  const why = whyNotGrant(call, rules);
  return why === undefined ? undefined : forbidden(call.resource, metadata.name ?? '', why);
}

/** registry/rbac/validation/rule.go ConfirmNoEscalation. */
function whyNotGrant({ store, user, namespace }: Call, granted: readonly PolicyRule[]): string | undefined {
  const { rules, missing } = rulesOf(store, user, namespace);
  const pieces = uncovered(rules, granted);
  if (pieces.length === 0) return undefined;
  const whom = `user ${quoteGo(user.name)} (groups=${quotedList(user.groups)})`;
  const errors = missing.length === 0 ? '' : `; resolution errors: [${missing.join(', ')}]`;
  const told = describePieces(pieces).join('\n');
  return `${whom} is attempting to grant RBAC permissions not currently held:\n${told}${errors}`;
}

function mayDo({ store, user, namespace }: Call, verb: string, plural: string, name: string): boolean {
  const at = namespace === undefined ? {} : { namespace };
  return judge(store, user, { verb, group: GROUP, resource: plural, name, ...at }).isAllowed;
}

function isOfMasters({ user }: Call): boolean {
  return user.groups.includes('system:masters');
}

/** What the garbage collector changes gives nobody anything (registry/rbac: IsOnlyMutatingGCFields). */
function isSameButForOwners(draft: KubeObject, stored: KubeObject): boolean {
  return isEqualJson(bare(draft), bare(stored));
}

function bare(object: KubeObject): object {
  const { ownerReferences: _, finalizers: __, resourceVersion: ___, ...metadata } = object.metadata;
  return { ...object, metadata };
}
