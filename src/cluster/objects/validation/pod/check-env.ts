import type {
  EnvFromSource,
  EnvVar,
  EnvVarSource,
  ObjectFieldSelector,
  ResourceFieldSelector,
} from '../../kubernetes.ts';
import { canonicalQuantity } from '../../quantity.ts';
import { checkNamed, checkNamedIfGiven, checkNoBacksteps, sortedList } from '../check-values.ts';
import { type FieldErrors, invalid, invalidFor, notSupported, required } from '../field-error.ts';
import {
  asPrefix,
  configMapKeyProblems,
  dnsLabelProblems,
  dnsSubdomainProblems,
  envVarNameProblems,
  qualifiedNameProblems,
} from '../name-syntax.ts';

/** Fields of a pod that an environment variable may show. */
const ENV_FIELDS = sortedList(
  ...['metadata.name', 'metadata.namespace', 'metadata.uid', 'spec.nodeName', 'spec.serviceAccountName'],
  ...['status.hostIP', 'status.hostIPs', 'status.podIP', 'status.podIPs'],
);

const KNOWN_FIELDS = [
  ...ENV_FIELDS,
  ...['metadata.annotations', 'metadata.labels', 'spec.restartPolicy', 'spec.schedulerName', 'status.phase'],
];

const RESOURCE_FIELDS = sortedList(
  ...['limits.cpu', 'limits.memory', 'limits.ephemeral-storage'],
  ...['requests.cpu', 'requests.memory', 'requests.ephemeral-storage'],
);

const UNITS = ['1', '1k', '1M', '1G', '1T', '1P', '1E', '1Ki', '1Mi', '1Gi', '1Ti', '1Pi', '1Ei'];

export function checkEnv(field: string, variables: readonly EnvVar[]): FieldErrors {
  return variables.flatMap((variable, index) => [
    ...checkNamed(`${field}[${index}].name`, variable.name, envVarNameProblems),
    ...checkValueFrom(`${field}[${index}].valueFrom`, variable),
  ]);
}

export function checkEnvFrom(field: string, sources: readonly EnvFromSource[]): FieldErrors {
  return sources.flatMap(({ prefix, configMapRef, secretRef }, index) => {
    const place = `${field}[${index}]`;
    const nameProblems = asPrefix(dnsSubdomainProblems);
    const count = [configMapRef, secretRef].filter((source) => source !== undefined).length;
    return [
      ...checkNamedIfGiven(`${place}.prefix`, prefix, envVarNameProblems),
      ...(configMapRef ? checkNamed(`${place}.configMapRef.name`, configMapRef.name, nameProblems) : []),
      ...(secretRef ? checkNamed(`${place}.secretRef.name`, secretRef.name, nameProblems) : []),
      ...(count === 0 ? [invalid(field, '', 'must specify one of: `configMapRef` or `secretRef`')] : []),
      ...(count > 1 ? [invalid(field, '', 'may not have more than one field specified at a time')] : []),
    ];
  });
}

function checkValueFrom(field: string, { value = '', valueFrom }: EnvVar): FieldErrors {
  if (valueFrom === undefined) return [];
  const count = Object.values(valueFrom).filter((source) => source !== undefined).length;
  const sources =
    'must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef`, `secretKeyRef` or `fileKeyRef`';
  const detail =
    count === 0
      ? sources
      : value !== ''
        ? 'may not be specified when `value` is not empty'
        : count > 1
          ? 'may not have more than one field specified at a time'
          : undefined;
  return [...checkSources(field, valueFrom), ...(detail === undefined ? [] : [invalid(field, '', detail)])];
}

function checkSources(field: string, source: EnvVarSource): FieldErrors {
  const { fieldRef, resourceFieldRef, configMapKeyRef, secretKeyRef, fileKeyRef } = source;
  return [
    ...(fieldRef ? checkFieldRef(`${field}.fieldRef`, fieldRef, ENV_FIELDS) : []),
    ...(resourceFieldRef ? checkResourceFieldRef(`${field}.resourceFieldRef`, resourceFieldRef, false) : []),
    ...(configMapKeyRef ? checkKeyRef(`${field}.configMapKeyRef`, configMapKeyRef) : []),
    ...(secretKeyRef ? checkKeyRef(`${field}.secretKeyRef`, secretKeyRef) : []),
    ...(fileKeyRef
      ? [
          ...checkNamed(`${field}.fileKeyRef.key`, fileKeyRef.key, envVarNameProblems),
          ...checkNamed(`${field}.fileKeyRef.volumeName`, fileKeyRef.volumeName, dnsLabelProblems),
          ...(fileKeyRef.path
            ? checkNoBacksteps(`${field}.fileKeyRef.path`, fileKeyRef.path)
            : [required(`${field}.fileKeyRef.path`)]),
        ]
      : []),
  ];
}

