import { drawWhole } from '../../../kernel/chance/draw.ts';
import type { Millis } from '../../../kernel/time/millis.ts';
import type { View } from '../../contract/component.ts';
import { affinityKey, type ProxyRuleRow } from '../../contract/proxy-rows.ts';
import type { Reached, ReachedEndpoint } from './destinations-of.ts';

export interface NewConnection {
  /** Tells the connection apart from all others. */
  readonly identity: readonly (string | number)[];
  /** The address that it comes from. */
  readonly client: string;
  readonly now: Millis;
}

/**
 * Which endpoint a new connection goes to: that of the client's affinity, else any with the same likelihood
 * (iptables: statistic mode random).
 */
export function chooseEndpoint(view: View, reached: Reached, connection: NewConnection): ReachedEndpoint {
  const { endpoints, rule } = reached;
  const kept = rule && affinityOf(view, rule, connection);
  const known = endpoints.find(({ address, port }) => kept === `${address}:${port}`);
  if (known) return known;
  const whole = endpoints.reduce((sum, { weight = 1 }) => sum + weight, 0);
  const identity = reached.isSticky ? [reached.address ?? '', connection.client] : connection.identity;
  let left = drawWhole(view.chance, 0, whole - 1, 'endpoint', ...identity);
  const chosen = endpoints.find(({ weight = 1 }) => {
    left -= weight;
    return left < 0;
  });
  if (!chosen) throw new Error('a destination that is reached has an endpoint');
  return chosen;
}

/**
 * The endpoint that a client was sent to before, `10.88.1.4:8080`, while that counts (iptables: recent, whose
 * time begins again with each connection).
 */
export function affinityOf(
  { rows }: View,
  { node, servicePort, affinityMs }: ProxyRuleRow,
  { client, now }: Pick<NewConnection, 'client' | 'now'>,
): string | undefined {
  if (affinityMs === undefined) return undefined;
  const row = rows.row('affinities', affinityKey({ node, servicePort, client }));
  return row && now < row.at + affinityMs ? row.endpoint : undefined;
}
