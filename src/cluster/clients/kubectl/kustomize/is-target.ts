import { isObject } from '../../../objects/json.ts';
import { matchesLabels, parseLabelSelector } from '../../../objects/label-selector.ts';
import { splitApiVersion } from '../../../objects/schema/resources.ts';
import { fail } from '../failure.ts';
import type { PatchTarget } from './kustomization.ts';
import { kindOf, nameOf, namespaceOf, type Resource } from './resource.ts';

/**
 * Whether a selector means a resource. Names are patterns that have to fit as a whole, or `whole` texts; what
 * is left out fits anything.
 */
export function isTarget(
  resource: Resource,
  target: PatchTarget,
  names: 'patterns' | 'whole' = 'patterns',
): boolean {
  const { group, version } = splitApiVersion(String(resource.object['apiVersion'] ?? ''));
  const fits = (pattern: string | undefined, texts: readonly string[]): boolean =>
    pattern === undefined ||
    pattern === '' ||
    (names === 'whole'
      ? texts.includes(pattern)
      : texts.some((text) => new RegExp(`^(?:${pattern})$`).test(text)));
  const all = [...resource.formerNames, nameOf(resource)];
  return (
    fits(target.group, [group]) &&
    fits(target.version, [version]) &&
    fits(target.kind, [kindOf(resource)]) &&
    fits(target.name, all) &&
    fits(target.namespace, [namespaceOf(resource)]) &&
    isSelected(resource, 'labels', target.labelSelector) &&
    isSelected(resource, 'annotations', target.annotationSelector)
  );
}

function isSelected(
  { object }: Resource,
  field: 'labels' | 'annotations',
  selector: string | undefined,
): boolean {
  if (selector === undefined || selector === '') return true;
  const parsed = parseLabelSelector(selector);
  if (!parsed.ok) return fail(`unable to parse selector ${selector}`);
  const metadata = (isObject(object['metadata']) ? object['metadata'] : {}) as Record<string, unknown>;
  return matchesLabels(parsed.requirements, metadata[field] as Record<string, string> | undefined);
}
