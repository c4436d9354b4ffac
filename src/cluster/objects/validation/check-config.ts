import { decodeBase64, utf8Length } from '../base64.ts';
import { isEqualJson, isObject, sortedKeys } from '../json.ts';
import type { ConfigMap, Secret } from '../kubernetes.ts';
import { type FieldErrors, forbidden, invalid, invalidFor, required, tooLong } from './field-error.ts';
import { configMapKeyProblems } from './name-syntax.ts';
import { checkImmutable, checkObjectMeta, checkObjectMetaUpdate } from './object-meta.ts';

/** Of all values of a ConfigMap or Secret together, decoded. */
const DATA_MAX_BYTES = 1024 * 1024;

const IMMUTABLE = 'field is immutable when `immutable` is set';

export function checkNewConfigMap(configMap: ConfigMap): FieldErrors {
  const { metadata, data = {}, binaryData = {} } = configMap;
  const bytes = sizeOfTexts(data) + sizeOfBytes(binaryData);
  return [
    ...checkObjectMeta(metadata, { isNamespaced: true }),
    ...sortedKeys(data).flatMap((key) => [
      ...invalidFor(`data[${key}]`, key, configMapKeyProblems(key)),
      ...(Object.hasOwn(binaryData, key)
        ? [invalid(`data[${key}]`, key, 'duplicate of key present in binaryData')]
        : []),
    ]),
    ...sortedKeys(binaryData).flatMap((key) =>
      invalidFor(`binaryData[${key}]`, key, configMapKeyProblems(key)),
    ),
    // Kubernetes names no field, because the object as a whole is too long.
    ...(bytes > DATA_MAX_BYTES ? [tooLong('[]', DATA_MAX_BYTES)] : []),
  ];
}

export function checkConfigMapUpdate(configMap: ConfigMap, old: ConfigMap): FieldErrors {
  return [
    ...checkObjectMetaUpdate(configMap.metadata, old.metadata),
    ...(old.immutable === true ? checkFrozen(configMap, old, ['data', 'binaryData']) : []),
    ...checkNewConfigMap(configMap),
  ];
}

export function checkNewSecret(secret: Secret): FieldErrors {
  const { metadata, data = {} } = secret;
  return [
    ...checkObjectMeta(metadata, { isNamespaced: true }),
    ...sortedKeys(data).flatMap((key) => invalidFor(`data[${key}]`, key, configMapKeyProblems(key))),
    ...(sizeOfBytes(data) > DATA_MAX_BYTES ? [tooLong('data', DATA_MAX_BYTES)] : []),
    ...checkSecretType(secret),
  ];
}

export function checkSecretUpdate(secret: Secret, old: Secret): FieldErrors {
  return [
    ...checkObjectMetaUpdate(secret.metadata, old.metadata),
    ...checkImmutable('type', secret.type, old.type),
    ...(old.immutable === true ? checkFrozen(secret, old, ['data']) : []),
    ...checkNewSecret(secret),
  ];
}

function checkFrozen<Kind extends ConfigMap | Secret>(
  object: Kind,
  old: Kind,
  fields: readonly (keyof Kind & string)[],
): FieldErrors {
  const changed = fields.filter((field) => !isEqualJson(object[field] ?? {}, old[field] ?? {}));
  return [
    ...(object.immutable === true ? [] : [forbidden('immutable', IMMUTABLE)]),
    ...changed.map((field) => forbidden(field, IMMUTABLE)),
  ];
}

/** What a Secret of a known type must hold. */
function checkSecretType({ type = '', metadata, data = {} }: Secret): FieldErrors {
  const needs = (...keys: readonly string[]): FieldErrors =>
    keys.filter((key) => !Object.hasOwn(data, key)).map((key) => required(`data[${key}]`));
  switch (type) {
    case 'kubernetes.io/service-account-token': {
      const key = 'kubernetes.io/service-account.name';
      return metadata.annotations?.[key] ? [] : [required(`metadata.annotations[${key}]`)];
    }
    case 'kubernetes.io/dockercfg':
      return checkJson('.dockercfg', data, needs('.dockercfg'));
    case 'kubernetes.io/dockerconfigjson':
      return checkJson('.dockerconfigjson', data, needs('.dockerconfigjson'));
    case 'kubernetes.io/basic-auth':
      return Object.hasOwn(data, 'username') || Object.hasOwn(data, 'password')
        ? []
        : needs('username', 'password');
    case 'kubernetes.io/ssh-auth':
      return data['ssh-privatekey'] ? [] : [required('data[ssh-privatekey]')];
    case 'kubernetes.io/tls':
      return needs('tls.crt', 'tls.key');
    default:
      return [];
  }
}

function checkJson(key: string, data: Readonly<Record<string, string>>, missing: FieldErrors): FieldErrors {
  if (missing.length > 0) return missing;
  const problem = jsonProblem(decodeBase64(data[key] ?? '') ?? '');
  return problem === undefined ? [] : [invalid(`data[${key}]`, '<secret contents redacted>', problem)];
}

function jsonProblem(text: string): string | undefined {
  if (text.trim() === '') return 'unexpected end of JSON input';
  try {
    const value: unknown = JSON.parse(text);
    if (isObject(value) || value === null) return undefined;
    return 'json: cannot unmarshal the content into Go value of type map[string]interface {}';
  } catch {
    return 'invalid character in JSON';
  }
}

function sizeOfTexts(texts: Readonly<Record<string, string>>): number {
  return Object.values(texts).reduce((sum, text) => sum + utf8Length(text), 0);
}

function sizeOfBytes(encoded: Readonly<Record<string, string>>): number {
  return Object.values(encoded).reduce((sum, text) => {
    const digits = text.replace(/[^A-Za-z0-9+/]/g, '').length;
    return sum + Math.floor((digits * 3) / 4);
  }, 0);
}
