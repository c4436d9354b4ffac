import { sortedKeys } from '../json.ts';
import type { ResourceRequirements } from '../kubernetes.ts';
import { isPodLevelResource } from '../pod-resources.ts';
import { canonicalQuantity, compareQuantities, milliValue, parseQuantity } from '../quantity.ts';
import { sortedList } from './check-values.ts';
import {
  type FieldErrors,
  forbidden,
  invalid,
  invalidFor,
  notFound,
  notSupported,
  required,
} from './field-error.ts';
import { qualifiedNameProblems } from './name-syntax.ts';

type List = Readonly<Record<string, string>>;

/** Resources that a container may ask for under a bare name. */
const CONTAINER_RESOURCES = ['cpu', 'memory', 'ephemeral-storage'];

/** Bare names that are resources at all, most of them of quotas (apis/core/helper: standardResources). */
const STANDARD_RESOURCES = [
  ...CONTAINER_RESOURCES,
  ...CONTAINER_RESOURCES.flatMap((name) => [`requests.${name}`, `limits.${name}`]),
  ...['pods', 'resourcequotas', 'services', 'replicationcontrollers', 'secrets', 'configmaps'],
  ...[
    'persistentvolumeclaims',
    'storage',
    'requests.storage',
    'services.nodeports',
    'services.loadbalancers',
  ],
];

const COUNTED = [
  ...['pods', 'resourcequotas', 'services', 'replicationcontrollers', 'secrets', 'configmaps'],
  ...['persistentvolumeclaims', 'services.nodeports', 'services.loadbalancers'],
];

/** The requests and limits of a container; `claims` are the pod's resource claims by name. */
export function checkContainerResources(
  field: string,
  resources: ResourceRequirements | undefined,
  claims: readonly string[],
): FieldErrors {
  return checkRequirements(field, resources, { nameErrors: checkContainerResourceName, claims });
}

/** The requests and limits of a pod as a whole. */
export function checkPodResources(
  field: string,
  resources: ResourceRequirements | undefined,
  claims: readonly string[],
): FieldErrors {
  return checkRequirements(field, resources, { nameErrors: checkPodResourceName, claims });
}

interface Rules {
  readonly nameErrors: (field: string, name: string) => FieldErrors;
  readonly claims: readonly string[];
}

function checkRequirements(
  field: string,
  resources: ResourceRequirements | undefined,
  { nameErrors, claims }: Rules,
): FieldErrors {
  const { limits = {}, requests = {} } = resources ?? {};
  const names = [...Object.keys(limits), ...Object.keys(requests)];
  const needsMore = names.some(isHugePages) && !names.some((name) => name === 'cpu' || name === 'memory');
  return [
    ...checkList(`${field}.limits`, limits, nameErrors),
    ...sortedKeys(requests).flatMap((name) => [
      ...checkAmount(`${field}.requests[${name}]`, name, requests[name] ?? '', nameErrors),
      ...checkAgainstLimit(field, name, requests[name] ?? '', limits[name]),
      ...checkHugePages(`${field}.requests[${name}]`, name, requests[name] ?? ''),
    ]),
    ...(needsMore ? [forbidden(field, 'HugePages require cpu or memory')] : []),
    ...checkClaims(`${field}.claims`, resources?.claims ?? [], claims),
  ];
}

function checkList(field: string, list: List, nameErrors: Rules['nameErrors']): FieldErrors {
  return sortedKeys(list).flatMap((name) => [
    ...checkAmount(`${field}[${name}]`, name, list[name] ?? '', nameErrors),
    ...checkHugePages(`${field}[${name}]`, name, list[name] ?? ''),
  ]);
}

function checkAmount(
  field: string,
  name: string,
  amount: string,
  nameErrors: Rules['nameErrors'],
): FieldErrors {
  return [...nameErrors(field, name), ...checkResourceAmount(field, name, amount)];
}

