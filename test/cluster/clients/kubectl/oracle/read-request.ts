import type { IncomingHttpHeaders } from 'node:http';
import type { Request } from '../../../../../src/cluster/contract/request.ts';
import type { Json } from '../../../../../src/cluster/objects/json.ts';
import { listResources, type Resource } from '../../../../../src/cluster/objects/schema/resources.ts';
import { readProtobuf } from './read-protobuf.ts';

interface Unreadable {
  readonly code: number;
  readonly reason: string;
  readonly message: string;
}

export interface Read {
  readonly request: Request;
  readonly resource: Resource;
}

/** What HTTP asks of an API server, in the words of the contract. */
export function readRequest(
  method: string,
  url: URL,
  sent: { readonly body: Buffer; readonly headers: IncomingHttpHeaders },
): Read | Unreadable {
  const place = placeOf(url.pathname);
  if (place === undefined) {
    return { code: 404, reason: 'NotFound', message: 'the server could not find the requested resource' };
  }
  const body = parseBody(sent.body);
  if (method !== 'GET' && sent.body.length > 0 && body === undefined)
    return { code: 415, reason: 'UnsupportedMediaType', message: 'only JSON is understood' };
  const { resource, ...of } = place;
  const query = url.searchParams;
  const base = {
    resource: resource.name,
    ...of,
    ...(query.get('dryRun') ? { dryRun: true } : {}),
    ...(query.get('fieldValidation') === 'Strict' ? { strict: true } : {}),
    ...impersonated(sent.headers),
  };
  const made = (request: object): Read => ({ resource, request: request as Request });
  switch (method) {
    case 'GET':
      return made(
        of.name === undefined ? { verb: 'list', ...base, ...selectorsOf(query) } : { verb: 'get', ...base },
      );
    case 'POST':
      return made({ verb: 'create', ...base, object: dropNulls(body) });
    case 'PUT':
      return made({ verb: 'update', ...base, object: dropNulls(body) });
    case 'PATCH':
      return made({ verb: 'patch', ...base, patchType: patchTypeOf(sent.headers), patch: body });
    default: {
      const { dryRun, gracePeriodSeconds, propagationPolicy } = (body ?? {}) as Record<string, Json>;
      return made({
        verb: 'delete',
        ...base,
        ...(dryRun ? { dryRun: true } : {}),
        ...(gracePeriodSeconds === undefined ? {} : { gracePeriodSeconds }),
        ...(propagationPolicy === undefined ? {} : { propagationPolicy }),
      });
    }
  }
}

/** One header a group; Node joins them. */
function impersonated(headers: IncomingHttpHeaders): object {
  const name = headers['impersonate-user'];
  const groups = headers['impersonate-group'];
  if (name === undefined) return {};
  return { as: { name, ...(groups === undefined ? {} : { groups: String(groups).split(', ') }) } };
}

function placeOf(path: string):
  | {
      readonly resource: Resource;
      readonly namespace?: string;
      readonly name?: string;
      readonly subresource?: string;
    }
  | undefined {
  const found =
    /^\/(?:api|apis)\/(v1|[^/]+\/[^/]+)(?:\/namespaces\/([^/]+)(?=\/(?!status$|finalize$).))?\/([^/]+)(?:\/([^/]+))?(?:\/([^/]+))?$/.exec(
      path,
    ) ?? [];
  const [, apiVersion, namespace, plural, name, subresource] = found;
  const resource = listResources().find((one) => one.apiVersion === apiVersion && one.plural === plural);
  if (resource === undefined) return undefined;
  return {
    resource,
    ...(namespace === undefined ? {} : { namespace }),
    ...(name === undefined ? {} : { name }),
    ...(subresource === undefined ? {} : { subresource }),
  };
}

function selectorsOf(query: URLSearchParams): object {
  const [labelSelector, fieldSelector] = [query.get('labelSelector'), query.get('fieldSelector')];
  return { ...(labelSelector ? { labelSelector } : {}), ...(fieldSelector ? { fieldSelector } : {}) };
}

function patchTypeOf(headers: IncomingHttpHeaders): string {
  const type = headers['content-type'] ?? '';
  if (type.includes('strategic')) return 'strategic';
  return type.includes('merge') ? 'merge' : 'json';
}

function parseBody(body: Buffer): Json | undefined {
  try {
    return body.length === 0 ? undefined : (JSON.parse(body.toString()) as Json);
  } catch {
    return readProtobuf(body);
  }
}

/** In an object that is sent whole, a null stands for nothing. */
function dropNulls(value: Json | undefined): Json | undefined {
  if (Array.isArray(value)) return value.map((item) => dropNulls(item) ?? null);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, inner]) => inner !== null)
      .map(([key, inner]) => [key, dropNulls(inner) ?? null]),
  );
}
