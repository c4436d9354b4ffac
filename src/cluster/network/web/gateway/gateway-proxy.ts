import { drawWhole } from '../../../../kernel/chance/draw.ts';
import { type Millis, SECOND } from '../../../../kernel/time/millis.ts';
import type { Address, Component, Reaction, View, Wake } from '../../../contract/component.ts';
import type { WebProxyRow, WebSites } from '../../../contract/web-rows.ts';
import { isEqualJson } from '../../../objects/json.ts';
import { deltaOfRow } from '../../../world/row-delta.ts';
import { OF_PROXIES, proxyLife } from '../proxy-life.ts';
import { podOfProxy } from '../proxy-pods.ts';
import { GATEWAY_LABEL, GATEWAYS, type Gateway, ROUTES } from './gateway-objects.ts';
import { gatewaySites } from './gateway-sites.ts';
import { GRANTS } from './reference-grants.ts';

const NAME = 'gateway';
const life = proxyLife(NAME);

/** NGINX Gateway Fabric gathers what is new for a while before it tells its agents. */
const GATHERS_MS: Millis = SECOND;

/** The proxies of Gateways, one an actor for each container in which one runs. */
export const gatewayProxy: Component = {
  name: NAME,
  watches: [GATEWAYS, ROUTES, 'services', 'endpointslices.discovery.k8s.io', 'namespaces', GRANTS],
  *deliveriesOf(_change, rows) {
    yield* life.all(rows);
  },
  concernedBy: OF_PROXIES,
  concernsOf: ({ event }, rows) => life.concernsOf(event, rows),
  addresses: ({ rows }) => life.all(rows),
  listsAfresh: (event) => life.listsAfresh(event),
  *reconcile(view, address, now): Reaction {
    const container = life.containerOf(address);
    const state = yield* life.keepUp(view, container);
    const row = view.rows.row('webProxies', container);
    if (state !== 'runs' || !row || nextSync(view, row, now) !== now) return;
    const delta = deltaOfRow(row, { ...row, sites: wantedSites(view, row) });
    yield { type: 'WebProxyMoved', proxy: container, ...delta, synced: true };
  },
  wake,
};

function wantedSites({ objects, rows }: View, { pod }: WebProxyRow): WebSites {
  const { namespace, labels = {} } = podOfProxy(rows, pod)?.metadata ?? {};
  const gateway = objects.get<Gateway>(GATEWAYS, namespace, labels[GATEWAY_LABEL] ?? '');
  return gateway ? gatewaySites(objects, gateway) : { hosts: {}, backends: {} };
}

/** The first time not before `from` at which it takes in what is new; undefined where nothing is. */
function nextSync(view: View, row: WebProxyRow, from: Millis): Millis | undefined {
  if (row.sites && isEqualJson(wantedSites(view, row), row.sites)) return undefined;
  const phase = drawWhole(view.chance, 0, GATHERS_MS - 1, 'gateway agents', row.container);
  return phase + Math.max(0, Math.ceil((from - phase) / GATHERS_MS)) * GATHERS_MS;
}

function wake(view: View, address: Address, from: Millis): Wake | undefined {
  const container = life.containerOf(address);
  const state = life.wake(view, container, from);
  const row = view.rows.row('webProxies', container);
  if (state !== 'runs' || !row) return state === 'runs' ? undefined : state;
  const at = nextSync(view, row, from);
  return at === undefined ? undefined : { at, cause: view.rows.changedAt('webProxies', container) };
}
