import type { View } from '../../contract/component.ts';
import type { RowReader } from '../../contract/reader.ts';
import type { TrafficRow, TrafficSource } from '../../contract/traffic-rows.ts';
import type { Origin } from '../approach.ts';

/** Where a client is; absent while its pod does not run, with the entry that made it so. */
export type Presence =
  | { readonly from: Origin }
  | { readonly from?: undefined; readonly cause: number | null };

export function originNow({ rows }: View, { spec: { from }, started }: TrafficRow): Presence {
  switch (from.kind) {
    case 'outside':
      return { from: 'outside' };
    case 'node':
      return { from: { node: from.node } };
    case 'inside':
      return { from: { node: from.node, asOf: from.namespace } };
    case 'pod':
      return podNow(rows, from) ?? { cause: started };
  }
}

function podNow(
  rows: RowReader,
  { namespace, name }: Extract<TrafficSource, { kind: 'pod' }>,
): { readonly from: Origin } | undefined {
  for (const { node } of rows.rowsBy('machines', 'all', '')) {
    for (const worker of rows.rowsBy('podWorkers', 'node', node)) {
      if (worker.name !== name || worker.namespace !== namespace) continue;
      const isUp = rows
        .rowsBy('sandboxes', 'pod', worker.key)
        .some(({ stoppedAt }) => stoppedAt === undefined);
      if (isUp) return { from: { node, pod: worker.key } };
    }
  }
  return undefined;
}
