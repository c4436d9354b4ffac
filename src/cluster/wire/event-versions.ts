import type { KubeObject } from '../objects/kube-object.ts';
import type { CoreEvent } from '../objects/kubernetes.ts';

/** An Event of the core group as `events.k8s.io` shows the same (pkg/apis/events/v1/conversion.go). */
export function eventInGroup(object: KubeObject): KubeObject {
  const { metadata, involvedObject, message, source, count, firstTimestamp, lastTimestamp, ...event } =
    object as CoreEvent;
  const { reportingComponent, reportingInstance, eventTime, action, reason, related, series, type } = event;
  return {
    kind: 'Event',
    apiVersion: 'events.k8s.io/v1',
    metadata,
    eventTime: eventTime ?? null,
    ...(series && { series }),
    reportingController: reportingComponent || (source?.component ?? ''),
    reportingInstance: reportingInstance || (source?.host ?? ''),
    ...(action !== undefined && { action }),
    ...(reason !== undefined && { reason }),
    regarding: involvedObject,
    ...(related && { related }),
    ...(message !== undefined && { note: message }),
    ...(type !== undefined && { type }),
    ...(source && { deprecatedSource: source }),
    ...(firstTimestamp && { deprecatedFirstTimestamp: firstTimestamp }),
    ...(lastTimestamp && { deprecatedLastTimestamp: lastTimestamp }),
    ...(count !== undefined && { deprecatedCount: count }),
  } as unknown as KubeObject;
}

/** And back, as it is kept. */
export function eventOfGroup(object: KubeObject): KubeObject {
  if (object.apiVersion !== 'events.k8s.io/v1') return object;
  const { regarding, note, deprecatedSource, deprecatedFirstTimestamp, deprecatedLastTimestamp, ...rest } =
    object as KubeObject & Record<string, unknown>;
  const { deprecatedCount, reportingController, ...event } = rest;
  return {
    ...event,
    apiVersion: 'v1',
    kind: 'Event',
    metadata: object.metadata,
    ...(regarding !== undefined && { involvedObject: regarding }),
    ...(note !== undefined && { message: note }),
    ...(deprecatedSource !== undefined && { source: deprecatedSource }),
    ...(deprecatedFirstTimestamp !== undefined && { firstTimestamp: deprecatedFirstTimestamp }),
    ...(deprecatedLastTimestamp !== undefined && { lastTimestamp: deprecatedLastTimestamp }),
    ...(deprecatedCount !== undefined && { count: deprecatedCount }),
    ...(reportingController !== undefined && { reportingComponent: reportingController }),
  } as unknown as KubeObject;
}
