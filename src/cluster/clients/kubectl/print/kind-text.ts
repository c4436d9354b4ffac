import type { Resource } from '../../../objects/schema/resources.ts';

/** What printing has to know about a resource. */
export type PrintedResource = Pick<Resource, 'name' | 'kind' | 'group' | 'isNamespaced'>;

/** `pod`, `deployment.apps`: how kubectl calls objects of a resource in its output. */
export function kindWithGroup({ kind, group }: Pick<Resource, 'kind' | 'group'>): string {
  return (group === '' ? kind : `${kind}.${group}`).toLowerCase();
}
