import { granted, type Outcome } from '../apiserver/call.ts';
import { badRequest, methodNotAllowed } from '../apiserver/refusal.ts';
import type { DeleteOptions, PatchRequest } from '../contract/request.ts';
import { quoteGo } from '../objects/go-json.ts';
import { isObject, type JsonObject } from '../objects/json.ts';
import type { KubeObject } from '../objects/kube-object.ts';
import type { Subresource } from '../objects/schema/resources.ts';
import { checkShape } from '../objects/shape/check-shape.ts';
import { describeDecodingError } from '../objects/shape/describe-decoding-error.ts';
import { type Asked, targetOf } from './asked-place.ts';
import { type HttpCall, headerOf } from './http-call.ts';
import { typeOfBody } from './media-types.ts';
import { readJson, readObject, readYaml } from './read-body.ts';
import { readDryRun, readWhole, readWriteOptions, type WriteOptions } from './read-options.ts';
import { invalidOption, unsupportedMediaType } from './wire-refusal.ts';
import type { WireRequest, WriteRequest } from './wire-request.ts';

/** A request that may change something. */
export function readWrite(call: HttpCall, asked: Asked, userAgent: string): Outcome<WireRequest> {
  const verb = VERBS[call.method] ?? '';
  const { name } = asked.place;
  const isWhole = name === undefined;
  if (call.method === 'DELETE') return readDelete(call, asked, isWhole ? 'deletecollection' : 'delete');
  if (!isOffered(asked, verb)) return methodNotAllowed();
  const kind = OPTIONS[call.method] ?? 'CreateOptions';
  const options = readWriteOptions(asked.query, kind, { userAgent, version: asked.version });
  if (!options.ok) return options;
  if (call.method === 'PATCH') return readPatch(call, asked, options.value);
  const body = readBodyOf(call, asked);
  if (!body.ok) return body;
  const { dryRun, fieldManager, strict } = options.value;
  const said = { ...targetOf(asked), ...(dryRun && { dryRun }), fieldManager, strict };
  const object = body.value;
  const request: WriteRequest =
    call.method === 'POST'
      ? { verb: 'create', ...said, ...(name !== undefined && { name }), object }
      : { verb: 'update', ...said, name: name ?? '', object };
  return written(asked, request, options.value);
}

const VERBS: Readonly<Record<string, string>> = { POST: 'create', PUT: 'update', PATCH: 'patch' };
const OPTIONS: Readonly<Record<string, 'CreateOptions' | 'UpdateOptions' | 'PatchOptions'>> = {
  POST: 'CreateOptions',
  PUT: 'UpdateOptions',
  PATCH: 'PatchOptions',
};

function written(
  { resource, place }: Asked,
  request: WriteRequest,
  { ignoresUnknown }: Pick<WriteOptions, 'ignoresUnknown'>,
): Outcome<WireRequest> {
  return granted({ type: 'write', resource, place, request, ignoresUnknown });
}

/** What is created stands in the collection, what is changed has a name. */
function isOffered({ place, resource }: Asked, verb: string): boolean {
  const { name, subresource } = place;
  if (subresource !== undefined) {
    const found = resource.subresources.find((each) => each.name === subresource);
    return name !== undefined && (found?.verbs.includes(verb) ?? false);
  }
  return resource.verbs.includes(verb) && (name === undefined) === (verb === 'create');
}

/** The object in a body, well-formed enough for all that look at it. */
function readBodyOf(call: HttpCall, asked: Asked): Outcome<KubeObject> {
  const read = readObject(call, asked.version);
  if (!read.ok) return read;
  const { resource, place } = asked;
  const part = resource.subresources.find(({ name }) => name === place.subresource);
  const meant = part ?? resource;
  const { apiVersion = meant.apiVersion, kind = meant.kind, metadata = {} } = read.value;
  if (typeof apiVersion !== 'string' || typeof kind !== 'string')
    return badRequest('json: cannot unmarshal apiVersion or kind into Go value of type string');
  if (metadata !== null && !isObject(metadata))
    return badRequest('json: cannot unmarshal metadata into Go struct field of type v1.ObjectMeta');
  const object = {
    ...read.value,
    apiVersion: apiVersion || meant.apiVersion,
    kind: kind || meant.kind,
    metadata: metadata ?? {},
  } as unknown as KubeObject;
  const refusal = refuseShape(object, place.subresource === 'status' ? undefined : part);
  return refusal ?? granted(object);
}

