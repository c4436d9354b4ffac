import { groupList, groupOf, resourceList } from '../clients/kubectl/raw/discovery.ts';
import { isObject } from '../objects/json.ts';
import type { Resource } from '../objects/schema/resources.ts';

/** `/api`. The address is what clients inside of a cluster see of it. */
export function coreVersions(): object {
  const serverAddressByClientCIDRs = [{ clientCIDR: '0.0.0.0/0', serverAddress: '127.0.0.1:6443' }];
  return { kind: 'APIVersions', versions: ['v1'], serverAddressByClientCIDRs };
}

/** `/apis`. */
export function groupsDocument(served: readonly Resource[]): object {
  return groupList(served);
}

/** `/apis/apps`; undefined for a group that is not served. */
export function groupDocument(name: string, served: readonly Resource[]): object | undefined {
  const found = groupOf(name, served);
  return found && { kind: 'APIGroup', apiVersion: 'v1', ...found };
}

/** `/api/v1`, `/apis/apps/v1`. */
export function resourcesDocument(apiVersion: string, served: readonly Resource[]): object | undefined {
  const document = resourceList(apiVersion, served) as { resources?: unknown } | undefined;
  const own = served.filter((resource) => resource.apiVersion === apiVersion);
  if (document === undefined || !Array.isArray(document.resources)) return undefined;
  const resources = document.resources.map((entry: unknown) => {
    if (!isObject(entry)) return entry;
    const [plural = '', part] = String(entry['name']).split('/');
    const resource = own.find((each) => each.plural === plural);
    const subresource = resource?.subresources.find(({ name }) => name === part);
    if (subresource === undefined || subresource.apiVersion === apiVersion) return entry;
    const { group, version } = groupVersionOf(subresource.apiVersion);
    return { ...entry, group, version };
  });
  return { ...document, resources };
}

/** All of it at once (k8s.io/api/apidiscovery): of the core group, or of all others. */
export function aggregatedDiscovery(
  served: readonly Resource[],
  { isCore, version }: { readonly isCore: boolean; readonly version: string },
): object {
  const groups = [...new Set(served.map(({ group }) => group))].filter((group) => (group === '') === isCore);
  return {
    kind: 'APIGroupDiscoveryList',
    apiVersion: `apidiscovery.k8s.io/${version}`,
    metadata: {},
    items: groups.map((group) => groupDiscovery(group, served)),
  };
}

function groupDiscovery(group: string, served: readonly Resource[]): object {
  const own = served.filter((resource) => resource.group === group);
  const versions = [...new Set(own.map(({ version }) => version))];
  return {
    metadata: { ...(group !== '' && { name: group }), creationTimestamp: null },
    versions: versions.map((version) => ({
      version,
      resources: own.filter((resource) => resource.version === version).map(resourceDiscovery),
      freshness: 'Current',
    })),
  };
}

function resourceDiscovery(resource: Resource): object {
  const { plural, singular, kind, group, version, isNamespaced, verbs, shortNames, categories } = resource;
  return {
    resource: plural,
    responseKind: { group, version, kind },
    scope: isNamespaced ? 'Namespaced' : 'Cluster',
    singularResource: singular,
    verbs,
    ...(shortNames.length > 0 && { shortNames }),
    ...(categories.length > 0 && { categories }),
    ...(resource.subresources.length > 0 && {
      subresources: resource.subresources.map((each) => ({
        subresource: each.name,
        responseKind: { ...groupVersionOf(each.apiVersion), kind: each.kind },
        verbs: each.verbs.map((verb) => (verb === 'connect' ? 'create' : verb)),
      })),
    }),
  };
}

function groupVersionOf(apiVersion: string): { readonly group: string; readonly version: string } {
  const [first = '', second] = apiVersion.split('/');
  return second === undefined ? { group: '', version: first } : { group: first, version: second };
}
