import { apiVersionOf, byCodeUnit, compareVersions, isStable, type OpenApi } from './openapi.ts';

/** OpenAPI actions by the verb that RBAC and API discovery call them. */
const VERB_OF: Readonly<Record<string, string>> = { post: 'create', put: 'update', watchlist: 'watch' };
const VERB_ORDER = [
  'create',
  'delete',
  'deletecollection',
  'get',
  'list',
  'patch',
  'update',
  'watch',
  'connect',
];

interface Found {
  readonly apiVersion: string;
  readonly version: string;
  readonly group: string;
  readonly plural: string;
  readonly subresource: string;
  kind: string;
  namespaced: boolean;
  readonly verbs: Set<string>;
}

/**
 * One line a resource: `apps/v1 deployments Deployment namespaced create,get,…
 * scale=autoscaling/v1.Scale:get,…`. A subresource names its kind only where it differs from the resource's
 * own.
 */
export function listResources(openApi: OpenApi): readonly string[] {
  const found = collect(openApi);
  const resources = [...found.values()].filter(({ subresource }) => subresource === '').sort(byGroupAndName);
  return resources.map((resource) => {
    const subresources = [...found.values()]
      .filter((other) => other.subresource !== '' && isOf(other, resource))
      .sort((a, b) => byCodeUnit(a.subresource, b.subresource))
      .map((other) => `${other.subresource}${kindSuffix(other, resource)}:${verbList(other.verbs)}`);
    const scope = resource.namespaced ? 'namespaced' : 'cluster';
    return [resource.apiVersion, resource.plural, lastWord(resource.kind), scope, verbList(resource.verbs)]
      .concat(subresources)
      .join(' ');
  });
}

function collect(openApi: OpenApi): ReadonlyMap<string, Found> {
  const found = new Map<string, Found>();
  for (const [path, operations] of Object.entries(openApi.paths)) {
    const place = readPath(path);
    if (place === undefined) continue;
    const key = `${place.apiVersion} ${place.plural} ${place.subresource}`;
    for (const { action, gvk } of Object.values(operations)) {
      const entry = found.get(key) ?? { ...place, kind: '', namespaced: false, verbs: new Set<string>() };
      found.set(key, entry);
      entry.namespaced ||= place.namespaced;
      if (entry.kind === '') entry.kind = `${apiVersionOf(gvk)}.${gvk.kind}`;
      entry.verbs.add(VERB_OF[action] ?? action);
    }
  }
  return found;
}

/**
 * Takes `/apis/apps/v1/namespaces/{namespace}/deployments/{name}/scale` apart. The old watch paths beside it
 * (`/apis/apps/v1/watch/deployments`) are how the document says that a resource can be watched.
 */
function readPath(path: string): Omit<Found, 'kind' | 'verbs'> | undefined {
  const match = /^\/(?:api|apis\/([^/]+))\/(v\d[^/]*)\/(.+)$/.exec(path);
  if (match === null) return undefined;
  const [, group = '', version = ''] = match;
  if (!isStable(version)) return undefined;
  const rest = (match[3] ?? '').replace(/^watch\//, '');
  const inNamespace = /^namespaces\/\{namespace\}\/([^/]+)(.*)$/.exec(rest);
  const [, plural = '', tail = ''] = inNamespace ?? /^([^/]+)(.*)$/.exec(rest) ?? [];
  const subresource = tail.replace('/{name}', '').replace('/{path}', '').replace(/^\//, '');
  const apiVersion = group === '' ? version : `${group}/${version}`;
  return { apiVersion, version, group, plural, subresource, namespaced: inNamespace !== null };
}

function isOf(subresource: Found, resource: Found): boolean {
  return subresource.apiVersion === resource.apiVersion && subresource.plural === resource.plural;
}

function kindSuffix(subresource: Found, resource: Found): string {
  return subresource.kind === resource.kind ? '' : `=${subresource.kind}`;
}

function lastWord(kind: string): string {
  return kind.slice(kind.lastIndexOf('.') + 1);
}

function verbList(verbs: ReadonlySet<string>): string {
  return VERB_ORDER.filter((verb) => verbs.has(verb)).join();
}

function byGroupAndName(a: Found, b: Found): number {
  return (
    byCodeUnit(a.group, b.group) || compareVersions(a.version, b.version) || byCodeUnit(a.plural, b.plural)
  );
}