/**
 * What is nobody's to check behind: metadata, which all look at before the whole is decoded, and the small
 * objects of subresources.
 */
function refuseShape(object: KubeObject, part: Subresource | undefined) {
  // Of whichever version it says it is: older ones are of the same shape.
  const meant = part ?? { apiVersion: 'v1', kind: 'Pod' };
  const looked = part ? object : { ...meant, metadata: object.metadata };
  const bad = checkShape(looked, meant).filter(({ code }) => code !== 'unknownField');
  return bad.length === 0 ? undefined : badRequest(describeDecodingError(bad, object));
}

const PATCH_TYPES: Readonly<Record<string, PatchRequest['patchType']>> = {
  'application/json-patch+json': 'json',
  'application/merge-patch+json': 'merge',
  'application/strategic-merge-patch+json': 'strategic',
  'application/apply-patch+yaml': 'apply',
};

function readPatch(call: HttpCall, asked: Asked, options: WriteOptions): Outcome<WireRequest> {
  const type = typeOfBody(headerOf(call, 'content-type'));
  const patchType = Object.hasOwn(PATCH_TYPES, type) ? PATCH_TYPES[type] : undefined;
  if (patchType === undefined) return unsupportedMediaType(Object.keys(PATCH_TYPES));
  const isApply = patchType === 'apply';
  const { query, place } = asked;
  if (isApply && query.text('fieldManager') === '')
    return invalidOption('PatchOptions', 'fieldManager', 'Required value: is required for apply patch');
  if (!isApply && query.has('force'))
    return invalidOption('PatchOptions', 'force', 'Forbidden: may not be specified for non-apply patch');
  const read = isApply ? readYaml(call.body) : readJson(call.body);
  if (!read.ok) return read;
  const problem = patchProblem(read.value, patchType, asked);
  if (problem !== undefined) return badRequest(problem);
  const { dryRun, fieldManager, strict } = options;
  const said = { ...targetOf(asked), ...(dryRun && { dryRun }), fieldManager, strict };
  const force = isApply && query.bool('force') ? { force: true } : {};
  const patch = isApply ? withMetadata(read.value as JsonObject, place.name ?? '', asked) : read.value;
  return written(
    asked,
    { verb: 'patch', ...said, name: place.name ?? '', patchType, patch, ...force },
    options,
  );
}

/** What no patch of this type can be. */
function patchProblem(
  patch: unknown,
  type: PatchRequest['patchType'],
  { resource, place }: Asked,
): string | undefined {
  if (type === 'json') {
    const isList = Array.isArray(patch) && patch.every((step) => isObject(step) && isStep(step));
    return isList
      ? undefined
      : 'error decoding patch: json: cannot unmarshal into Go value of type jsonpatch.Patch';
  }
  if (!isObject(patch))
    return 'error decoding patch: json: cannot unmarshal array into Go value of type map[string]interface {}';
  const { metadata, kind: saidKind = '', apiVersion: saidVersion = '' } = patch;
  if (typeof saidKind !== 'string' || typeof saidVersion !== 'string')
    return 'error decoding patch: apiVersion and kind are texts';
  if (metadata !== undefined && metadata !== null && !isObject(metadata))
    return 'error decoding patch: metadata is no map';
  if (type !== 'apply') return undefined;
  const { apiVersion, kind } = patch;
  const part = resource.subresources.find(({ name }) => name === place.subresource) ?? resource;
  if (typeof apiVersion !== 'string' || typeof kind !== 'string' || apiVersion === '' || kind === '')
    return 'invalid object type: /, Kind=';
  return kind === part.kind && apiVersion === part.apiVersion
    ? undefined
    : `invalid object type: ${apiVersion}, Kind=${kind}`;
}

function isStep({ op, path, from }: Record<string, unknown>): boolean {
  return (
    typeof op === 'string' && typeof path === 'string' && (from === undefined || typeof from === 'string')
  );
}

