import { parse } from 'yaml';
import { isObject, type Json, type JsonObject } from '../../../objects/json.ts';
import { splitApiVersion } from '../../../objects/schema/resources.ts';
import { findFile } from '../../files.ts';
import { fail } from '../failure.ts';
import { type Change, changeAlong } from './change-along.ts';
import type { FieldSpec } from './kustomization.ts';
import type { PatchSource } from './patch-resources.ts';
import { kindOf, type Resource } from './resource.ts';

/**
 * Where kustomize's transformers work besides the places that they know, as files under `configurations` say
 * (kustomize: api/internal/plugins/builtinconfig/transformerconfig.go). What a base says holds above it, too.
 */
export interface Configuration {
  readonly nameReference: readonly NameReference[];
  readonly namespace: readonly FieldSpec[];
  readonly varReference: readonly FieldSpec[];
  readonly commonLabels: readonly FieldSpec[];
  readonly commonAnnotations: readonly FieldSpec[];
}

/** Fields that name objects of a kind. */
export interface NameReference {
  readonly kind: string;
  readonly fieldSpecs: readonly FieldSpec[];
}

export const NO_CONFIGURATION: Configuration = {
  nameReference: [],
  namespace: [],
  varReference: [],
  commonLabels: [],
  commonAnnotations: [],
};

const FIELDS = ['nameReference', 'namespace', 'varReference', 'commonLabels', 'commonAnnotations'] as const;

export function merged(a: Configuration, b: Configuration): Configuration {
  return {
    nameReference: [...a.nameReference, ...b.nameReference],
    namespace: [...a.namespace, ...b.namespace],
    varReference: [...a.varReference, ...b.varReference],
    commonLabels: [...a.commonLabels, ...b.commonLabels],
    commonAnnotations: [...a.commonAnnotations, ...b.commonAnnotations],
  };
}

/** What the files say that a kustomization names. */
export function readConfigurations(paths: readonly string[], source: PatchSource): Configuration {
  return paths.reduce((all, path) => merged(all, readOne(path, source)), NO_CONFIGURATION);
}

function readOne(path: string, { files, folder }: PatchSource): Configuration {
  const found = findFile(files, folder + path);
  if (found.type !== 'file') return fail(`'${folder}${path}' doesn't exist`);
  const value: unknown = parse(found.text) ?? {};
  if (!isObject(value)) return fail(`${path}: a configuration is a map of fields`);
  for (const field of Object.keys(value)) {
    if (!(FIELDS as readonly string[]).includes(field))
      fail(`${field} of a kustomization's configurations is not simulated`);
  }
  return { ...NO_CONFIGURATION, ...(value as Partial<Configuration>) };
}

/** The resource with what stands at these places changed, where they are of its kind. */
export function changedWhere(resource: Resource, specs: readonly FieldSpec[], change: Change): Resource {
  let object: Json = resource.object;
  for (const spec of specs) {
    if (!isOfKind(resource, spec)) continue;
    const steps = spec.path.split(/(?<!\\)\//).map((step) => step.replaceAll('\\/', '/'));
    object = changeAlong(object, steps, { change, isMade: spec.create ?? false });
  }
  return { ...resource, object: object as JsonObject };
}

function isOfKind(resource: Resource, { kind, group }: FieldSpec): boolean {
  if (kind !== undefined && kind !== kindOf(resource)) return false;
  return group === undefined || group === splitApiVersion(String(resource.object['apiVersion'] ?? '')).group;
}
