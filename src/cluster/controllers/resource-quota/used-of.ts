import type { Millis } from '../../../kernel/time/millis.ts';
import type { ObjectReader } from '../../contract/reader.ts';
import { sortedKeys } from '../../objects/json.ts';
import type { ResourceQuota } from '../../objects/kubernetes.ts';
import { type Amounts, addLists } from '../../objects/pod-resources.ts';
import { amountOf } from '../../objects/quantity.ts';
import { isInScope } from '../../objects/quota/quota-scopes.ts';
import { namesFor, usageOf } from '../../objects/quota/quota-usage.ts';
import { servedResources } from '../../world/served-resources.ts';

/** What is taken of a quota, by all that it names (quota/v1: CalculateUsage). */
export function usedOf(quota: ResourceQuota, objects: ObjectReader, now: Millis): Amounts {
  const names = sortedKeys(quota.spec?.hard ?? {});
  let used: Amounts = Object.fromEntries(names.map((name) => [name, amountOf(0)]));
  for (const resource of resourcesNamed(names, objects)) {
    const own = namesFor(resource, names);
    for (const object of objects.list(resource, quota.metadata.namespace)) {
      if (!isInScope(quota, resource, object)) continue;
      const usage = usageOf(resource, object, now);
      used = addLists(used, Object.fromEntries(Object.entries(usage).filter(([name]) => own.includes(name))));
    }
  }
  return used;
}

function resourcesNamed(names: readonly string[], objects: ObjectReader): readonly string[] {
  const namespaced = servedResources(objects).filter(({ isNamespaced }) => isNamespaced);
  const distinct = new Set(namespaced.map(({ name }) => name));
  return [...distinct].filter((name) => namesFor(name, names).length > 0);
}
