import { DEFINITIONS, resourcesDefined } from '../cluster/objects/custom/custom-resources.ts';
import type { CustomResourceDefinition } from '../cluster/objects/kubernetes.ts';
import { listResources, type Resource } from '../cluster/objects/schema/resources.ts';
import { storagePrefix } from '../cluster/objects/storage-key.ts';
import type { Timeline } from './timeline.ts';

/** All resources that the cluster of a log ever served: a definition may have gone since. */
export function resourcesEver(timeline: Timeline): readonly Resource[] {
  const { names } = timeline.facts.object;
  const last = timeline.entries.length;
  const { objects } = timeline.worldAt(last).store.tables;
  const defined: Resource[] = [];
  for (let id = 0; id < names.length; id++) {
    const key = names.of(id);
    if (!key.startsWith(storagePrefix(DEFINITIONS))) continue;
    const row = objects.versions(key, last).findLast((version) => version.row !== undefined)?.row;
    if (row) defined.push(...resourcesDefined(row as CustomResourceDefinition & typeof row));
  }
  return defined.length === 0 ? listResources() : [...listResources(), ...defined];
}
