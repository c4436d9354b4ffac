import { isEqualJson, sortedKeys } from '../json.ts';
import type { ResourceQuota } from '../kubernetes.ts';
import { checkResourceAmount } from './check-resources.ts';
import { type FieldErrors, invalid, invalidFor } from './field-error.ts';
import { qualifiedNameProblems } from './name-syntax.ts';
import { checkImmutable, checkObjectMeta, checkObjectMetaUpdate } from './object-meta.ts';

/** Names without a prefix that a quota may limit (apis/core/helper: IsStandardQuotaResourceName). */
const STANDARD: readonly string[] = [
  ...['cpu', 'memory', 'ephemeral-storage', 'requests.cpu', 'requests.memory', 'requests.storage'],
  ...['requests.ephemeral-storage', 'limits.cpu', 'limits.memory', 'limits.ephemeral-storage'],
  ...['pods', 'resourcequotas', 'services', 'replicationcontrollers', 'secrets', 'persistentvolumeclaims'],
  ...['configmaps', 'services.nodeports', 'services.loadbalancers'],
];

const SCOPES: readonly string[] = [
  ...['Terminating', 'NotTerminating', 'BestEffort', 'NotBestEffort', 'PriorityClass'],
  ...['CrossNamespacePodAffinity', 'VolumeAttributesClass'],
];

/** What a quota of pods alone may limit (apis/core/helper: podObjectCountQuotaResources and its like). */
const POD_COUNT = 'pods';
const POD_COMPUTE: readonly string[] = [
  ...['cpu', 'memory', 'limits.cpu', 'limits.memory', 'requests.cpu', 'requests.memory'],
];

const OPPOSITES: readonly (readonly [string, string])[] = [
  ['BestEffort', 'NotBestEffort'],
  ['Terminating', 'NotTerminating'],
];

/** Kubernetes: apis/core/validation ValidateResourceQuota. */
export function checkNewQuota({ metadata, spec }: ResourceQuota): FieldErrors {
  const hard = spec?.hard ?? {};
  const names = sortedKeys(hard);
  return [
    ...checkObjectMeta(metadata, { isNamespaced: true }),
    ...names.flatMap((name) => [
      ...checkName(`spec.hard[${name}]`, name),
      ...checkResourceAmount(`spec.hard[${name}]`, name, String(hard[name] ?? '')),
    ]),
    ...checkScopes(spec?.scopes ?? [], names),
  ];
}

/** What a quota is about can't be changed. */
export function checkQuotaUpdate(quota: ResourceQuota, old: ResourceQuota): FieldErrors {
  const scopes = (each: ResourceQuota): readonly string[] => [...(each.spec?.scopes ?? [])].sort();
  return [
    ...checkObjectMetaUpdate(quota.metadata, old.metadata),
    ...checkNewQuota(quota).filter(({ field }) => !field.startsWith('metadata')),
    ...(isEqualJson(scopes(quota), scopes(old))
      ? []
      : checkImmutable('spec.scopes', quota.spec?.scopes, old.spec?.scopes)),
  ];
}

function checkName(field: string, name: string): FieldErrors {
  const problems = qualifiedNameProblems(name);
  if (problems.length > 0) return invalidFor(field, name, problems);
  if (name.includes('/') || STANDARD.includes(name) || /^(?:requests\.)?hugepages-/.test(name)) return [];
  return [
    ...(name === 'storage'
      ? []
      : [invalid(field, name, 'must be a standard resource type or fully qualified')]),
    invalid(field, name, 'must be a standard resource for quotas'),
  ];
}

function checkScopes(scopes: readonly string[], names: readonly string[]): FieldErrors {
  const field = 'spec.scopes';
  const conflicts = OPPOSITES.filter((pair) => pair.every((scope) => scopes.includes(scope)));
  return [
    ...scopes.flatMap((scope) => checkScope(field, scope, { scopes, names })),
    ...conflicts.map(() => invalid(field, scopes, 'conflicting scopes')),
  ];
}

function checkScope(
  field: string,
  scope: string,
  { scopes, names }: { readonly scopes: readonly string[]; readonly names: readonly string[] },
): FieldErrors {
  if (!SCOPES.includes(scope)) return [invalid(field, scopes, 'unsupported scope')];
  return names
    .filter((name) => STANDARD.includes(name) && !fits(scope, name))
    .map(() => invalid(field, scopes, 'unsupported scope applied to resource'));
}

/** Kubernetes: apis/core/helper IsResourceQuotaScopeValidForResource. */
function fits(scope: string, name: string): boolean {
  switch (scope) {
    case 'BestEffort':
      return name === POD_COUNT;
    case 'VolumeAttributesClass':
      return name === 'persistentvolumeclaims' || name === 'requests.storage';
    default:
      return name === POD_COUNT || POD_COMPUTE.includes(name);
  }
}
