import type { RowReader } from '../../contract/reader.ts';

/** How many endpoints of a service (`default/web`) a node's kube-proxy knows on its own node. */
export function localEndpoints(rows: RowReader, node: string, service: string): number {
  const rules = rows.rowsBy('proxyRules', 'service', `${node} ${service}`);
  return Math.max(0, ...rules.map(({ local = {} }) => Object.keys(local).length));
}
