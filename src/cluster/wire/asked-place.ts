import type { Resource } from '../objects/schema/resources.ts';
import type { KubeVersion } from '../objects/versions.ts';
import type { QueryValues } from './query-values.ts';
import type { RequestPlace } from './request-place.ts';

/** What a request is about, and how it asks. */
export interface Asked {
  readonly place: RequestPlace;
  readonly resource: Resource;
  readonly query: QueryValues;
  readonly version: KubeVersion;
}

/** Where a request is for, as requests of the cluster name it. */
export function targetOf({ place, resource }: Pick<Asked, 'place' | 'resource'>) {
  const { namespace, subresource } = place;
  return {
    resource: resource.name,
    ...(resource.custom !== undefined && { version: resource.version }),
    ...(namespace !== undefined && { namespace }),
    ...(subresource !== undefined && { subresource }),
  };
}
