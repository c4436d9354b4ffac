import { SERVICE_NAME } from '../../objects/endpoint-slices.ts';
import { extended, isEqualJson } from '../../objects/json.ts';
import type { EndpointSlice, ObjectMeta, Service } from '../../objects/kubernetes.ts';
import { controllerReference } from '../../objects/owner-references.ts';
import { labelsFrom } from '../shared/service-pods.ts';
import { MANAGED_BY } from '../shared/slices.ts';
import { withTriggerTime } from '../shared/trigger-time.ts';

const MANAGER = 'endpointslice-controller.k8s.io';

/** Whether a slice is one of those that are kept for a service; others may have been made by hand. */
export function isSliceOf({ metadata: { labels } }: EndpointSlice, service: Service): boolean {
  return labels?.[SERVICE_NAME] === service.metadata.name && labels?.[MANAGED_BY] === MANAGER;
}

/** A slice has the labels of its service, and those that say whose it is (setEndpointSliceLabels). */
export function hasLabelsOf({ metadata }: EndpointSlice, service: Service): boolean {
  return isEqualJson(metadata.labels ?? {}, labelsOf(service));
}

/** The metadata of a slice with the time of its change; of a new one, without a name yet. */
export function metadataFor(
  service: Service,
  before: ObjectMeta | undefined,
  time: string | undefined,
): ObjectMeta {
  const { annotations, ...others } = before ?? {
    generateName: `${service.metadata.name}-`,
    ownerReferences: [controllerReference(service)],
  };
  return extended(others, { labels: labelsOf(service), ...withTriggerTime(annotations, time) });
}

function labelsOf(service: Service): Readonly<Record<string, string>> {
  const name = service.metadata.name ?? '';
  return { ...labelsFrom(service), [MANAGED_BY]: MANAGER, [SERVICE_NAME]: name };
}
