import type { Millis } from '../../kernel/time/millis.ts';
import { formatRfc3339Micro } from '../../kernel/time/rfc3339.ts';
import type { Reaction, View } from '../contract/component.ts';
import { recorderRowKey } from '../contract/recorder-row.ts';
import type { KubeObject } from '../objects/kube-object.ts';
import type { CoreEvent } from '../objects/kubernetes.ts';
import { eventName } from './event-name.ts';
import { referenceTo } from './reference-to.ts';

/** An occurrence as the events.k8s.io API tells it: the scheduler's way. */
export interface SeriesOccurrence {
  readonly component: string;
  readonly object: KubeObject;
  readonly type: 'Normal' | 'Warning';
  readonly reason: string;
  readonly action: string;
  readonly note: string;
  /** Another object that has to do with it. */
  readonly related?: KubeObject;
}

/** client-go: events/event_broadcaster.go. A series that has been silent for so long is over. */
const FINISH_MS = 6 * 60_000;

/** Records it as client-go's newer recorder does: a new Event, or the series of one that was there before. */
export function* recordSeries(view: View, occurrence: SeriesOccurrence, now: Millis): Reaction {
  const { component, object, type, reason, action, note, related } = occurrence;
  const { name: objectName = '', namespace = 'default', uid, resourceVersion } = object.metadata;
  const recorder = `${component}/${object.kind}/${uid ?? objectName}`;
  // What is told of another version of the object is another event (events/event_broadcaster.go getKey).
  const of = `${type}/${reason}/${action}/${resourceVersion}`;
  const known = view.rows.row('recorders', recorderRowKey(recorder, 'written', of))?.written;
  const before = known && now - (known.lastAt ?? known.firstAt) <= FINISH_MS ? known : undefined;
  const name = before?.name ?? eventName(view, objectName, { now, recorder, reason, text: note });
  const count = (before?.count ?? 0) + 1;
  const written = { of, name, count, firstAt: before?.firstAt ?? now, lastAt: now };
  yield { type: 'EventRecorded', recorder, written };
  const at = formatRfc3339Micro(view.settings.epochMs + now);
  if (before) {
    // Only the second is told at once; later ones are counted until the series is over.
    if (count > 2) return;
    const patch = { series: { count, lastObservedTime: at } };
    yield { verb: 'patch', resource: 'events', namespace, name, patchType: 'merge', patch };
    return;
  }
  const event: CoreEvent = {
    apiVersion: 'v1',
    kind: 'Event',
    metadata: { name, namespace },
    involvedObject: referenceTo(object),
    reason,
    message: note,
    source: {},
    firstTimestamp: null,
    lastTimestamp: null,
    type,
    eventTime: at,
    action,
    ...(related && { related: referenceTo(related) }),
    reportingComponent: component,
    reportingInstance: `${component}-control-plane`,
  };
  yield { verb: 'create', resource: 'events', namespace, object: event };
}
