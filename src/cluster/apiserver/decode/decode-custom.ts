import { normalizeMetadata } from '../../objects/custom/normalize-custom.ts';
import type { KubeObject } from '../../objects/kube-object.ts';
import { resourceForKind, splitApiVersion } from '../../objects/schema/resources.ts';
import { servedResources } from '../../world/served-resources.ts';
import { type Call, granted, type Outcome } from '../call.ts';
import { badRequest } from '../refusal.ts';

/** A body of a kind that a definition describes, in the version in which it is kept. */
export function decodeCustom(
  call: Call,
  body: KubeObject,
  _strict: boolean | undefined,
): Outcome<KubeObject> {
  const { resource, settings, store } = call;
  const { apiVersion, kind } = body;
  const given = resourceForKind(apiVersion, kind, servedResources(store));
  if (given?.name !== resource.name) return mismatch(call, body);
  const stored = { ...body, apiVersion: resource.apiVersion };
  return granted(normalizeMetadata(stored, settings.version));
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
