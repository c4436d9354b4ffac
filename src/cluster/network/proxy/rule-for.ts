import type { ProxyRuleRow } from '../../contract/proxy-rows.ts';
import type { RowReader } from '../../contract/reader.ts';
import type { Approach, Origin } from '../approach.ts';

interface Packet {
  readonly from: Origin;
  readonly address: string;
  readonly port: number;
  readonly protocol: NonNullable<Approach['protocol']>;
}

/**
 * What goes to a service's own address is internal. What goes to a port of a node or to an external address
 * is external, but for what comes from inside: that may go to any node (iptables: proxier.go, the short
 * circuit of KUBE-EXT chains).
 */
export type Traffic = 'internal' | 'external' | 'short-circuited';

/** The rule of a node that takes a packet: of the node that it starts on, or else that it comes to. */
export function ruleFor(
  rows: RowReader,
  { from, address, port, protocol }: Packet,
): { readonly row: ProxyRuleRow; readonly traffic: Traffic } | undefined {
  const machine = rows.rowsBy('machines', 'all', '').find(({ ip }) => ip === address);
  const traffic = from === 'outside' ? 'external' : 'short-circuited';
  const entry = from === 'outside' ? machine?.node : from.node;
  if (entry === undefined) return undefined;
  if (from !== 'outside') {
    const [row] = rows.rowsBy('proxyRules', 'clusterIp', `${entry} ${address}:${port}/${protocol}`);
    if (row) return { row, traffic: 'internal' };
  }
  const external = rows
    .rowsBy('proxyRules', 'external', entry)
    .find((row) => row.externalIps?.includes(address) && row.port === port && row.protocol === protocol);
  if (external) return { row: external, traffic };
  // A pod's own loopback is not the node's.
  const isOnHost = address.startsWith('127.') && from !== 'outside' && isOnHostNetwork(rows, from);
  const node = isOnHost ? entry : machine?.node;
  if (node === undefined) return undefined;
  const [row] = rows.rowsBy('proxyRules', 'nodePort', `${node} ${port}/${protocol}`);
  return row && { row, traffic };
}

function isOnHostNetwork(rows: RowReader, { pod }: Exclude<Origin, 'outside'>): boolean {
  if (pod === undefined) return true;
  return rows
    .rowsBy('sandboxes', 'pod', pod)
    .some(({ ip, stoppedAt }) => ip === undefined && stoppedAt === undefined);
}

/**
 * Where a rule sends traffic, in the order of its endpoints. Without any in the cluster it refuses
 * (REJECT); with none on this node, where it may not leave the node, it is silent (DROP).
 */
export function targetsOf(
  { cluster = {}, local = {}, isServed, isInternalLocal, isExternalLocal }: ProxyRuleRow,
  traffic: Traffic,
): readonly string[] | 'refused' | 'timedOut' {
  if (!isServed) return 'refused';
  const isLocal =
    (traffic === 'internal' && isInternalLocal) || (traffic === 'external' && isExternalLocal) || false;
  const targets = Object.keys(isLocal ? local : cluster).sort();
  return targets.length > 0 ? targets : 'timedOut';
}
