import { derived } from '../derived.ts';
import { compareText } from '../json.ts';
import type { CustomResourceDefinition, CustomResourceDefinitionVersion } from '../kubernetes.ts';
import { RESOURCE_LINES } from '../schema-table.ts';
import { CATEGORIES, FORMER_VERSIONS, GROUP_ORDER, MORE_SHORT_NAMES, SHORT_NAMES } from './resource-names.ts';

/** One entry of API discovery: how a kind is asked for. */
export interface Resource {
  /** As objects bear it: `v1`, `apps/v1`. */
  readonly apiVersion: string;
  readonly group: string;
  readonly version: string;
  readonly plural: string;
  readonly singular: string;
  readonly kind: string;
  readonly isNamespaced: boolean;
  readonly verbs: readonly string[];
  readonly shortNames: readonly string[];
  /** `all` is the one that people type. */
  readonly categories: readonly string[];
  readonly subresources: readonly Subresource[];
  /** The plural with its group, as requests, keys and messages name it: `pods`, `deployments.apps`. */
  readonly name: string;
  /** What defines it, where that is an object of the cluster. */
  readonly custom?: CustomResource;
}

export interface CustomResource {
  readonly definition: CustomResourceDefinition;
  readonly version: CustomResourceDefinitionVersion;
}

export interface Subresource {
  readonly name: string;
  readonly kind: string;
  readonly apiVersion: string;
  readonly verbs: readonly string[];
}

// Derived from the committed table alone; see read-schema-table.ts.
let listed: readonly Resource[] | undefined;

/**
 * Every resource of every stable API, in the order of discovery: by group, newest version first, then by
 * name.
 */
export function listResources(): readonly Resource[] {
  listed ??= RESOURCE_LINES.trim().split('\n').map(readResource).sort(inDiscoveryOrder);
  return listed;
}

/**
 * The resource that a person means by a word: `po`, `pods`, `pod`, `Pod`, `deployments.apps`, `deploy.apps`,
 * `deployments.v1.apps`. As in kubectl, the beginning of a group is enough (apimachinery: restmapper.go).
 * `among` are the resources that a cluster serves (world/served-resources.ts); left out, those of all.
 */
export function resourceOf(word: string, among = listResources()): Resource | undefined {
  const [name = '', ...rest] = word.toLowerCase().split('.');
  const candidates = among.filter((resource) => isCalled(resource, name));
  if (rest.length === 0) return candidates[0];
  const group = rest.join('.');
  const [version = '', ...groupAfterVersion] = rest;
  return (
    candidates.find(
      (resource) =>
        rest.length > 1 && resource.version === version && resource.group === groupAfterVersion.join('.'),
    ) ??
    candidates.find((resource) => resource.group === group) ??
    candidates.find((resource) => resource.group.startsWith(group))
  );
}

/** The resource that holds objects of a kind; a former version of an API is answered in that version. */
export function resourceForKind(
  apiVersion: string,
  kind: string,
  among = listResources(),
): Resource | undefined {
  const found = byKind(among)
    .get(kind)
    ?.find((resource) => resource.apiVersion === apiVersion);
  if (found !== undefined) return found;
  const former = FORMER_VERSIONS.find((entry) => entry.apiVersion === apiVersion && entry.kind === kind);
  const successor = former && resourceForKind(former.now, kind);
  if (former === undefined || successor === undefined) return undefined;
  return { ...successor, apiVersion, version: apiVersion.slice(apiVersion.indexOf('/') + 1) };
}

// Asked for with every write, of one of the few lists that there are.
const byKind = derived((among: readonly Resource[]): ReadonlyMap<string, readonly Resource[]> => {
  const found = new Map<string, Resource[]>();
  for (const resource of among) {
    const same = found.get(resource.kind);
    if (same) same.push(resource);
    else found.set(resource.kind, [resource]);
  }
  return found;
});

/** The resource of a plural with its group (`pods`, `deployments.apps`), in its preferred version. */
export function resourceNamed(name: string, among = listResources()): Resource | undefined {
  return among.find((resource) => resource.name === name);
}

/** The resources of a category such as `all`, in the order in which kubectl prints them. */
export function resourcesInCategory(category: string, among = listResources()): readonly Resource[] {
  const preferred = new Set<string>();
  return among.filter(({ categories, name }) => {
    if (!categories.includes(category) || preferred.has(name)) return false;
    preferred.add(name);
    return true;
  });
}

/** `apps/v1` → `{ group: 'apps', version: 'v1' }`; the core group's name is empty. */
export function splitApiVersion(apiVersion: string): { readonly group: string; readonly version: string } {
  const slash = apiVersion.indexOf('/');
  return slash < 0
    ? { group: '', version: apiVersion }
    : { group: apiVersion.slice(0, slash), version: apiVersion.slice(slash + 1) };
}

/**
 * A line of the table: `v1 pods Pod namespaced create,get eviction=policy/v1.Eviction:create
 * status:get,patch`.
 */
function readResource(line: string): Resource {
  const [apiVersion = '', plural = '', kind = '', scope = '', verbs = '', ...subresources] = line.split(' ');
  const { group, version } = splitApiVersion(apiVersion);
  const shortName = SHORT_NAMES[plural];
  return {
    apiVersion,
    group,
    version,
    plural,
    singular: kind.toLowerCase(),
    kind,
    isNamespaced: scope === 'namespaced',
    verbs: verbs.split(','),
    shortNames: shortName === undefined ? [] : [shortName, ...(MORE_SHORT_NAMES[plural] ?? [])],
    categories: CATEGORIES[plural] ?? [],
    subresources: subresources.map((word) => readSubresource(word, apiVersion, kind)),
    name: group === '' ? plural : `${plural}.${group}`,
  };
}

function readSubresource(word: string, apiVersion: string, kind: string): Subresource {
  const [declaration = '', verbs = ''] = word.split(':');
  const [name = '', type] = declaration.split('=');
  if (type === undefined) return { name, apiVersion, kind, verbs: verbs.split(',') };
  const dot = type.lastIndexOf('.');
  return { name, apiVersion: type.slice(0, dot), kind: type.slice(dot + 1), verbs: verbs.split(',') };
}

function isCalled({ plural, singular, shortNames }: Resource, name: string): boolean {
  return plural === name || singular === name || shortNames.includes(name);
}

function inDiscoveryOrder(a: Resource, b: Resource): number {
  return (
    GROUP_ORDER.indexOf(a.group) - GROUP_ORDER.indexOf(b.group) ||
    Number(b.version.slice(1)) - Number(a.version.slice(1)) ||
    compareText(a.plural, b.plural)
  );
}
