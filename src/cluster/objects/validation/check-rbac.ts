import { isEqualJson } from '../json.ts';
import type {
  ClusterRole,
  ClusterRoleBinding,
  PolicyRule,
  Role,
  RoleBinding,
  RoleRef,
  Subject,
} from '../kubernetes.ts';
import { type FieldErrors, invalid, invalidFor, notSupported, required } from './field-error.ts';
import { dnsSubdomainProblems, pathSegmentProblems } from './name-syntax.ts';
import { checkObjectMeta, checkObjectMetaUpdate } from './object-meta.ts';

/** pkg/apis/rbac/validation. */

const GROUP = 'rbac.authorization.k8s.io';

export function checkNewRole({ metadata, rules }: Role): FieldErrors {
  return [
    ...checkObjectMeta(metadata, { isNamespaced: true, nameProblems: pathSegmentProblems }),
    ...checkRules(rules, true),
  ];
}

export function checkRoleUpdate(role: Role, old: Role): FieldErrors {
  return [...checkRules(role.rules, true), ...checkObjectMetaUpdate(role.metadata, old.metadata)];
}

export function checkNewClusterRole(role: ClusterRole): FieldErrors {
  const { metadata } = role;
  return [
    ...checkObjectMeta(metadata, { isNamespaced: false, nameProblems: pathSegmentProblems }),
    ...checkContent(role),
  ];
}

export function checkClusterRoleUpdate(role: ClusterRole, old: ClusterRole): FieldErrors {
  return [...checkContent(role), ...checkObjectMetaUpdate(role.metadata, old.metadata)];
}

function checkContent({ rules, aggregationRule }: ClusterRole): FieldErrors {
  const isEmpty = aggregationRule !== undefined && !aggregationRule.clusterRoleSelectors?.length;
  const why = 'at least one clusterRoleSelector required if aggregationRule is non-nil';
  return [
    ...checkRules(rules ?? undefined, false),
    ...(isEmpty ? [required('aggregationRule.clusterRoleSelectors', why)] : []),
  ];
}

function checkRules(rules: readonly PolicyRule[] = [], isNamespaced: boolean): FieldErrors {
  return rules.flatMap((rule, index) => checkRule(rule, `rules[${index}]`, isNamespaced));
}

function checkRule(rule: PolicyRule, field: string, isNamespaced: boolean): FieldErrors {
  const { verbs = [], apiGroups = [], resources = [], resourceNames = [], nonResourceURLs = [] } = rule;
  const errors =
    verbs.length === 0 ? [required(`${field}.verbs`, 'verbs must contain at least one value')] : [];
  const urls = `${field}.nonResourceURLs`;
  if (nonResourceURLs.length > 0) {
    if (isNamespaced)
      errors.push(invalid(urls, nonResourceURLs, 'namespaced rules cannot apply to non-resource URLs'));
    if (apiGroups.length + resources.length + resourceNames.length > 0) {
      const why = 'rules cannot apply to both regular resources and non-resource URLs';
      errors.push(invalid(urls, nonResourceURLs, why));
    }
    return errors;
  }
  if (apiGroups.length === 0)
    errors.push(required(`${field}.apiGroups`, 'resource rules must supply at least one api group'));
  if (resources.length === 0)
    errors.push(required(`${field}.resources`, 'resource rules must supply at least one resource'));
  return errors;
}

export function checkNewRoleBinding(binding: RoleBinding): FieldErrors {
  return checkNewBinding(binding, true);
}

export function checkNewClusterRoleBinding(binding: ClusterRoleBinding): FieldErrors {
  return checkNewBinding(binding, false);
}

type Binding = RoleBinding | ClusterRoleBinding;

function checkNewBinding(binding: Binding, isNamespaced: boolean): FieldErrors {
  return [
    ...checkObjectMeta(binding.metadata, { isNamespaced, nameProblems: pathSegmentProblems }),
    ...checkBound(binding, isNamespaced),
  ];
}

export function checkRoleBindingUpdate(binding: RoleBinding, old: RoleBinding): FieldErrors {
  return checkBindingUpdate(binding, old, true);
}

export function checkClusterRoleBindingUpdate(
  binding: ClusterRoleBinding,
  old: ClusterRoleBinding,
): FieldErrors {
  return checkBindingUpdate(binding, old, false);
}

function checkBindingUpdate(binding: Binding, old: Binding, isNamespaced: boolean): FieldErrors {
  const { roleRef } = binding;
  const isSame = isEqualJson(roleRef, old.roleRef);
  return [
    ...checkBound(binding, isNamespaced),
    ...checkObjectMetaUpdate(binding.metadata, old.metadata),
    ...(isSame ? [] : [invalid('roleRef', asGoPrints(roleRef), 'cannot change roleRef')]),
  ];
}

/** Inside the server the type has no JSON names. */
function asGoPrints({ apiGroup = '', kind, name }: RoleRef): object {
  return { APIGroup: apiGroup, Kind: kind, Name: name };
}

function checkBound({ roleRef, subjects }: Binding, isNamespaced: boolean): FieldErrors {
  const { apiGroup = '', kind, name } = roleRef;
  const kinds = isNamespaced ? ['ClusterRole', 'Role'] : ['ClusterRole'];
  return [
    ...(apiGroup === GROUP ? [] : [notSupported('roleRef.apiGroup', apiGroup, [GROUP])]),
    ...(kinds.includes(kind) ? [] : [notSupported('roleRef.kind', kind ?? '', kinds)]),
    ...(name ? invalidFor('roleRef.name', name, pathSegmentProblems(name)) : [required('roleRef.name')]),
    ...(subjects ?? []).flatMap((subject, index) =>
      checkSubject(subject, `subjects[${index}]`, isNamespaced),
    ),
  ];
}

function checkSubject(
  { kind, name, apiGroup = '', namespace = '' }: Subject,
  field: string,
  isNamespaced: boolean,
): FieldErrors {
  const errors = name ? [] : [required(`${field}.name`)];
  switch (kind) {
    case 'ServiceAccount':
      return [
        ...errors,
        ...(name ? invalidFor(`${field}.name`, name, dnsSubdomainProblems(name)) : []),
        ...(apiGroup === '' ? [] : [notSupported(`${field}.apiGroup`, apiGroup, [''])]),
        ...(isNamespaced || namespace !== '' ? [] : [required(`${field}.namespace`)]),
      ];
    case 'User':
    case 'Group':
      return [
        ...errors,
        ...(apiGroup === GROUP ? [] : [notSupported(`${field}.apiGroup`, apiGroup, [GROUP])]),
      ];
    default:
      return [...errors, notSupported(`${field}.kind`, kind ?? '', ['Group', 'ServiceAccount', 'User'])];
  }
}
