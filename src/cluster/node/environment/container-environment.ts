import type { Doing } from '../../contract/doing.ts';
import { decodeBase64 } from '../../objects/base64.ts';
import { expandEnv } from '../../objects/env-expansion.ts';
import { sortedKeys } from '../../objects/json.ts';
import type { ConfigMap, Container, EnvFromSource, EnvVar, Secret } from '../../objects/kubernetes.ts';
import { inVersion, type Since } from '../../objects/versions.ts';
import type { PodContext } from '../pod-worker/pod-context.ts';
import { fieldOf, resourceFieldOf } from './downward-api.ts';
import type { Environment } from './environment.ts';
import { serviceVariables } from './service-variables.ts';

type Resolved =
  | {
      readonly env: Environment;
      /** What was left out, and is to be told of. */
      readonly skipped?: readonly string[];
    }
  | { readonly problem: string };

/** Kubelets left out what no variable could be called, before all that is printable could be a name. */
const SKIPS_NAMES: Since<boolean> = [
  [0, true],
  [30, false],
];

const PLAIN_NAME = /^[-._a-zA-Z][-._a-zA-Z0-9]*$/;

/** The variables of a container; without those that could not be made. */
export function* containerEnvironment(context: PodContext, container: Container): Doing<Environment> {
  const resolved = yield* resolveEnvironment(context, container);
  return 'env' in resolved ? resolved.env : {};
}

/**
 * Services first, then whole ConfigMaps and Secrets, then single variables. Kubelet:
 * makeEnvironmentVariables.
 */
export function* resolveEnvironment(context: PodContext, container: Container): Doing<Resolved> {
  const hostname = context.pod.spec.hostNetwork
    ? context.node
    : (context.pod.spec.hostname ?? context.worker.name);
  const services = yield* serviceVariables(context);
  const given: Record<string, string> = {};
  const skipped: string[] = [];
  for (const source of container.envFrom ?? []) {
    const found = yield* allOf(context, source);
    if ('problem' in found) return found;
    Object.assign(given, found.env);
    skipped.push(...(found.skipped ?? []));
  }
  const env: Record<string, string> = { ...given };
  for (const variable of container.env ?? []) {
    const found = yield* variableValue(context, container, variable);
    if ('problem' in found) return found;
    if (found.value === undefined) continue;
    const text = found.value;
    const lookup = (name: string): string | undefined => env[name] ?? services[name];
    env[variable.name] = variable.value === undefined ? text : expandEnv(text, lookup);
  }
  return { env: { HOSTNAME: hostname, ...services, ...env }, ...(skipped.length > 0 && { skipped }) };
}

function* allOf(
  context: PodContext,
  { configMapRef, secretRef, prefix = '' }: EnvFromSource,
): Doing<Resolved> {
  const reference = configMapRef ?? secretRef;
  if (!reference) return { env: {} };
  const name = reference.name ?? '';
  const data = configMapRef ? yield* configMap(context, name) : yield* secret(context, name);
  if (!data) {
    if (reference.optional) return { env: {} };
    return { problem: `${configMapRef ? 'configmap' : 'secret'} "${name}" not found` };
  }
  const keys = sortedKeys(data);
  const isTaken = (key: string): boolean =>
    !inVersion(SKIPS_NAMES, context.version) || PLAIN_NAME.test(prefix + key);
  const left = keys.filter((key) => !isTaken(key)).map((key) => prefix + key);
  const place = `${configMapRef ? 'configMap' : 'secret'} ${context.worker.namespace}/${name}`;
  const message = `Keys [${left.join(', ')}] from the EnvFrom ${place} were skipped since they are considered invalid environment variable names.`;
  return {
    env: Object.fromEntries(keys.filter(isTaken).map((key) => [prefix + key, data[key] ?? ''])),
    ...(left.length > 0 && { skipped: [message] }),
  };
}

type Found = { readonly value: string | undefined } | { readonly problem: string };

function* variableValue(
  context: PodContext,
  container: Container,
  { value, valueFrom }: EnvVar,
): Doing<Found> {
  if (!valueFrom) return { value: value ?? '' };
  const { fieldRef, resourceFieldRef, configMapKeyRef, secretKeyRef } = valueFrom;
  if (fieldRef) return { value: fieldOf(context, fieldRef.fieldPath) };
  if (resourceFieldRef) return { value: resourceFieldOf(context, container, resourceFieldRef) };
  const reference = configMapKeyRef ?? secretKeyRef;
  if (!reference) return { value: '' };
  const { name = '', key, optional } = reference;
  const data = configMapKeyRef ? yield* configMap(context, name) : yield* secret(context, name);
  const kind = configMapKeyRef ? 'ConfigMap' : 'Secret';
  if (!data)
    return optional ? { value: undefined } : { problem: `${kind.toLowerCase()} "${name}" not found` };
  if (data[key] !== undefined) return { value: data[key] };
  if (optional) return { value: undefined };
  return { problem: `couldn't find key ${key} in ${kind} ${context.worker.namespace}/${name}` };
}

/** The texts of a ConfigMap by key; undefined if there is none of that name. */
export function* configMap(
  { worker: { namespace } }: PodContext,
  name: string,
): Doing<Environment | undefined> {
  const got = yield { verb: 'get', resource: 'configmaps', namespace, name };
  if (!got.ok) return undefined;
  const { data = {}, binaryData = {} } = got.object as ConfigMap;
  const decoded = Object.entries(binaryData).map(([key, text]) => [key, decodeBase64(text) ?? '']);
  return { ...data, ...Object.fromEntries(decoded) };
}

/** The texts of a Secret by key. */
export function* secret({ worker: { namespace } }: PodContext, name: string): Doing<Environment | undefined> {
  const got = yield { verb: 'get', resource: 'secrets', namespace, name };
  if (!got.ok) return undefined;
  const { data = {} } = got.object as Secret;
  return Object.fromEntries(Object.entries(data).map(([key, text]) => [key, decodeBase64(text) ?? '']));
}