/** An apply may leave out what the URL says. */
function withMetadata(patch: JsonObject, name: string, { place }: Asked): JsonObject {
  const metadata = isObject(patch['metadata']) ? (patch['metadata'] as JsonObject) : {};
  const named = metadata['name'] === undefined ? { name } : {};
  const placed =
    metadata['namespace'] === undefined && place.namespace !== undefined
      ? { namespace: place.namespace }
      : {};
  return { ...patch, metadata: { ...metadata, ...named, ...placed } };
}

function readDelete(call: HttpCall, asked: Asked, verb: 'delete' | 'deletecollection'): Outcome<WireRequest> {
  const { place, query, resource } = asked;
  if (place.subresource !== undefined || !resource.verbs.includes(verb)) return methodNotAllowed();
  const options = readDeleteOptions(call, asked);
  if (!options.ok) return options;
  const { dryRun, ...said } = options.value;
  const target = { ...targetOf(asked), fieldManager: '', ...(dryRun && { dryRun }), ...said };
  const labelSelector = query.text('labelSelector');
  const fieldSelector = query.text('fieldSelector');
  const { fieldManager: _, ...rest } = target;
  const request: WriteRequest =
    verb === 'delete'
      ? { verb, ...rest, name: place.name ?? '' }
      : {
          verb,
          ...rest,
          ...(labelSelector !== '' && { labelSelector }),
          ...(fieldSelector !== '' && { fieldSelector }),
        };
  return written(asked, request, { ignoresUnknown: false });
}

const PROPAGATIONS = ['Background', 'Foreground', 'Orphan'];

/** From the body, or from the query where there is none (apiserver: handlers/delete.go). */
function readDeleteOptions(
  call: HttpCall,
  { query, version }: Asked,
): Outcome<DeleteOptions & { readonly dryRun?: true }> {
  const read = call.body.trim() === '' ? granted(optionsInQuery(query)) : readObject(call, version);
  if (!read.ok) return read;
  const { gracePeriodSeconds, propagationPolicy, preconditions, orphanDependents, dryRun } = read.value;
  const dry = readDryRun(
    [...(Array.isArray(dryRun) ? dryRun.map(String) : []), ...query.all('dryRun')],
    'DeleteOptions',
  );
  if (!dry.ok) return dry;
  const grace = gracePeriodSeconds ?? undefined;
  if (grace !== undefined && (typeof grace !== 'number' || !Number.isInteger(grace)))
    return badRequest('json: cannot unmarshal gracePeriodSeconds into Go struct field of type int64');
  const policy = propagationPolicy ?? undefined;
  if (policy !== undefined && !PROPAGATIONS.includes(String(policy)))
    return invalidOption(
      'DeleteOptions',
      'propagationPolicy',
      `Invalid value: ${quoteGo(String(policy))}: must be one of "Foreground", "Background", "Orphan" or nil`,
    );
  const orphans =
    orphanDependents === true ? 'Orphan' : orphanDependents === false ? 'Background' : undefined;
  const wanted = policy ?? orphans;
  const conditions = isObject(preconditions) ? preconditionsIn(preconditions) : undefined;
  return granted({
    ...(dry.value && { dryRun: true as const }),
    ...(grace !== undefined && { gracePeriodSeconds: grace }),
    ...(wanted !== undefined && { propagationPolicy: wanted as 'Background' }),
    ...(conditions && { preconditions: conditions }),
  });
}

function preconditionsIn({ uid, resourceVersion }: Record<string, unknown>) {
  return {
    ...(typeof uid === 'string' && { uid }),
    ...(typeof resourceVersion === 'string' && { resourceVersion }),
  };
}

function optionsInQuery(query: Asked['query']): JsonObject {
  const grace = readWhole(query, 'gracePeriodSeconds');
  const policy = query.text('propagationPolicy');
  return {
    ...(grace.ok && grace.value !== undefined && { gracePeriodSeconds: grace.value }),
    ...(query.has('orphanDependents') && { orphanDependents: query.bool('orphanDependents') }),
    ...(policy !== '' && { propagationPolicy: policy }),
  };
}
