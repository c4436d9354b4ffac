import type { View } from '../../contract/component.ts';
import type { Prospect } from '../../contract/prospect.ts';
import type { EndpointState, TrafficRow } from '../../contract/traffic-rows.ts';
import { OUTSIDE_ADDRESS } from '../approach.ts';
import { planOf } from '../web/plan-of.ts';
import { CONNECT_MS, hostOf, READ_MS, TRIES } from '../web/proxy-defaults.ts';

interface Arrival {
  readonly prospect: Prospect;
  readonly port: number;
}

type Forwarded = Pick<EndpointState, 'does' | 'cause'> &
  Partial<Pick<EndpointState, 'status' | 'delayMs' | 'plan'>>;

/** What a reverse proxy does with a client's requests, by what it goes by now. */
export function forwardNow(view: View, row: TrafficRow, { prospect, port }: Arrival): Forwarded {
  const { rows } = view;
  const { host, path, method, headers = {}, secure } = row.spec;
  const proxy = rows.row('webProxies', prospect.container ?? '');
  const plan = planOf(proxy?.sites ?? { hosts: {}, backends: {} }, {
    method,
    host: hostOf({ headers, host }),
    path,
    headers: { Host: host, ...headers },
    port,
    isSecure: secure === true,
    client: OUTSIDE_ADDRESS,
  });
  const cause = proxy ? rows.changedAt('webProxies', proxy.container) : prospect.cause;
  if (plan.kind === 'answer') return { does: 'answers', cause, status: plan.status, delayMs: 0 };
  const { deed, choices } = plan;
  return {
    does: 'forwards',
    cause,
    plan: {
      choices: choices.map(({ name, weight, endpoints }) => ({ name, weight, endpoints })),
      connectMs: deed.connectMs ?? CONNECT_MS,
      readMs: deed.readMs ?? READ_MS,
      tries: deed.tries ?? TRIES,
      ...(deed.retryOn && { retryOn: deed.retryOn }),
      ...(deed.limit && { limit: deed.limit }),
    },
  };
}
