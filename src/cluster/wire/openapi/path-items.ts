import { typeNameOfKind } from '../../objects/schema/read-schema-table.ts';
import type { Resource, Subresource } from '../../objects/schema/resources.ts';
import { customModelName } from './schema-of-definition.ts';
import { type Dialect, modelName, reference } from './schema-of-type.ts';

interface Operation {
  readonly method: string;
  readonly action: string;
  readonly parameters: readonly string[];
  readonly hasBody: boolean;
}

const WRITES = ['dryRun', 'fieldManager', 'fieldValidation'];
const LISTS = [
  'allowWatchBookmarks',
  'continue',
  'fieldSelector',
  'labelSelector',
  'limit',
  'resourceVersion',
  'resourceVersionMatch',
  'sendInitialEvents',
  'timeoutSeconds',
  'watch',
];
const DELETES = ['dryRun', 'gracePeriodSeconds', 'orphanDependents', 'propagationPolicy'];

const OPERATIONS: Readonly<Record<string, Operation>> = {
  get: { method: 'get', action: 'get', parameters: [], hasBody: false },
  list: { method: 'get', action: 'list', parameters: LISTS, hasBody: false },
  create: { method: 'post', action: 'post', parameters: WRITES, hasBody: true },
  update: { method: 'put', action: 'put', parameters: WRITES, hasBody: true },
  patch: { method: 'patch', action: 'patch', parameters: [...WRITES, 'force'], hasBody: true },
  delete: { method: 'delete', action: 'delete', parameters: DELETES, hasBody: false },
  deletecollection: {
    method: 'delete',
    action: 'deletecollection',
    parameters: [...LISTS.slice(1), ...DELETES],
    hasBody: false,
  },
};

const OF_COLLECTION = ['list', 'create', 'deletecollection'];
const OF_OBJECT = ['get', 'update', 'patch', 'delete'];

/** The paths at which a resource is asked for, and what can be done there. */
export function pathItems(resource: Resource, dialect: Dialect): Readonly<Record<string, object>> {
  const { apiVersion, plural, isNamespaced, verbs } = resource;
  const root = apiVersion === 'v1' ? '/api/v1' : `/apis/${apiVersion}`;
  const within = isNamespaced ? `${root}/namespaces/{namespace}/${plural}` : `${root}/${plural}`;
  const about = { resource, kind: resource, dialect, isNamespaced };
  const items: Record<string, object> = {};
  const put = (path: string, served: readonly string[], of: Omit<About, 'path'>): void => {
    if (served.length > 0) items[path] = pathItem(served, { ...of, path });
  };
  put(
    within,
    verbs.filter((verb) => OF_COLLECTION.includes(verb)),
    about,
  );
  if (isNamespaced)
    put(
      `${root}/${plural}`,
      verbs.filter((verb) => verb === 'list'),
      { ...about, isNamespaced: false },
    );
  put(
    `${within}/{name}`,
    verbs.filter((verb) => OF_OBJECT.includes(verb)),
    about,
  );
  for (const each of resource.subresources) {
    const own = each.verbs.filter((verb) => [...OF_OBJECT, 'create'].includes(verb));
    put(`${within}/{name}/${each.name}`, own, { ...about, kind: each });
  }
  return items;
}

interface About {
  readonly resource: Resource;
  readonly kind: Resource | Subresource;
  readonly dialect: Dialect;
  readonly isNamespaced: boolean;
  readonly path: string;
}

function pathItem(verbs: readonly string[], about: About): object {
  const item: Record<string, unknown> = {};
  for (const verb of verbs) {
    const operation = OPERATIONS[verb];
    if (operation) item[operation.method] = operationOf(operation, about);
  }
  const named = ['namespace', 'name'].filter((name) => about.path.includes(`{${name}}`));
  const parameters = [...named.map((name) => inPath(name, about.dialect)), inQuery('pretty', about.dialect)];
  return { ...item, parameters };
}

function operationOf({ method, action, parameters, hasBody }: Operation, about: About): object {
  const { kind, dialect, resource, isNamespaced, path } = about;
  const { group, version } = versionOf(kind.apiVersion);
  const title = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);
  const called = group === '' ? 'core' : (group.split('.')[0] ?? '');
  const part = kind === resource || path.endsWith('}') ? '' : title(path.slice(path.lastIndexOf('/') + 1));
  const where = isNamespaced ? 'Namespaced' : '';
  const id = `${action}${title(called)}${title(resource.version)}${where}${resource.kind}${part}`;
  const model = modelOf(about);
  const body = model ? reference(model, dialect) : { type: 'object' };
  const said = parameters.map((name) => inQuery(name, dialect));
  return {
    operationId: id,
    tags: [`${called}_${resource.version}`],
    ...(dialect === 2
      ? {
          consumes: ['application/json', 'application/yaml'],
          produces: ['application/json', 'application/yaml'],
          parameters: [
            ...(hasBody ? [{ name: 'body', in: 'body', required: true, schema: body }] : []),
            ...said,
          ],
          responses: { 200: { description: 'OK', schema: body }, 401: { description: 'Unauthorized' } },
        }
      : {
          parameters: said,
          ...(hasBody && { requestBody: { required: true, content: contentOf(method, body) } }),
          responses: {
            200: { description: 'OK', content: { 'application/json': { schema: body } } },
            401: { description: 'Unauthorized' },
          },
        }),
    'x-kubernetes-action': action,
    'x-kubernetes-group-version-kind': { group, kind: kind.kind, version },
  };
}

function contentOf(method: string, schema: object): object {
  if (method !== 'patch') return { '*/*': { schema } };
  const types = ['apply-patch+yaml', 'json-patch+json', 'merge-patch+json', 'strategic-merge-patch+json'];
  return Object.fromEntries(types.map((type) => [`application/${type}`, { schema: { type: 'object' } }]));
}

function modelOf({ kind, resource }: About): string | undefined {
  if (resource.custom !== undefined && kind.kind === resource.kind) return customModelName(resource);
  const type = typeNameOfKind(kind.apiVersion, kind.kind);
  return type && modelName(type);
}

function versionOf(apiVersion: string): { readonly group: string; readonly version: string } {
  const [first = '', second] = apiVersion.split('/');
  return second === undefined ? { group: '', version: first } : { group: first, version: second };
}

const BOOLEANS = ['allowWatchBookmarks', 'force', 'orphanDependents', 'sendInitialEvents', 'watch'];
const NUMBERS = ['gracePeriodSeconds', 'limit', 'timeoutSeconds'];

function inQuery(name: string, dialect: Dialect): object {
  const type = BOOLEANS.includes(name) ? 'boolean' : NUMBERS.includes(name) ? 'integer' : 'string';
  const typed = dialect === 2 ? { type, uniqueItems: true } : { schema: { type, uniqueItems: true } };
  return { name, in: 'query', ...typed };
}

function inPath(name: string, dialect: Dialect): object {
  const typed = dialect === 2 ? { type: 'string', uniqueItems: true } : { schema: { type: 'string' } };
  return { name, in: 'path', required: true, ...typed };
}
