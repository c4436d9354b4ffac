import { derived } from '../../objects/derived.ts';
import { compareText } from '../../objects/json.ts';
import { typeNamed, typeNameOfKind } from '../../objects/schema/read-schema-table.ts';
import type { Resource } from '../../objects/schema/resources.ts';
import { formatKubeVersion, type KubeVersion } from '../../objects/versions.ts';
import { pathItems } from './path-items.ts';
import { customModelName, schemaOfDefinition } from './schema-of-definition.ts';
import { type Dialect, modelName, plainModels, schemaOfType } from './schema-of-type.ts';

/** Kinds that belong to the machinery and are sent with requests of any group. */
const OF_MACHINERY = [
  'meta.v1.DeleteOptions',
  'meta.v1.Status',
  'meta.v1.WatchEvent',
  'meta.v1.APIResourceList',
];

/** `/openapi/v2`: all that is served, in one document. */
export function openapi2(served: readonly Resource[], version: KubeVersion): object {
  return {
    swagger: '2.0',
    info: { title: 'Kubernetes', version: formatKubeVersion(version) },
    paths: pathsOf(served, 2),
    definitions: modelsOf(served, 2),
    securityDefinitions: { BearerToken: { type: 'apiKey', name: 'authorization', in: 'header' } },
    security: [{ BearerToken: [] }],
  };
}

/** `/openapi/v3`: where the document of each version of each group is found; a hash changes with it. */
export function openapi3Index(served: readonly Resource[]): object {
  const paths: Record<string, object> = {};
  for (const apiVersion of versionsOf(served)) {
    const place = placeOf(apiVersion);
    const hash = hashOf(served, apiVersion);
    paths[place] = { serverRelativeURL: `/openapi/v3/${place}?hash=${hash}` };
  }
  return { paths };
}

/** `/openapi/v3/apis/apps/v1`; undefined for what is not served. */
export function openapi3(
  served: readonly Resource[],
  place: string,
  version: KubeVersion,
): object | undefined {
  const apiVersion = versionsOf(served).find((each) => placeOf(each) === place);
  if (apiVersion === undefined) return undefined;
  const own = served.filter((resource) => resource.apiVersion === apiVersion);
  return {
    openapi: '3.0.0',
    info: { title: 'Kubernetes', version: formatKubeVersion(version) },
    paths: pathsOf(own, 3),
    components: {
      schemas: modelsOf(own, 3),
      securitySchemes: { BearerToken: { type: 'apiKey', name: 'authorization', in: 'header' } },
    },
  };
}

function placeOf(apiVersion: string): string {
  return apiVersion === 'v1' ? 'api/v1' : `apis/${apiVersion}`;
}

function versionsOf(served: readonly Resource[]): readonly string[] {
  return [...new Set(served.map(({ apiVersion }) => apiVersion))].sort(compareText);
}

/** Of what definitions say; Kubernetes' own kinds do not change. */
function hashOf(served: readonly Resource[], apiVersion: string): string {
  const own = served.filter((resource) => resource.apiVersion === apiVersion);
  const said = own.map(({ plural, custom }) => `${plural} ${custom ? hashOfSchema(custom.version) : ''}`);
  return hashText(said.join('\n'));
}

const hashOfSchema = derived((version: object): string => hashText(JSON.stringify(version)));

/** FNV-1a, 32 bits. */
function hashText(text: string): string {
  let hash = 0x811c9dc5;
  for (let place = 0; place < text.length; place += 1)
    hash = Math.imul(hash ^ text.charCodeAt(place), 0x01000193) >>> 0;
  return hash.toString(16).padStart(8, '0').toUpperCase();
}

function pathsOf(served: readonly Resource[], dialect: Dialect): object {
  const items = served.flatMap((resource) => Object.entries(pathItems(resource, dialect)));
  return Object.fromEntries(items.sort(([a], [b]) => compareText(a, b)));
}

/** The models of all kinds, and of all that they are made of. */
function modelsOf(served: readonly Resource[], dialect: Dialect): Readonly<Record<string, object>> {
  const models: Record<string, object> = { ...plainModels(dialect) };
  const wanted = [...OF_MACHINERY, ...served.flatMap(typesOf)];
  const kinds = kindsOf(served);
  if (served.some(({ custom }) => custom)) wanted.push('meta.v1.ObjectMeta', 'meta.v1.ListMeta');
  for (let type = wanted.pop(); type !== undefined; type = wanted.pop()) {
    const name = modelName(type);
    const found = models[name] === undefined ? typeNamed(type) : undefined;
    if (found === undefined) continue;
    const { schema, refers } = schemaOfType(found, dialect);
    const meant = kinds.get(name);
    models[name] = { ...schema, ...(meant && { 'x-kubernetes-group-version-kind': meant }) };
    wanted.push(...refers);
  }
  for (const resource of served) {
    if (!resource.custom) continue;
    const { group, version, kind } = resource;
    models[customModelName(resource)] = {
      ...schemaOfDefinition(resource, dialect),
      'x-kubernetes-group-version-kind': [{ group, kind, version }],
    };
  }
  return Object.fromEntries(Object.entries(models).sort(([a], [b]) => compareText(a, b)));
}

/** The types of a resource's objects, of its list, and of what its subresources take. */
function typesOf({ apiVersion, kind, subresources, custom }: Resource): readonly string[] {
  if (custom) return [];
  const kinds = [
    [apiVersion, kind],
    [apiVersion, `${kind}List`],
    ...subresources.map((each) => [each.apiVersion, each.kind]),
  ];
  return kinds.flatMap(([version = '', name = '']) => typeNameOfKind(version, name) ?? []);
}

interface KindMeant {
  readonly group: string;
  readonly kind: string;
  readonly version: string;
}

function kindsOf(served: readonly Resource[]): ReadonlyMap<string, readonly KindMeant[]> {
  const kinds = new Map<string, readonly KindMeant[]>();
  for (const resource of served) {
    const { subresources, custom } = resource;
    if (custom) continue;
    for (const { apiVersion, kind } of [resource, ...subresources]) {
      for (const name of [kind, `${kind}List`]) {
        const type = typeNameOfKind(apiVersion, name);
        if (type === undefined) continue;
        const [first = '', second] = apiVersion.split('/');
        const meant = { group: second === undefined ? '' : first, kind: name, version: second ?? first };
        kinds.set(modelName(type), [meant]);
      }
    }
  }
  return kinds;
}
