import { drawWhole } from '../../../kernel/chance/draw.ts';
import { type Millis, SECOND } from '../../../kernel/time/millis.ts';
import type { BalancerEvent, BalancerRow, BalancerSpec } from '../../contract/balancer-rows.ts';
import type { View } from '../../contract/component.ts';
import type { RowReader } from '../../contract/reader.ts';
import type { Service } from '../../objects/kubernetes.ts';
import { deltaOfRow } from '../../world/row-delta.ts';

/** From the order of a load balancer until it is there, and of a change until it holds: as clouds need. */
const MAKING_MS = [20 * SECOND, 40 * SECOND] as const;
const CHANGING_MS = [2 * SECOND, 5 * SECOND] as const;

/** What of a service a load balancer is told. */
export function specFor({ spec = {} }: Service): BalancerSpec {
  const ports: Record<string, number> = {};
  for (const { port, protocol = 'TCP', nodePort } of spec.ports ?? [])
    ports[`${port}/${protocol}`] = nodePort ?? port;
  const sources = spec.loadBalancerSourceRanges ?? [];
  return {
    ports,
    ...(spec.sessionAffinity === 'ClientIP' && { isSticky: true }),
    ...(spec.healthCheckNodePort && { healthPort: spec.healthCheckNodePort }),
    ...(sources.length > 0 && { sources }),
  };
}

interface Order {
  readonly row: BalancerRow | undefined;
  readonly nodes: readonly string[];
  readonly now: Millis;
}

/** The order of a new load balancer, or of a change of one. */
export function orderFor(view: View, service: Service, { row, nodes, now }: Order): BalancerEvent {
  const { uid = '', namespace = '', name = '' } = service.metadata;
  const [low, high] = row?.madeAt === undefined ? MAKING_MS : CHANGING_MS;
  const doneAt = now + drawWhole(view.chance, low, high, 'load balancer', uid, now);
  const order = { spec: specFor(service), doneAt };
  if (row) return { type: 'BalancerMoved', balancer: uid, ...deltaOfRow(row, { ...row, order }) };
  const made: BalancerRow = {
    balancer: uid,
    service: `${namespace}/${name}`,
    address: addressFor(view.rows, service),
    order,
    targets: Object.fromEntries(nodes.map((node) => [node, { isHealthy: false }])),
  };
  return { type: 'BalancerOrdered', balancer: uid, row: made };
}

/** Two networks that are kept for documentation (RFC 5737), from their tenth address on. */
const NETWORKS = ['203.0.113.', '198.51.100.'];
const FIRST = 10;
const LAST = 254;

/** The one that the service asks for, if it is free, or the first that is. */
function addressFor(rows: RowReader, { spec }: Service): string {
  const taken = new Set(rows.rowsBy('balancers', 'all', '').map(({ address }) => address));
  const wanted = spec?.loadBalancerIP;
  if (wanted && !taken.has(wanted)) return wanted;
  for (const network of NETWORKS)
    for (let host = FIRST; host <= LAST; host++) if (!taken.has(network + host)) return network + host;
  return `${NETWORKS[0]}${LAST}`;
}
