import type { PodMetrics } from '../../../../objects/metrics.ts';
import type { Invocation } from '../../invocation.ts';
import { goSorted } from '../../print/go/go-sort.ts';
import { isBefore, type Measured, sumOf, tabbed, usageCells } from './ask-metrics.ts';

interface Row extends Measured {
  readonly namespace: string;
  readonly containers: PodMetrics['containers'];
}

/** A line for each pod, or for each container, and their sum (kubectl: metricsutil/metrics_printer.go). */
export function podTable(invocation: Invocation, pods: readonly PodMetrics[]): string {
  const { flags, version } = invocation;
  const isEverywhere = flags.bool('all-namespaces');
  const rows = goSorted(pods.map(rowOf), isFirst(invocation), version);
  const columns = [
    ...(isEverywhere ? ['NAMESPACE'] : []),
    ...(flags.bool('containers') ? ['POD'] : []),
    'NAME',
    'CPU(cores)',
    'MEMORY(bytes)',
  ];
  const lines = rows.flatMap((row) =>
    linesOf(invocation, row).map((cells) => [...(isEverywhere ? [row.namespace] : []), ...cells]),
  );
  const head = flags.bool('no-headers') ? [] : [columns];
  // Without a head kubectl does not count the columns before the name.
  const width = flags.bool('no-headers') ? 3 : columns.length;
  const isSummed = flags.has('sum') && flags.bool('sum');
  return tabbed([...head, ...lines, ...(isSummed ? sumLines(rows, width) : [])]);
}

function isFirst({ flags }: Invocation): (a: Row, b: Row) => boolean {
  const sortBy = flags.text('sort-by');
  const isOrdered = isBefore(sortBy);
  const isByNamespace = flags.bool('all-namespaces') && sortBy === '';
  return (a, b) =>
    isByNamespace && a.namespace !== b.namespace ? a.namespace < b.namespace : isOrdered(a, b);
}

function rowOf({ metadata: { name = '', namespace = '' }, containers }: PodMetrics): Row {
  return { name, namespace, containers, usage: sumOf(containers.map(({ usage }) => usage)) };
}

function linesOf({ flags, version }: Invocation, { name, usage, containers }: Row): readonly string[][] {
  if (!flags.bool('containers')) return [[name, ...usageCells(usage)]];
  const sorted = goSorted(containers, isBefore(flags.text('sort-by')), version);
  return sorted.map((container) => [name, container.name, ...usageCells(container.usage)]);
}

function sumLines(rows: readonly Row[], width: number): readonly string[][] {
  const blanks = (count: number): string[] => Array.from({ length: count }, () => '');
  return [
    [...blanks(width - 2), '________', '________'],
    [...blanks(width - 3), '', ...usageCells(sumOf(rows.map(({ usage }) => usage)))],
  ];
}
