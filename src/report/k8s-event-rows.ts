import { eventColumns } from '../cluster/clients/kubectl/print/columns/event-columns.ts';
import type { PrintContext } from '../cluster/clients/kubectl/print/print-context.ts';
import type { CoreEvent } from '../cluster/objects/kubernetes.ts';
import { storagePrefix } from '../cluster/objects/storage-key.ts';
import type { Millis } from '../kernel/time/millis.ts';
import { subjectOf } from '../replay/subject.ts';
import { referredKey } from '../replay/subject-key.ts';
import type { Timeline } from '../replay/timeline.ts';
import { writtenLast } from '../replay/written-last.ts';

/** A Kubernetes Event as it stands in etcd at an instant. */
export interface K8sEventRow {
  /** `12s`: how long ago it was seen last. */
  readonly age: string;
  readonly isWarning: boolean;
  readonly reason: string;
  readonly count: number;
  /** `pod/web` */
  readonly object: string;
  readonly message: string;
  /** The etcd key of what it is about. */
  readonly key?: string;
}

/** A Kubernetes Event that is there, of which nothing has been read yet. */
export interface K8sEventThere {
  /** Its own etcd key, and that of what it is about. */
  readonly key: string;
  readonly about: string | undefined;
}

/** The Kubernetes Events of all namespaces, or the latest of them; the one that was seen last at the end. */
export function k8sEventsAt(
  timeline: Timeline,
  cursor: number,
  most = Number.POSITIVE_INFINITY,
): readonly K8sEventThere[] {
  return [...writtenLast(timeline, { folder: EVENTS, cursor, most })]
    .reverse()
    .map(({ key, seq }) => ({ key, about: subjectOf(timeline, seq) }));
}

/** The same as kubectl shows them: all, or those that are asked for. */
export function k8sEventRows(
  timeline: Timeline,
  { cursor, clock }: { readonly cursor: number; readonly clock: Millis },
  some: readonly K8sEventThere[] = k8sEventsAt(timeline, cursor),
): readonly K8sEventRow[] {
  const { objects, settings } = timeline.worldAt(cursor).store.tables;
  const { epochMs = 0, version = { minor: 36, patch: 0 } } = settings.read('cluster', cursor) ?? {};
  const context: PrintContext = { now: epochMs + clock, version };
  return some.flatMap(({ key }) => {
    const event = objects.read(key, cursor) as CoreEvent | undefined;
    return event ? [rowOf(event, context)] : [];
  });
}

const EVENTS = storagePrefix('events');

function rowOf(event: CoreEvent, context: PrintContext): K8sEventRow {
  const key = event.involvedObject && referredKey(event.involvedObject);
  const cells = new Map(eventColumns.map(({ name, cell }) => [name, String(cell(event, context) ?? '')]));
  return {
    age: cells.get('Last Seen') ?? '',
    isWarning: event.type === 'Warning',
    reason: event.reason ?? '',
    count: Number(cells.get('Count') ?? 1),
    object: cells.get('Object') ?? '',
    message: (event.message ?? '').replace(/\s+/g, ' ').trim(),
    ...(key !== undefined && { key }),
  };
}
