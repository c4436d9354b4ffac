import type { Request } from '../../contract/request.ts';
import type { Granted } from '../../contract/response.ts';
import type { KubeObject } from '../../objects/kube-object.ts';
import type { Call, ServedResource } from '../call.ts';

/**
 * An answer in the version that was asked for: without a webhook only its name is another (conversion
 * `None`).
 */
export function inVersionAsked(
  response: Granted,
  { version }: Request,
  { custom, group, apiVersion }: ServedResource,
): Granted {
  if (custom === undefined || version === undefined) return response;
  const asked = `${group}/${version}`;
  if (asked === apiVersion) return response;
  const converted = <Kind extends KubeObject>(object: Kind): Kind =>
    object.apiVersion === apiVersion ? { ...object, apiVersion: asked } : object;
  return {
    ...response,
    ...(response.object && { object: converted(response.object) }),
    ...(response.items && { items: response.items.map(converted) }),
  };
}

/**
 * Who still uses a version that is about to go is told with every answer (apiextensions:
 * customresource_handler.go).
 */
export function warnOfVersion({ resource, warnings }: Call, request: Request): void {
  const { custom, group, kind } = resource;
  if (custom === undefined) return;
  const body = 'object' in request ? request.object.apiVersion : undefined;
  const name = request.version ?? body?.slice(body.indexOf('/') + 1) ?? resource.version;
  const version = custom.definition.spec.versions.find((each) => each.name === name);
  if (!version?.deprecated) return;
  warnings.push(version.deprecationWarning ?? `${group}/${name} ${kind} is deprecated`);
}