/** An amount is never negative, and whole for what is counted. */
export function checkResourceAmount(field: string, name: string, amount: string): FieldErrors {
  const parsed = parseQuantity(amount);
  const isNegative = parsed !== undefined && parsed.nano < 0n;
  const isCounted = COUNTED.includes(name) || isExtended(name);
  return [
    ...(isNegative ? [invalid(field, amount, 'must be greater than or equal to 0')] : []),
    ...(isCounted && milliValue(amount) % 1000 !== 0 ? [invalid(field, amount, 'must be an integer')] : []),
  ];
}

/** What cannot be overcommitted must be requested just as much as it is limited. */
function checkAgainstLimit(
  field: string,
  name: string,
  request: string,
  limit: string | undefined,
): FieldErrors {
  const mayExceed = isNative(name) && !isHugePages(name);
  if (limit === undefined) {
    const detail = 'Limit must be set for non overcommitable resources';
    return mayExceed ? [] : [required(`${field}.limits`, detail)];
  }
  const order = compareQuantities(request, limit);
  const relation = order !== 0 && !mayExceed ? 'equal to' : order > 0 ? 'less than or equal to' : undefined;
  if (relation === undefined) return [];
  const shown = canonicalQuantity(limit) ?? limit;
  const value = canonicalQuantity(request) ?? request;
  return [invalid(`${field}.requests`, value, `must be ${relation} ${name} limit of ${shown}`)];
}

function checkHugePages(field: string, name: string, amount: string): FieldErrors {
  const size = isHugePages(name) ? parseQuantity(name.slice('hugepages-'.length)) : undefined;
  const parsed = parseQuantity(amount);
  if (size === undefined || parsed === undefined || size.nano <= 0n) return [];
  if (parsed.nano > 0n && parsed.nano % size.nano === 0n) return [];
  return [invalid(field, amount, `${amount} is not positive integer multiple of ${name}`)];
}

function checkClaims(
  field: string,
  used: readonly { readonly name: string; readonly request?: string }[],
  claims: readonly string[],
): FieldErrors {
  return used.flatMap(({ name }, index) => {
    if (name === '') return [required(`${field}[${index}]`)];
    if (claims.includes(name)) return [];
    const list = claims.length === 0 ? ' which is empty' : `: ${sortedList(...claims).join(', ')}`;
    const detail = `must be one of the names in pod.spec.resourceClaims${list}`;
    return [{ ...notFound(`${field}[${index}]`, name), detail }];
  });
}

function checkResourceName(field: string, name: string): FieldErrors {
  const errors = invalidFor(field, name, qualifiedNameProblems(name));
  if (errors.length > 0 || name.includes('/')) return errors;
  const isStandard =
    STANDARD_RESOURCES.includes(name) || isHugePages(name) || /^requests\.hugepages-/.test(name);
  return isStandard ? [] : [invalid(field, name, 'must be a standard resource type or fully qualified')];
}

function checkContainerResourceName(field: string, name: string): FieldErrors {
  const errors = checkResourceName(field, name);
  if (!name.includes('/')) {
    const isStandard = CONTAINER_RESOURCES.includes(name) || isHugePages(name);
    return isStandard
      ? errors
      : [...errors, invalid(field, name, 'must be a standard resource for containers')];
  }
  const isFollowed = isNative(name) || isExtended(name);
  return isFollowed
    ? errors
    : [...errors, invalid(field, name, "doesn't follow extended resource name standard")];
}

function checkPodResourceName(field: string, name: string): FieldErrors {
  const errors = checkResourceName(field, name);
  if (errors.length > 0 || isPodLevelResource(name)) return errors;
  return [notSupported(field, name, ['cpu', 'hugepages-', 'memory'])];
}

function isHugePages(name: string): boolean {
  return name.startsWith('hugepages-');
}

/** A bare name, or one of Kubernetes' own. */
function isNative(name: string): boolean {
  return !name.includes('/') || name.includes('kubernetes.io/');
}

function isExtended(name: string): boolean {
  if (isNative(name) || name.startsWith('requests.')) return false;
  return qualifiedNameProblems(`requests.${name}`).length === 0;
}
