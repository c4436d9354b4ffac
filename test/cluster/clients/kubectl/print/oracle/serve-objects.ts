import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Json } from '../../../../../../src/cluster/objects/json.ts';
import type { KubeObject } from '../../../../../../src/cluster/objects/kube-object.ts';
import { matchesLabels, parseLabelSelector } from '../../../../../../src/cluster/objects/label-selector.ts';
import {
  listResources,
  type Resource,
  resourceForKind,
} from '../../../../../../src/cluster/objects/schema/resources.ts';
import { type LocalServer, listen } from '../../../../../support/listen.ts';

/**
 * A stand-in for an API server, so that a real kubectl can print objects: it lists and gets, nothing else.
 */
export async function serveObjects(objects: readonly KubeObject[]): Promise<LocalServer> {
  return listen((request, response) => answer(request, response, objects));
}

function answer(request: IncomingMessage, response: ServerResponse, objects: readonly KubeObject[]): void {
  const url = new URL(request.url ?? '/', 'http://localhost');
  const body = discovery(url.pathname) ?? stored(url, objects);
  response.writeHead(body === undefined ? 404 : 200, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body ?? notFound(url.pathname)));
}

function notFound(path: string): Json {
  const [plural = '', name = ''] = path.split('/').slice(-2);
  const message = `${plural} "${name}" not found`;
  return { kind: 'Status', apiVersion: 'v1', status: 'Failure', message, reason: 'NotFound', code: 404 };
}

function discovery(path: string): Json | undefined {
  if (path === '/api') return { kind: 'APIVersions', versions: ['v1'] };
  if (path === '/apis') {
    const versions = new Map(listResources().map(({ apiVersion, group }) => [apiVersion, group]));
    const groups = [...versions].filter(([, group]) => group !== '');
    return {
      kind: 'APIGroupList',
      apiVersion: 'v1',
      groups: groups.map(([groupVersion, name]) => {
        const version = { groupVersion, version: groupVersion.split('/')[1] ?? '' };
        return { name, versions: [version], preferredVersion: version };
      }),
    };
  }
  const groupVersion = /^\/(?:api\/(v1)|apis\/([^/]+\/[^/]+))$/
    .exec(path)
    ?.slice(1)
    .find((text) => text !== undefined);
  if (groupVersion === undefined) return undefined;
  const resources = listResources().filter(({ apiVersion }) => apiVersion === groupVersion);
  return {
    kind: 'APIResourceList',
    groupVersion,
    resources: resources.map(({ plural, singular, isNamespaced, kind, verbs, shortNames }) => ({
      name: plural,
      singularName: singular,
      namespaced: isNamespaced,
      kind,
      verbs: [...verbs],
      shortNames: [...shortNames],
    })),
  };
}

function stored(url: URL, objects: readonly KubeObject[]): Json | undefined {
  const [, apiVersion = '', namespace, plural = '', name] =
    /^\/(?:api|apis)\/(v1|[^/]+\/[^/]+)(?:\/namespaces\/([^/]+)(?=\/.))?\/([^/]+)(?:\/([^/]+))?$/.exec(
      url.pathname,
    ) ?? [];
  const resource = listResources().find((one) => one.apiVersion === apiVersion && one.plural === plural);
  if (resource === undefined) return undefined;
  const own = objects.filter(
    (object) =>
      resourceForKind(object.apiVersion, object.kind)?.name === resource.name &&
      (namespace === undefined || object.metadata.namespace === namespace),
  );
  if (name !== undefined) return own.find(({ metadata }) => metadata.name === name) as Json | undefined;
  return list(resource, own, url.searchParams);
}

function list({ apiVersion, kind }: Resource, objects: readonly KubeObject[], query: URLSearchParams): Json {
  const selector = parseLabelSelector(query.get('labelSelector') ?? '');
  const conditions = (query.get('fieldSelector') ?? '').split(',').filter((text) => text !== '');
  const items = objects.filter(
    (object) =>
      selector.ok &&
      matchesLabels(selector.requirements, object.metadata.labels) &&
      conditions.every((condition) => meets(object, condition)),
  );
  return { apiVersion, kind: `${kind}List`, metadata: {}, items: items as unknown as Json[] };
}

/** `involvedObject.name=web`, `status.phase!=Failed`. */
function meets(object: KubeObject, condition: string): boolean {
  const [, path = '', negation, value] = /^([^=!]+)(!?)=(.*)$/.exec(condition) ?? [];
  const found = path
    .split('.')
    .reduce<unknown>((inner, key) => (inner as Record<string, unknown> | undefined)?.[key], object);
  return ((found ?? '') === value) === (negation === '');
}