function checkKeyRef(
  field: string,
  { name = '', key }: { readonly name?: string; readonly key: string },
): FieldErrors {
  return [
    ...invalidFor(`${field}.name`, name, dnsSubdomainProblems(name)),
    ...checkNamed(`${field}.key`, key, configMapKeyProblems),
  ];
}

/** A field of the pod itself: `metadata.name`, `metadata.labels['app']`. */
export function checkFieldRef(
  field: string,
  { apiVersion = '', fieldPath }: ObjectFieldSelector,
  supported: readonly string[],
): FieldErrors {
  if (apiVersion === '') return [required(`${field}.apiVersion`)];
  if (!fieldPath) return [required(`${field}.fieldPath`)];
  const subscripted = /^(.*)\['(.+)'\]$/.exec(fieldPath);
  const [, base = fieldPath, key = ''] = subscripted ?? [];
  const problem = conversionProblem(apiVersion, fieldPath, base, subscripted !== null);
  if (problem !== undefined) {
    return [invalid(`${field}.fieldPath`, fieldPath, `error converting fieldPath: ${problem}`)];
  }
  if (subscripted === null) {
    return supported.includes(fieldPath) ? [] : [notSupported(`${field}.fieldPath`, fieldPath, supported)];
  }
  const shown = base === 'metadata.annotations' ? key.toLowerCase() : key;
  return invalidFor(field, shown, qualifiedNameProblems(shown));
}

function conversionProblem(
  apiVersion: string,
  path: string,
  base: string,
  isSubscripted: boolean,
): string | undefined {
  if (apiVersion !== 'v1') return `unsupported pod version: ${apiVersion}`;
  if (isSubscripted) {
    const hasKeys = base === 'metadata.annotations' || base === 'metadata.labels';
    return hasKeys ? undefined : `field label does not support subscript: ${path}`;
  }
  return KNOWN_FIELDS.includes(path) ? undefined : `field label not supported: ${path}`;
}

/**
 * An amount of a container's resources: `limits.cpu` in units of `1m`. In a volume the container must be
 * named.
 */
export function checkResourceFieldRef(
  field: string,
  { containerName = '', resource, divisor }: ResourceFieldSelector,
  isInVolume: boolean,
): FieldErrors {
  const isHugePages = /^(?:requests|limits)\.hugepages-/.test(resource);
  const reference =
    isInVolume && containerName === ''
      ? [required(`${field}.containerName`)]
      : resource === ''
        ? [required(`${field}.resource`)]
        : RESOURCE_FIELDS.includes(resource) || isHugePages
          ? []
          : [notSupported(`${field}.resource`, resource, RESOURCE_FIELDS)];
  return [...reference, ...checkDivisor(`${field}.divisor`, resource, divisor)];
}

function checkDivisor(field: string, resource: string, divisor: string | undefined): FieldErrors {
  const unit = canonicalQuantity(divisor ?? '0') ?? '0';
  if (unit === '0') return [];
  const isCpu = resource === 'limits.cpu' || resource === 'requests.cpu';
  if (isCpu) {
    const detail = "only divisor's values 1m and 1 are supported with the cpu resource";
    return unit === '1' || unit === '1m' ? [] : [invalid(field, resource, detail)];
  }
  const kind = resource.endsWith('.memory')
    ? 'memory'
    : resource.endsWith('.ephemeral-storage')
      ? 'local ephemeral storage'
      : 'hugepages';
  const detail = `only divisor's values ${UNITS.join(', ')} are supported with the ${kind} resource`;
  return UNITS.includes(unit) ? [] : [invalid(field, resource, detail)];
}
