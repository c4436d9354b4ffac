import type { NodeMetrics, PodMetrics, ResourceUsage } from '../../../../objects/metrics.ts';
import { addAmounts, formatQuantity, parseQuantity, ZERO } from '../../../../objects/quantity.ts';
import type { Column } from '../table/column.ts';
import { nameColumn } from './common-columns.ts';

// Mirrors metrics-server: pkg/api/table.go.

export const podMetricsColumns: readonly Column<PodMetrics>[] = columnsOf(({ containers }) =>
  containers.map(({ usage }) => usage),
);

export const nodeMetricsColumns: readonly Column<NodeMetrics>[] = columnsOf(({ usage }) => [usage]);

function columnsOf<Kind extends PodMetrics | NodeMetrics>(
  usages: (object: Kind) => readonly ResourceUsage[],
): readonly Column<Kind>[] {
  const sum = (object: Kind, name: keyof ResourceUsage): string => {
    const amounts = usages(object).map((usage) => parseQuantity(String(usage[name])) ?? ZERO);
    const [first = ZERO, ...rest] = amounts;
    return formatQuantity(rest.reduce(addAmounts, first));
  };
  return [
    nameColumn,
    { name: 'CPU', cell: (object) => sum(object, 'cpu') },
    { name: 'Memory', cell: (object) => sum(object, 'memory') },
    { name: 'Window', cell: ({ window }) => window },
  ];
}
