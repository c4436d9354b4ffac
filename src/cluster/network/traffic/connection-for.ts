import { drawWhole } from '../../../kernel/chance/draw.ts';
import type { Millis } from '../../../kernel/time/millis.ts';
import type { KeptConnection, RouteTarget, TrafficRow } from '../../contract/traffic-rows.ts';
import { endOfConnection } from './end-of-connection.ts';
import type { Sending } from './sending.ts';

/** The connection over which a request goes. */
interface Use {
  readonly endpoint: string;
  /** It was open before. */
  readonly isOpen: boolean;
  /** Its number, if it is kept open. */
  readonly slot?: string;
  readonly connection?: KeptConnection;
  readonly kept: TrafficRow['kept'];
}

interface Need {
  readonly index: number;
  readonly sent: Millis;
  readonly to: RouteTarget;
  readonly back: Millis;
}

/** Where the rules of a node remember a client of a service with affinity. */
const AFFINITY = 'affinity';

/**
 * One that is open and whose other side has not been seen to close it, or a new one to wherever the rules
 * lead at that time; undefined where they lead nowhere. An open connection stays where it is, whatever
 * becomes of the rules: that is the kernel's memory of connections (conntrack).
 */
export function connectionFor({ row, settings, kept }: Sending, need: Need): Use | undefined {
  const { index, sent, to, back } = need;
  const { connections } = row.spec;
  const slot = connections === undefined ? undefined : String(index % connections);
  const connection = slot === undefined ? undefined : kept[slot];
  if (slot !== undefined && connection && isBelievedOpen(row, connection, { sent, back })) {
    return { endpoint: connection.endpoint, isOpen: true, slot, connection, kept };
  }
  if (to.kind !== 'endpoints') return undefined;
  const { endpoints, weights, affinityMs } = to;
  const known = affinityMs === undefined ? undefined : kept[AFFINITY];
  const isRemembered =
    known !== undefined && endpoints.includes(known.endpoint) && sent - known.since <= (affinityMs ?? 0);
  const whole = weights?.reduce((sum, weight) => sum + weight, 0) ?? endpoints.length;
  const drawn = drawWhole(settings, 0, whole - 1, 'traffic endpoint', row.client, index);
  const endpoint = isRemembered ? known.endpoint : (endpoints[placeFor(drawn, weights)] ?? '');
  const after = affinityMs === undefined ? kept : { ...kept, [AFFINITY]: { endpoint, since: sent } };
  // While a connection is being made, a second one is, which is not kept.
  const isFree = slot !== undefined && (connection?.since ?? 0) <= sent;
  return { endpoint, isOpen: false, ...(isFree && { slot }), kept: after };
}

/** The place that a draw out of the sum of the weights falls on. */
function placeFor(drawn: number, weights: readonly number[] | undefined): number {
  if (!weights) return drawn;
  let left = drawn;
  return weights.findIndex((weight) => {
    left -= weight;
    return left < 0;
  });
}

/** The news that the other side has closed it needs its way. */
function isBelievedOpen(
  row: TrafficRow,
  connection: KeptConnection,
  { sent, back }: Pick<Need, 'sent' | 'back'>,
): boolean {
  if (connection.since > sent) return false;
  if (connection.abandonedAt !== undefined && connection.abandonedAt <= sent) return false;
  const end = endOfConnection(row.endpoints[connection.endpoint] ?? [], connection);
  return !end || end.does === 'hangs' || sent < end.since + back;
}
