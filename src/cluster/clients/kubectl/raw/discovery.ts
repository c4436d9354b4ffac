import type { Resource } from '../../../objects/schema/resources.ts';

interface Group {
  readonly name: string;
  readonly versions: readonly GroupVersion[];
  readonly preferredVersion: GroupVersion;
}

interface GroupVersion {
  readonly groupVersion: string;
  readonly version: string;
}

/** `/apis`: the groups that are served, in the order of discovery. */
export function groupList(served: readonly Resource[]): object {
  const names = [...new Set(served.map(({ group }) => group))].filter((name) => name !== '');
  const groups = names.flatMap((name) => groupOf(name, served) ?? []);
  return { kind: 'APIGroupList', apiVersion: 'v1', groups };
}

export function groupOf(name: string, served: readonly Resource[]): Group | undefined {
  const own = served.filter(({ group }) => group === name && group !== '');
  const versions = [...new Set(own.map(({ version }) => version))].map((version) => ({
    groupVersion: `${name}/${version}`,
    version,
  }));
  const [preferredVersion] = versions;
  return preferredVersion && { name, versions, preferredVersion };
}

/** `/api/v1`, `/apis/apps/v1`: what can be asked for there. */
export function resourceList(apiVersion: string, served: readonly Resource[]): object | undefined {
  const own = served.filter((resource) => resource.apiVersion === apiVersion);
  if (own.length === 0) return undefined;
  return {
    kind: 'APIResourceList',
    ...(apiVersion === 'v1' ? {} : { apiVersion: 'v1' }),
    groupVersion: apiVersion,
    resources: own.flatMap(({ plural, singular, isNamespaced, kind, verbs, ...names }) => [
      {
        name: plural,
        singularName: singular,
        namespaced: isNamespaced,
        kind,
        verbs,
        ...(names.shortNames.length > 0 && { shortNames: names.shortNames }),
        ...(names.categories.length > 0 && { categories: names.categories }),
      },
      ...names.subresources.map((each) => ({
        name: `${plural}/${each.name}`,
        singularName: '',
        namespaced: isNamespaced,
        kind: each.kind,
        verbs: each.verbs,
      })),
    ]),
  };
}
