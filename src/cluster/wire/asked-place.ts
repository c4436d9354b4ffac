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

/** Of what Kubernetes has, there is one kind that two of its versions show in different ways. */
export function isShownOtherwise({ apiVersion, kind }: Pick<Resource, 'apiVersion' | 'kind'>): boolean {
  return apiVersion === 'autoscaling/v1' && kind === 'HorizontalPodAutoscaler';
}

/** Where a request is for, as requests of the cluster name it. */
export function targetOf({ place, resource }: Pick<Asked, 'place' | 'resource'>) {
  const { namespace, subresource } = place;
  return {
    resource: resource.name,
    ...((resource.custom !== undefined || isShownOtherwise(resource)) && { version: resource.version }),
    ...(namespace !== undefined && { namespace }),
    ...(subresource !== undefined && { subresource }),
  };
}
