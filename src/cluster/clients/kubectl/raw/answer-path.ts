import type { Deed, View } from '../../../contract/component.ts';
import type { Request } from '../../../contract/request.ts';
import type { RefusalStatus, Response } from '../../../contract/response.ts';
import { quoteGo } from '../../../objects/go-json.ts';
import type { KubeObject } from '../../../objects/kube-object.ts';
import type { Resource } from '../../../objects/schema/resources.ts';
import { versionInfo } from '../../../objects/version-info.ts';
import { serverVersion } from '../../../world/installs.ts';
import { servedResources } from '../../../world/served-resources.ts';
import { serverHealth } from '../../../world/server-health.ts';
import type { Asking } from '../asking.ts';
import { groupList, groupOf, resourceList } from './discovery.ts';

/** What the API server answers to a GET of a path: a JSON document, a word, or a refusal. */
export type RawAnswer =
  | { readonly document: object }
  | { readonly text: string }
  | { readonly refused: RefusalStatus }
  | { readonly notSimulated: string };

/** Answers the path of a URL, with its query: what objects there are, and what kinds are served. */
export function* answerPath(
  view: View,
  path: string,
  asking: Asking = {},
): Generator<Deed, RawAnswer, Response> {
  const [plain = '', query = ''] = path.split('?');
  const words = plain.split('/').filter((word) => word !== '');
  const served = servedResources(view.objects);
  const known = healthPath(view, words, query) ?? knownPath(view, words, served);
  if (known) return known;
  const at = placeIn(words);
  const resource =
    at && served.find((each) => each.apiVersion === at.apiVersion && each.plural === at.plural);
  if (!at || !resource || (at.namespace !== undefined && !resource.isNamespaced)) return NO_SUCH_PATH;
  if (at.subresource !== undefined && !READ_AS_OBJECTS.has(at.subresource))
    return { notSimulated: `the subresource ${at.subresource} of ${resource.plural} as a path` };
  const { namespace, name, subresource } = at;
  const where = { resource: resource.name, ...(namespace !== undefined && { namespace }), ...asking };
  const request: Request =
    name === undefined
      ? { verb: 'list', ...where, ...selectorsIn(query) }
      : { verb: 'get', name, ...where, ...(subresource !== undefined && { subresource }) };
  const response: Response = yield request;
  if (!response.ok) return { refused: response.status };
  if (response.object !== undefined) return { document: inServerOrder(response.object) };
  return { document: listOf(resource, response.items ?? [], response.revision) };
}

/** A document as the API server writes it; prettily for browsers and curl (apiserver: isPrettyPrint). */
export function documentText(document: object, isPretty: boolean): string {
  return `${JSON.stringify(document, undefined, isPretty ? 2 : undefined)}${isPretty ? '' : '\n'}`;
}

/** A refusal as the API server sends it. */
export function statusDocument({ code, reason, message, details }: RefusalStatus): object {
  return {
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Failure',
    message,
    reason,
    ...(details && { details }),
    code,
  };
}

const READ_AS_OBJECTS: ReadonlySet<string> = new Set(['status', 'scale']);

const NO_SUCH_PATH: RawAnswer = {
  refused: { code: 404, reason: 'NotFound', message: 'the server could not find the requested resource' },
};

/** How the API server says that it is. */
function healthPath(
  { rows, settings }: View,
  [kind = '', ...rest]: readonly string[],
  query: string,
): RawAnswer | undefined {
  if (!['healthz', 'livez', 'readyz'].includes(kind)) return undefined;
  const pairs = query.split('&').map((pair) => pair.split('='));
  const excluded = pairs.flatMap(([name, value = '']) => (name === 'exclude' ? [value] : []));
  const isVerbose = pairs.some(([name]) => name === 'verbose');
  const told = serverHealth({ rows, settings }, { kind, check: rest.join('/'), excluded, isVerbose });
  if (told === undefined) return NO_SUCH_PATH;
  if (told.code === 200) return { text: told.text };
  const message = `an error on the server (${quoteGo(told.text.trimEnd())}) has prevented the request from succeeding`;
  return { refused: { code: 500, reason: 'InternalError', message } };
}

/** What is no object. */
function knownPath(view: View, words: readonly string[], served: readonly Resource[]): RawAnswer | undefined {
  const [first = '', group = '', version = ''] = words;
  if (first === 'metrics' || first === 'openapi' || first === 'logs' || first === 'debug')
    return { notSimulated: `the path /${first}` };
  if (first === 'version' && words.length === 1) {
    const { rows, settings } = view;
    return { document: versionInfo(serverVersion(rows, settings), settings.epochMs) };
  }
  if (first === 'api' && words.length === 1) return { document: { kind: 'APIVersions', versions: ['v1'] } };
  if (first === 'apis' && words.length === 1) return { document: groupList(served) };
  if (first === 'api' && words.length === 2) return resourceDocument(group, served);
  if (first === 'apis' && words.length === 2) {
    const found = groupOf(group, served);
    return found ? { document: { kind: 'APIGroup', apiVersion: 'v1', ...found } } : NO_SUCH_PATH;
  }
  return first === 'apis' && words.length === 3 ? resourceDocument(`${group}/${version}`, served) : undefined;
}

function resourceDocument(apiVersion: string, served: readonly Resource[]): RawAnswer {
  const document = resourceList(apiVersion, served);
  return document ? { document } : NO_SUCH_PATH;
}

interface PathPlace {
  readonly apiVersion: string;
  readonly plural: string;
  readonly namespace?: string;
  readonly name?: string;
  readonly subresource?: string;
}

/** `/api/v1/namespaces/shop/pods/web/status`; a namespace is an object, too. */
function placeIn([first, ...words]: readonly string[]): PathPlace | undefined {
  if (first !== 'api' && first !== 'apis') return undefined;
  const count = first === 'api' ? 1 : 2;
  const apiVersion = words.slice(0, count).join('/');
  const rest = words.slice(count);
  const isWithin = rest[0] === 'namespaces' && rest.length > 2 && !READ_AS_OBJECTS.has(rest[2] ?? '');
  const [plural, name, subresource, ...more] = isWithin ? rest.slice(2) : rest;
  if (plural === undefined || more.length > 0) return undefined;
  return {
    apiVersion,
    plural,
    ...(isWithin && { namespace: rest[1] ?? '' }),
    ...(name !== undefined && { name }),
    ...(subresource !== undefined && { subresource }),
  };
}

function selectorsIn(query: string): { readonly labelSelector?: string; readonly fieldSelector?: string } {
  const pairs = query.split('&').map((pair) => pair.split(/=(.*)/s));
  const value = (name: string): string | undefined => {
    const found = pairs.find(([key]) => key === name)?.[1];
    return found === undefined ? undefined : decoded(found);
  };
  const labelSelector = value('labelSelector');
  const fieldSelector = value('fieldSelector');
  return {
    ...(labelSelector !== undefined && { labelSelector }),
    ...(fieldSelector !== undefined && { fieldSelector }),
  };
}

function decoded(text: string): string {
  return text
    .replaceAll('+', ' ')
    .replace(/%([0-7][0-9a-f])/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

function inServerOrder({ kind, apiVersion, metadata, ...rest }: KubeObject): object {
  return { kind, apiVersion, metadata, ...rest };
}

/** Objects of a list do not say again what they are. */
function listOf(resource: Resource, items: readonly KubeObject[], revision: number): object {
  return {
    kind: `${resource.kind}List`,
    apiVersion: resource.apiVersion,
    metadata: { resourceVersion: String(revision) },
    items: items.map(({ kind: _, apiVersion: __, ...rest }) => rest),
  };
}
