import { encodeBase64 } from '../../../objects/base64.ts';
import type { JsonObject } from '../../../objects/json.ts';
import type { Files } from '../../files.ts';
import { keyValuesOf } from '../verbs/create/key-values.ts';
import { hashOfFields } from './hash-of-fields.ts';
import type { Generator, GeneratorOptions } from './kustomization.ts';
import type { Resource } from './resource.ts';

interface Generating {
  readonly kind: 'ConfigMap' | 'Secret';
  /** Of the kustomization, with a slash at its end. */
  readonly folder: string;
  readonly files: Files;
  readonly common: GeneratorOptions;
}

/** The ConfigMap or Secret that a generator describes (kustomize: internal/generators). */
export function generated(generator: Generator, { kind, folder, files, common }: Generating): Resource {
  const { name, namespace, literals = [], envs = [], env, options = {} } = generator;
  const fromFiles = (generator.files ?? []).map((source) => source.replace(/(?<==)|^(?!.*=)/, folder));
  const data = keyValuesOf(
    {
      fromFiles,
      literals,
      envFiles: [...envs, ...(env === undefined ? [] : [env])].map((path) => folder + path),
    },
    { files, words: WORDS },
  );
  const labels = { ...common.labels, ...options.labels };
  const annotations = { ...common.annotations, ...options.annotations };
  const isFixed = options.immutable ?? common.immutable ?? false;
  const object: JsonObject = {
    apiVersion: 'v1',
    kind,
    metadata: {
      name,
      ...(namespace === undefined ? {} : { namespace }),
      ...(Object.keys(labels).length === 0 ? {} : { labels }),
      ...(Object.keys(annotations).length === 0 ? {} : { annotations }),
    },
    ...(Object.keys(data).length === 0 ? {} : { data: kind === 'Secret' ? encoded(data) : { ...data } }),
    ...(isFixed ? { immutable: true } : {}),
    ...(kind === 'Secret' ? { type: generator.type ?? 'Opaque' } : {}),
  };
  const isPlain = options.disableNameSuffixHash ?? common.disableNameSuffixHash ?? false;
  return { object, formerNames: [], needsHash: !isPlain };
}

const WORDS = {
  badKey: (_key: string, problem: string) => problem,
  repeatedKey: (key: string) => `cannot add key ${key}, another key by that name already exists`,
  folderOfEnv: 'env file',
};

const LINE_MAX = 70;

/** Long values are broken into lines (kustomize: internal/generators/utils.go encodeBase64). */
function encoded(data: Readonly<Record<string, string>>): JsonObject {
  return Object.fromEntries(
    Object.entries(data).map(([key, value]) => {
      const text = encodeBase64(value);
      const lines = text.match(new RegExp(`.{1,${LINE_MAX}}`, 'g')) ?? [];
      return [key, lines.length > 1 ? `${lines.join('\n')}\n` : text];
    }),
  );
}

/**
 * The end of the name of what holds this data; kustomize leaves the name itself out (kustomize: api/hasher).
 */
export function hashOfData(object: JsonObject): string {
  const { kind = '', data = '', type, binaryData } = object;
  const hashed: JsonObject = { kind, name: '', data };
  if (kind === 'Secret') hashed['type'] = type ?? '';
  if (binaryData !== undefined) hashed['binaryData'] = binaryData;
  return hashOfFields(hashed);
}
