import type { RowReader } from '../../contract/reader.ts';
import type { Origin } from '../approach.ts';
import type { Reached, ReachedEndpoint } from './destinations-of.ts';

interface Chosen {
  readonly from: Origin;
  /** The address that the connection comes from. */
  readonly client: string;
  readonly reached: Reached;
  readonly chosen: ReachedEndpoint;
}

/**
 * The address that an endpoint sees a connection come from. What came in by a node's port or an external
 * address bears that node's address, but with externalTrafficPolicy Local; so does what goes back to where it
 * came from (iptables: KUBE-MARK-MASQ).
 */
export function seenAs(rows: RowReader, packet: Chosen): string {
  const { client, chosen } = packet;
  const node = masqueradedBy(packet);
  const machine = node === undefined ? undefined : rows.row('machines', node);
  if (!machine) return client;
  return chosen.node === node && chosen.pod !== undefined ? bridgeOf(machine.podCidr) : machine.ip;
}

/** The node that puts its own address in the place of the client's, if one does. */
export function masqueradedBy({ from, client, reached, chosen }: Chosen): string | undefined {
  const { address } = reached;
  const rule = chosen.entry ?? reached.rule;
  if (!rule || address === undefined) return undefined;
  const isInternal = address === rule.clusterIp;
  const isHairpin = client === chosen.address;
  const isKept = isInternal || (from === 'outside' && rule.isExternalLocal === true);
  return isKept && !isHairpin ? undefined : rule.node;
}

/** The address of a machine in the network of its pods. */
function bridgeOf(podCidr: string): string {
  const [network = ''] = podCidr.split('/');
  return network.replace(/\d+$/, (last) => String(Number(last) + 1));
}
