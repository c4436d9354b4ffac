import type { CoreEvent } from '../../../../objects/kubernetes.ts';
import { ageOf } from '../age.ts';
import type { PrintContext } from '../print-context.ts';
import { printsSince } from '../prints-since.ts';
import type { Column } from '../table/column.ts';

/** `kubectl get events`. Mirrors kube-apiserver: printers/internalversion/printers.go printEvent. */
export const eventColumns: readonly Column<CoreEvent>[] = [
  { name: 'Last Seen', cell: lastSeen },
  { name: 'Type', cell: ({ type }) => type },
  { name: 'Reason', cell: ({ reason }) => reason },
  {
    name: 'Object',
    cell: ({ involvedObject: { kind = '', name } }) => kind.toLowerCase() + (name ? `/${name}` : ''),
  },
  { name: 'Subobject', wide: true, cell: ({ involvedObject }) => involvedObject.fieldPath ?? '' },
  { name: 'Source', wide: true, cell: source },
  { name: 'Message', cell: ({ message }) => message?.trim() },
  { name: 'First Seen', wide: true, cell: firstSeen },
  { name: 'Count', wide: true, cell: count },
  { name: 'Name', wide: true, names: true, cell: ({ metadata }) => metadata.name },
];

function firstSeen({ firstTimestamp, eventTime }: CoreEvent, { now }: PrintContext): string {
  return ageOf(firstTimestamp || eventTime, now);
}

function lastSeen(event: CoreEvent, context: PrintContext): string {
  if (event.series) return ageOf(event.series.lastObservedTime, context.now);
  return event.lastTimestamp ? ageOf(event.lastTimestamp, context.now) : firstSeen(event, context);
}

function count({ series, count: seen }: CoreEvent, { version }: PrintContext): number {
  if (!series) return seen || 1;
  return (series.count ?? 0) + (printsSince(version, 'wholeSeriesCount') ? 0 : 1);
}

/** `kubelet, node-1`. */
function source({ source: from, reportingComponent, reportingInstance }: CoreEvent): string {
  const component = from?.component || reportingComponent || '';
  const host = from?.host || reportingInstance;
  return host ? `${component}, ${host}` : component;
}
