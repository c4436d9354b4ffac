import { hash64 } from '../../kernel/chance/draw.ts';
import type { Millis } from '../../kernel/time/millis.ts';
import { formatRfc3339 } from '../../kernel/time/rfc3339.ts';
import type { Reaction, View } from '../contract/component.ts';
import type { KubeObject } from '../objects/kube-object.ts';
import type { CoreEvent } from '../objects/kubernetes.ts';
import { inVersion, type Since } from '../objects/versions.ts';
import { correlate } from './correlate.ts';
import { eventName } from './event-name.ts';
import { referenceTo } from './reference-to.ts';

/** Something that happened to an object, worth a Kubernetes Event. */
export interface Occurrence {
  /** `kubelet`, `deployment-controller` */
  readonly component: string;
  /** The node that it happened on, for those that are on one. */
  readonly host?: string;
  readonly object: KubeObject;
  /** `spec.containers{web}` */
  readonly fieldPath?: string;
  readonly type: 'Normal' | 'Warning';
  readonly reason: string;
  readonly message: string;
}

/** client-go: recorder.go; the reporting fields were left empty before. Recorded in 1.20 and 1.36. */
const NAMES_REPORTER: Since<boolean> = [
  [20, false],
  [29, true],
];

/**
 * Records it as client-go's recorder does: counted on the Event that says the same, or as a new one, or
 * dropped.
 */
export function* record(view: View, occurrence: Occurrence, now: Millis): Reaction {
  const { object, component, host = '', type, reason, fieldPath = '' } = occurrence;
  const recorder = `${component}/${host}/${object.kind}/${object.metadata.uid ?? object.metadata.name}`;
  const verdict = correlate(view, recorder, {
    type,
    reason,
    message: occurrence.message,
    identity: identityOf([fieldPath, type, reason, occurrence.message]),
    newName: eventName(view, object.metadata.name ?? '', { now, recorder, reason, text: occurrence.message }),
    now,
  });
  yield { type: 'EventRecorded', recorder, ...verdict.memory };
  if (verdict.isHeldBack) return;
  const namespace = object.metadata.namespace ?? 'default';
  const { name, count, firstAt } = verdict.memory.written;
  if (count > 1) {
    const patch = { count, lastTimestamp: timeOf(view, now), message: verdict.message };
    const request = {
      verb: 'patch',
      resource: 'events',
      namespace,
      name,
      patchType: 'merge',
      patch,
    } as const;
    const patched = yield request;
    // An Event lives an hour; one that is gone is written anew (client-go: event.go recordEvent).
    if (patched.ok || patched.status.code !== 404) return;
  }
  const event: CoreEvent = {
    apiVersion: 'v1',
    kind: 'Event',
    metadata: { name, namespace },
    involvedObject: referenceTo(object, occurrence.fieldPath),
    reason,
    message: verdict.message,
    source: { component, ...(host !== '' && { host }) },
    firstTimestamp: timeOf(view, firstAt),
    lastTimestamp: timeOf(view, now),
    count,
    type,
    eventTime: null,
    ...reporterOf(view, component, host),
  };
  yield { verb: 'create', resource: 'events', namespace, object: event };
}

function reporterOf(
  view: View,
  component: string,
  host: string,
): Pick<CoreEvent, 'reportingComponent' | 'reportingInstance'> {
  if (!inVersion(NAMES_REPORTER, view.settings.version))
    return { reportingComponent: '', reportingInstance: '' };
  return { reportingComponent: component, reportingInstance: host };
}

function timeOf(view: View, at: Millis): string {
  return formatRfc3339(view.settings.epochMs + at);
}

function identityOf(parts: readonly string[]): string {
  return hash64(parts.join('\u0000'))
    .map((word) => word.toString(16).padStart(8, '0'))
    .join('');
}
