import { parse, parseAllDocuments } from 'yaml';
import { isObject, type Json, type JsonObject } from '../../../objects/json.ts';
import { applyJsonPatch } from '../../../objects/patch/json-patch.ts';
import { typeOfKind } from '../../../objects/schema/find-field.ts';
import { type Files, findFile } from '../../files.ts';
import { fail } from '../failure.ts';
import { isTarget } from './is-target.ts';
import type { PatchEntry, PatchTarget } from './kustomization.ts';
import { mergePatchInto } from './merge-patch-into.ts';
import { idOf, kindOf, namespaceOf, type Resource, wasNamed } from './resource.ts';

/** Where patches are read from. */
export interface PatchSource {
  readonly files: Files;
  /** Of the kustomization, with a slash at its end. */
  readonly folder: string;
}

/** Applies one entry of `patches`: a strategic merge, or a JSON patch (RFC 6902), of YAML or JSON. */
export function patched(
  resources: readonly Resource[],
  entry: PatchEntry,
  source: PatchSource,
): readonly Resource[] {
  const text = entry.patch ?? readPatch(entry.path ?? '', source);
  const documents = parseAllDocuments(text)
    .map((document) => document.toJS() as Json)
    .filter((document) => document !== null);
  const [first] = documents;
  if (Array.isArray(first)) {
    if (entry.target === undefined) fail('must specify a target for JSON patch');
    return withJsonPatch(resources, first, entry.target);
  }
  let all = resources;
  for (const document of documents) {
    if (!isObject(document) || !isObject(document['metadata']))
      fail(`unable to parse SM or JSON patch from [patch: ${JSON.stringify(text)}]`);
    all = withMergePatch(all, document as JsonObject, entry.target);
  }
  return all;
}

function readPatch(path: string, { files, folder }: PatchSource): string {
  const found = findFile(files, `${folder}${path}`);
  if (found.type === 'file') return found.text;
  return fail(`failed to get the patch file from path(${path}): ${folder}${path}: no such file or directory`);
}

function withJsonPatch(
  resources: readonly Resource[],
  patch: readonly Json[],
  target: PatchTarget,
): readonly Resource[] {
  return resources.map((resource) => {
    if (!isTarget(resource, target)) return resource;
    const outcome = applyJsonPatch(resource.object, patch);
    if (!outcome.ok) fail(outcome.problem);
    return { ...resource, object: outcome.object };
  });
}

function withMergePatch(
  resources: readonly Resource[],
  patch: JsonObject,
  target: PatchTarget | undefined,
): readonly Resource[] {
  const isMeant = target === undefined ? namedBy(patch) : (each: Resource) => isTarget(each, target);
  const found = resources.filter(isMeant);
  if (target === undefined && found.length === 0) {
    const id = idOf({ object: patch });
    fail(
      `no resource matches strategic merge patch "${id}": no matches for Id ${id}; failed to find unique target for patch ${id}`,
    );
  }
  return resources.flatMap((resource) => {
    if (!found.includes(resource)) return [resource];
    const object = merged(resource.object, patch);
    return object === undefined ? [] : [{ ...resource, object }];
  });
}

/** A patch does not change what the object is, nor how it is called. */
function merged(object: JsonObject, patch: JsonObject): JsonObject | undefined {
  const { apiVersion, kind, metadata, ...rest } = patch;
  const { name: _, namespace: __, ...meta } = (isObject(metadata) ? metadata : {}) as JsonObject;
  const type = typeOfKind(String(object['apiVersion']), String(object['kind']));
  return mergePatchInto(
    object,
    { ...rest, ...(Object.keys(meta).length === 0 ? {} : { metadata: meta }) },
    type,
  );
}

function namedBy(patch: JsonObject): (resource: Resource) => boolean {
  const metadata = (isObject(patch['metadata']) ? patch['metadata'] : {}) as JsonObject;
  const { name, namespace } = metadata;
  return (resource) =>
    kindOf(resource) === patch['kind'] &&
    resource.object['apiVersion'] === patch['apiVersion'] &&
    wasNamed(resource, String(name)) &&
    (namespace === undefined || namespaceOf(resource) === namespace);
}

/** `patchesStrategicMerge` holds paths, and patches themselves. */
export function inlineOrPath(text: string): PatchEntry {
  const document: unknown = text.includes('\n') ? parse(text) : undefined;
  return isObject(document) ? { patch: text } : { path: text };
}
