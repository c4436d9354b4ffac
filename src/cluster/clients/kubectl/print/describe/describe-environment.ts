import type {
  Container,
  EnvFromSource,
  EnvVar,
  EphemeralContainer,
  ResourceFieldSelector,
} from '../../../../objects/kubernetes.ts';
import { milliValue, wholeValue } from '../../../../objects/quantity.ts';
import { indented, type Lines } from './description.ts';

/** The value of a field of the pod that a variable refers to. */
export type ResolveField = (fieldPath: string) => string;

type AnyContainer = Container | EphemeralContainer;

/** Mirrors kubectl: describe.go describeContainerEnvFrom, describeContainerEnvVars. */
export function environmentLines(container: AnyContainer, resolveField: ResolveField | undefined): Lines {
  const { env = [], envFrom = [] } = container;
  const sources =
    envFrom.length === 0 ? [] : ['Environment Variables from:', ...indented(1, envFrom.map(sourceText))];
  const variables = env.flatMap((variable) => variableLines(variable, container, resolveField));
  return [...sources, `Environment:${env.length === 0 ? '\t<none>' : ''}`, ...indented(1, variables)];
}

function sourceText({ configMapRef, secretRef, prefix }: EnvFromSource): string {
  const kind = configMapRef ? 'ConfigMap' : secretRef ? 'Secret' : '';
  const reference = configMapRef ?? secretRef;
  const withPrefix = prefix ? `${kind} with prefix '${prefix}'` : kind;
  return `${reference?.name ?? ''}\t${withPrefix}\tOptional: ${reference?.optional ?? false}`;
}

function variableLines(
  { name, value = '', valueFrom }: EnvVar,
  container: AnyContainer,
  resolveField: ResolveField | undefined,
): Lines {
  if (!valueFrom) {
    return value.split('\n').map((line, index) => (index === 0 ? `${name}:\t${line}` : `\t${line}`));
  }
  const { fieldRef, resourceFieldRef, secretKeyRef, configMapKeyRef } = valueFrom;
  if (fieldRef) {
    const resolved = resolveField?.(fieldRef.fieldPath) ?? '';
    return [`${name}:\t${resolved} (${fieldRef.apiVersion ?? ''}:${fieldRef.fieldPath})`];
  }
  if (resourceFieldRef) {
    const resolved = resourceValue(resourceFieldRef, container);
    return [`${name}:\t${resolved} (${resourceFieldRef.resource})`];
  }
  if (secretKeyRef) {
    const { key, name: secret, optional = false } = secretKeyRef;
    return [`${name}:\t<set to the key '${key}' in secret '${secret}'>\tOptional: ${optional}`];
  }
  if (configMapKeyRef) {
    const { key, name: configMap, optional = false } = configMapKeyRef;
    return [`${name}:\t<set to the key '${key}' of config map '${configMap}'>\tOptional: ${optional}`];
  }
  return [];
}

/** In units of the divisor, rounded up. Mirrors kubectl: util/resource ExtractContainerResourceValue. */
function resourceValue({ resource, divisor }: ResourceFieldSelector, { resources }: AnyContainer): string {
  const [, side, name = ''] = /^(limits|requests)\.(.+)$/.exec(resource) ?? [];
  const isKnown = ['cpu', 'memory', 'ephemeral-storage'].includes(name) || name.startsWith('hugepages-');
  if (side === undefined || !isKnown) return '';
  const amount = resources?.[side === 'limits' ? 'limits' : 'requests']?.[name] ?? '0';
  const unit = divisor === undefined || wholeValue(divisor) === 0 ? '1' : divisor;
  const value =
    name === 'cpu' ? milliValue(amount) / milliValue(unit) : wholeValue(amount) / wholeValue(unit);
  const text = String(Math.ceil(value));
  return text === '0' && (resource === 'limits.cpu' || resource === 'limits.memory')
    ? 'node allocatable'
    : text;
}

/**
 * The fields that kubectl can look up: its own scheme converts no others, so it shows nothing for them.
 * Mirrors kubectl: describe.go EnvValueRetriever with apimachinery: runtime/conversion.go
 * DefaultMetaV1FieldSelectorConversion.
 */
export function fieldResolver(metadata: { name?: string; namespace?: string }): ResolveField {
  return (fieldPath) => {
    if (fieldPath === 'metadata.name') return metadata.name ?? '';
    return fieldPath === 'metadata.namespace' ? (metadata.namespace ?? '') : '';
  };
}
