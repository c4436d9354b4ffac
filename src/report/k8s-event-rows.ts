import { eventColumns } from '../cluster/clients/kubectl/print/columns/event-columns.ts';
import type { PrintContext } from '../cluster/clients/kubectl/print/print-context.ts';
import type { CoreEvent } from '../cluster/objects/kubernetes.ts';
import { storageKey } from '../cluster/objects/storage-key.ts';
import { objectReader } from '../cluster/world/readers.ts';
import type { Millis } from '../kernel/time/millis.ts';
import { referredKey } from '../replay/subject.ts';
import type { Timeline } from '../replay/timeline.ts';

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

/** The Kubernetes Events of all namespaces, the last one seen last. */
export function k8sEventRows(
  timeline: Timeline,
  { cursor, clock }: { readonly cursor: number; readonly clock: Millis },
): readonly K8sEventRow[] {
  const { tables } = timeline.worldAt(cursor).store;
  const settings = tables.settings.read('cluster', cursor);
  const context: PrintContext = {
    now: (settings?.epochMs ?? 0) + clock,
    version: settings?.version ?? { minor: 36, patch: 0 },
  };
  return objectReader({ tables, seq: cursor })
    .list<CoreEvent>('events')
    .map((event) => ({ event, seq: tables.objects.changedAt(keyOf(event), cursor) ?? 0 }))
    .sort((a, b) => a.seq - b.seq)
    .map(({ event }) => rowOf(event, context));
}

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

function keyOf({ metadata: { name = '', namespace = '' } }: CoreEvent): string {
  return storageKey({ resource: 'events', namespace, name });
}
