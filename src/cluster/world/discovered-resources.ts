import type { ObjectReader } from '../contract/reader.ts';
import { type ClusterSettings, hasAddon } from '../contract/settings.ts';
import { derived } from '../objects/derived.ts';
import { METRICS_RESOURCES } from '../objects/schema/aggregated-resources.ts';
import { FORMER_VERSIONS } from '../objects/schema/resource-names.ts';
import { type Resource, resourceForKind } from '../objects/schema/resources.ts';
import { isServed, resourceIn, storedVersionOf } from '../objects/schema/served-versions.ts';
import { servedResources } from './served-resources.ts';

/**
 * All that clients of a cluster can ask for, in each version in which it is served, in the order of
 * discovery. The very same list for as long as no definition changes.
 */
export function discoveredResources(
  objects: Pick<ObjectReader, 'list'>,
  settings: ClusterSettings,
): readonly Resource[] {
  return inClusterOf(servedResources(objects))(settings);
}

const inClusterOf = derived((served: readonly Resource[]) =>
  derived((settings: ClusterSettings): readonly Resource[] => {
    const { version } = settings;
    const former = FORMER_VERSIONS.flatMap(
      ({ apiVersion, kind }) => resourceForKind(apiVersion, kind) ?? [],
    ).filter((each) => isServed(each.apiVersion, each, version));
    const own = served.filter(
      (each) => each.custom !== undefined || isServed(each.apiVersion, each, version),
    );
    const beside = own.flatMap((each) => {
      const older = former.filter(({ name }) => name === each.name);
      const stored = storedVersionOf(each, version);
      return [each, ...older.filter((other) => other.apiVersion !== each.apiVersion || stored === '')];
    });
    // Those that a cluster of an older version serves in an older version alone.
    const alone = former.filter(({ name }) => !own.some((each) => each.name === name));
    const metrics = hasAddon(settings, 'metricsServer') ? METRICS_RESOURCES : [];
    return [...beside, ...alone, ...metrics].flatMap((each) => resourceIn(each, version) ?? []);
  }),
);
