import { normalizeMetadata } from '../../objects/custom/normalize-custom.ts';
import { applySchemaDefaults, pruneNulls, pruneUnknown } from '../../objects/custom/walk-schema.ts';
import type { KubeObject } from '../../objects/kube-object.ts';
import { resourceForKind, splitApiVersion } from '../../objects/schema/resources.ts';
import { describeDecodingError } from '../../objects/shape/describe-decoding-error.ts';
import { servedResources } from '../../world/served-resources.ts';
import { type Call, granted, type Outcome } from '../call.ts';
import { badRequest } from '../refusal.ts';

/**
 * A body of a kind that a definition describes: without what the definition does not know, with what it says
 * of fields that are left out, and in the version in which it is kept.
 */
export function decodeCustom(call: Call, body: KubeObject, strict: boolean | undefined): Outcome<KubeObject> {
  const { resource, settings, store, warnings } = call;
  const { apiVersion, kind } = body;
  const given = resourceForKind(apiVersion, kind, servedResources(store));
  if (given?.name !== resource.name) return mismatch(call, body);
  const draft = normalizeMetadata(body, settings.version);
  const schema = given.custom?.version.schema?.openAPIV3Schema;
  if (schema) {
    const unknown = pruneUnknown(draft, schema);
    if (strict && unknown.length > 0) return badRequest(describeDecodingError(unknown, body));
    if (strict === false) warnings.push(...unknown.map(({ message }) => message));
    pruneNulls(draft, schema);
    applySchemaDefaults(draft, schema);
  }
  draft.apiVersion = resource.apiVersion;
  return granted(draft);
}

/** What a client says of the status alone, as the definition knows it. */
export function decodeCustomStatus({ resource }: Call, draft: KubeObject): void {
  const schema = resource.custom?.version.schema?.openAPIV3Schema?.properties?.['status'];
  const { status } = draft as { status?: object };
  if (schema === undefined || status === undefined) return;
  const copy = JSON.parse(JSON.stringify({ status }));
  pruneUnknown(copy, { properties: { status: schema } });
  pruneNulls(copy, { properties: { status: schema } });
  applySchemaDefaults(copy.status, schema);
  Object.assign(draft, copy);
}

/** apiextensions: customresource_handler.go schemaCoercingDecoder, apiserver: handlers/create.go. */
function mismatch({ resource }: Call, { apiVersion, kind }: KubeObject) {
  const { version } = splitApiVersion(apiVersion);
  if (kind !== resource.kind) {
    const why = `no kind "${kind}" is registered for version "${apiVersion}"`;
    return badRequest(`${kind} in version "${version}" cannot be handled as a ${resource.kind}: ${why}`);
  }
  return badRequest(
    `the API version in the data (${apiVersion}) does not match the expected API version (${resource.apiVersion})`,
  );
}
