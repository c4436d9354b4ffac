import type { BalancerRow } from '../../contract/balancer-rows.ts';
import type { RowReader } from '../../contract/reader.ts';
import { compareText } from '../../objects/json.ts';

/** The load balancer that has an address, once it is there. */
export function balancerAt(rows: RowReader, address: string): BalancerRow | undefined {
  return rows.rowsBy('balancers', 'address', address).find(({ spec }) => spec !== undefined);
}

/**
 * The machines that it sends new connections to: where none is well, it hopes for the best, and takes all.
 */
export function entryNodes({ targets }: BalancerRow): readonly string[] {
  const all = Object.keys(targets).sort(compareText);
  const healthy = all.filter((node) => targets[node]?.isHealthy);
  return healthy.length > 0 ? healthy : all;
}
