import { parseAllDocuments } from 'yaml';
import { isObject, type Json, type JsonObject } from '../../../objects/json.ts';
import { findFile } from '../../files.ts';
import { fail } from '../failure.ts';
import { changeAlong } from './change-along.ts';
import type { FieldSpec, Kustomization, Transformer } from './kustomization.ts';
import type { PatchSource } from './patch-resources.ts';
import { kindOf, type Resource } from './resource.ts';

/** Makes of resources what a kustomization says, as one of its steps. */
export type Transform = (resources: readonly Resource[], step: Kustomization) => readonly Resource[];

/**
 * Transformers written as objects of their own (`apiVersion: builtin`): those with field specs add their
 * pairs there and nowhere else, the others are what a kustomization's field of that meaning is.
 */
export function withTransformers(
  resources: readonly Resource[],
  entries: readonly string[],
  { source, transform }: { readonly source: PatchSource; readonly transform: Transform },
): readonly Resource[] {
  let all = resources;
  for (const entry of entries) {
    for (const each of transformersIn(entry, source)) {
      const pairs = each.kind === 'LabelTransformer' ? each.labels : each.annotations;
      const isPairs = each.kind === 'LabelTransformer' || each.kind === 'AnnotationsTransformer';
      if (isPairs && each.fieldSpecs !== undefined) {
        for (const spec of each.fieldSpecs)
          all = all.map((resource) => withPairs(resource, pairs ?? {}, spec));
      } else all = transform(all, stepOf(each));
    }
  }
  return all;
}

function transformersIn(entry: string, { files, folder }: PatchSource): readonly Transformer[] {
  const isInline = entry.includes('\n');
  const found = isInline ? undefined : findFile(files, folder + entry);
  if (found && found.type !== 'file')
    return fail(`${entry} as a transformer is not simulated: only files are`);
  return parseAllDocuments(found?.text ?? entry).map((document) => {
    const value: unknown = document.toJS();
    if (!isObject(value)) return fail(`unable to load transformer from ${entry}`);
    return value as unknown as Transformer;
  });
}

/** What a kustomization would say for the same. */
function stepOf(of: Transformer): Kustomization {
  switch (of.kind) {
    case 'LabelTransformer':
      return { commonLabels: of.labels ?? {} };
    case 'AnnotationsTransformer':
      return { commonAnnotations: of.annotations ?? {} };
    case 'NamespaceTransformer':
      return { namespace: of.metadata?.namespace ?? '' };
    case 'PrefixTransformer':
      return { namePrefix: of.prefix ?? '' };
    case 'SuffixTransformer':
      return { nameSuffix: of.suffix ?? '' };
    case 'PrefixSuffixTransformer':
      return { namePrefix: of.prefix ?? '', nameSuffix: of.suffix ?? '' };
    case 'PatchTransformer':
    case 'PatchJson6902Transformer':
      return { patches: [patchOf(of)] };
    case 'PatchStrategicMergeTransformer':
      return { patchesStrategicMerge: of.paths ?? [] };
    case 'ImageTagTransformer':
      return of.imageTag === undefined ? {} : { images: [of.imageTag] };
    case 'ReplicaCountTransformer':
      return of.replica === undefined ? {} : { replicas: [of.replica] };
    default:
      return fail(`a transformer of the kind ${of.kind} is not simulated`);
  }
}

function patchOf({
  path,
  patch,
  jsonOp,
  target,
}: Transformer): NonNullable<Kustomization['patches']>[number] {
  const text = patch ?? jsonOp;
  return {
    ...(path === undefined ? {} : { path }),
    ...(text === undefined ? {} : { patch: text }),
    ...(target === undefined ? {} : { target }),
  };
}

function withPairs(
  resource: Resource,
  pairs: Readonly<Record<string, string>>,
  { path, kind, create = false }: FieldSpec,
): Resource {
  if (kind !== undefined && kind !== kindOf(resource)) return resource;
  const change = (at: Json | undefined): Json => ({ ...(isObject(at) ? (at as JsonObject) : {}), ...pairs });
  const object = changeAlong(resource.object, path.split('/'), { change, isMade: create });
  return { ...resource, object: object as JsonObject };
}
