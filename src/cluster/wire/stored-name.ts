import type { Resource } from '../objects/schema/resources.ts';

/** Under which resource the objects are kept: two groups serve the same Events. */
export function storedName({ name }: Pick<Resource, 'name'>): string {
  return name === 'events.events.k8s.io' ? 'events' : name;
}
