import type { ObjectReader } from '../contract/reader.ts';
import { customResources, DEFINITIONS } from '../objects/custom/custom-resources.ts';
import { derived } from '../objects/derived.ts';
import { compareText } from '../objects/json.ts';
import type { CustomResourceDefinition } from '../objects/kubernetes.ts';
import { listResources, type Resource } from '../objects/schema/resources.ts';

/**
 * All that a cluster serves, in the order of discovery: what every cluster has, and after it what the
 * definitions in it add, by group and name. The very same list for as long as no definition changes.
 */
export function servedResources(objects: Pick<ObjectReader, 'list'>): readonly Resource[] {
  const definitions = objects.list<CustomResourceDefinition>(DEFINITIONS);
  return definitions.length === 0 ? listResources() : withDefined(definitions);
}

const withDefined = derived((definitions: readonly CustomResourceDefinition[]): readonly Resource[] => [
  ...listResources(),
  ...[...definitions].sort(inDiscoveryOrder).flatMap(customResources),
]);

function inDiscoveryOrder({ spec: a }: CustomResourceDefinition, { spec: b }: CustomResourceDefinition) {
  return compareText(a.group, b.group) || compareText(a.names.plural, b.names.plural);
}
