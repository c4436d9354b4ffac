import type { Json, JsonObject } from '../../../../../src/cluster/objects/json.ts';
import { listResources, type Resource } from '../../../../../src/cluster/objects/schema/resources.ts';
import { isServed, resourceIn } from '../../../../../src/cluster/objects/schema/served-versions.ts';
import { schemasOf } from './openapi-schemas.ts';

/** What an API server says of itself, as far as kubectl asks. */
export function discover(path: string, minor: number): Json | undefined {
  if (path === '/version') return { major: '1', minor: String(minor), gitVersion: `v1.${minor}.2` };
  if (path === '/api') return { kind: 'APIVersions', versions: ['v1'] };
  if (path === '/apis') return { kind: 'APIGroupList', apiVersion: 'v1', groups: groups(minor) };
  if (path === '/openapi/v3') return { paths: Object.fromEntries(apiVersions(minor).map(documentOf)) };
  const [kind = '', ...rest] = path.split('/').slice(1);
  if (kind === 'openapi' && rest[0] === 'v3') return openApi(rest.slice(2).join('/'), minor);
  const groupVersion = rest.join('/');
  return apiVersions(minor).includes(groupVersion) ? resourceList(groupVersion, minor) : undefined;
}

function servedIn(minor: number): readonly Resource[] {
  const version = { minor, patch: 2 };
  return listResources()
    .filter((each) => isServed(each.apiVersion, each, version))
    .flatMap((each) => resourceIn(each, version) ?? []);
}

function apiVersions(minor: number): readonly string[] {
  return [...new Set(servedIn(minor).map(({ apiVersion }) => apiVersion))];
}

function groups(minor: number): Json[] {
  const names = new Set(servedIn(minor).map(({ group }) => group));
  names.delete('');
  return [...names].map((name) => {
    const versions = apiVersions(minor)
      .filter((groupVersion) => groupVersion.startsWith(`${name}/`))
      .map((groupVersion) => ({ groupVersion, version: groupVersion.slice(name.length + 1) }));
    return { name, versions, preferredVersion: versions[0] ?? null };
  });
}

function resourceList(groupVersion: string, minor: number): Json {
  return {
    kind: 'APIResourceList',
    apiVersion: 'v1',
    groupVersion,
    resources: resourcesOf(groupVersion, minor).flatMap((resource) => [
      {
        name: resource.plural,
        singularName: resource.singular,
        namespaced: resource.isNamespaced,
        kind: resource.kind,
        verbs: [...resource.verbs],
        shortNames: [...resource.shortNames],
        categories: [...resource.categories],
      },
      ...resource.subresources.map(({ name, kind, verbs }) => ({
        name: `${resource.plural}/${name}`,
        namespaced: resource.isNamespaced,
        kind,
        verbs: [...verbs],
      })),
    ]),
  };
}

function resourcesOf(groupVersion: string, minor: number): readonly Resource[] {
  return servedIn(minor).filter(({ apiVersion }) => apiVersion === groupVersion);
}

function documentOf(groupVersion: string): [path: string, document: Json] {
  const path = groupVersion.includes('/') ? `apis/${groupVersion}` : `api/${groupVersion}`;
  return [path, { serverRelativeURL: `/openapi/v3/${path}?hash=A` }];
}

/** That a group's kinds may be patched, and take `fieldValidation`, and the types of their fields. */
function openApi(groupVersion: string, minor: number): Json {
  const [prefix] = documentOf(groupVersion);
  const paths = resourcesOf(groupVersion, minor).map(
    ({ plural, group, version, kind }): [string, JsonObject] => [
      `/${prefix}/namespaces/{namespace}/${plural}/{name}`,
      {
        patch: {
          parameters: [{ name: 'fieldValidation', in: 'query', schema: { type: 'string' } }],
          requestBody: {
            content: { 'application/json-patch+json': {}, 'application/strategic-merge-patch+json': {} },
          },
          responses: {},
          'x-kubernetes-group-version-kind': { group, version, kind },
        },
      },
    ],
  );
  return {
    openapi: '3.0.0',
    info: { title: 'cluster', version: '1' },
    paths: Object.fromEntries(paths),
    components: { schemas: schemasOf(resourcesOf(groupVersion, minor)) },
  };
}
