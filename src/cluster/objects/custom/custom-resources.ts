import { findCondition } from '../conditions.ts';
import { derived } from '../derived.ts';
import type { CustomResourceDefinition, CustomResourceDefinitionVersion } from '../kubernetes.ts';
import type { Resource, Subresource } from '../schema/resources.ts';
import { compareVersions } from './version-priority.ts';

/** What definitions are kept as. */
export const DEFINITIONS = 'customresourcedefinitions.apiextensions.k8s.io';

/** The finalizer of a definition whose objects have to go before it. */
export const CLEANUP = 'customresourcecleanup.apiextensions.k8s.io';

/**
 * In the order in which the extension server lists them (apiextensions-apiserver:
 * customresource_discovery_controller.go).
 */
const VERBS = ['delete', 'deletecollection', 'get', 'list', 'patch', 'create', 'update', 'watch'];
const VERBS_OF_PARTS = ['get', 'patch', 'update'];

/**
 * The resources that a definition makes the server serve, its preferred version first; none before it is
 * established.
 */
export const customResources = derived((definition: CustomResourceDefinition) =>
  isEstablished(definition) ? resourcesDefined(definition) : [],
);

/** The same of one that may not be established yet. */
export function resourcesDefined(definition: CustomResourceDefinition): readonly Resource[] {
  return definition.spec.versions
    .filter(({ served }) => served)
    .toSorted((a, b) => compareVersions(a.name, b.name))
    .map((version) => resourceIn(definition, version));
}

/** Whether requests about what it defines are answered. */
export function isEstablished({ status }: CustomResourceDefinition): boolean {
  return findCondition(status?.conditions, 'Established')?.status === 'True';
}

function resourceIn(
  definition: CustomResourceDefinition,
  version: CustomResourceDefinitionVersion,
): Resource {
  const { group, scope } = definition.spec;
  const {
    plural,
    singular = '',
    kind,
    shortNames = [],
    categories = [],
  } = isEstablished(definition) && definition.status?.acceptedNames
    ? definition.status.acceptedNames
    : definition.spec.names;
  const apiVersion = `${group}/${version.name}`;
  return {
    apiVersion,
    group,
    version: version.name,
    plural,
    singular: singular || kind.toLowerCase(),
    kind,
    isNamespaced: scope === 'Namespaced',
    verbs: VERBS,
    shortNames,
    categories,
    subresources: subresourcesOf(version, { apiVersion, kind }),
    name: `${plural}.${group}`,
    custom: { definition, version },
  };
}

function subresourcesOf(
  { subresources }: CustomResourceDefinitionVersion,
  own: Pick<Subresource, 'apiVersion' | 'kind'>,
): readonly Subresource[] {
  const scale = { name: 'scale', kind: 'Scale', apiVersion: 'autoscaling/v1', verbs: VERBS_OF_PARTS };
  return [
    ...(subresources?.status ? [{ name: 'status', ...own, verbs: VERBS_OF_PARTS }] : []),
    ...(subresources?.scale ? [scale] : []),
  ];
}
