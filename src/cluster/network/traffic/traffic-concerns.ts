import type { Change } from '../../contract/api-event.ts';
import type { Address, Delivery } from '../../contract/component.ts';
import type { Event } from '../../contract/event.ts';
import type { RowReader } from '../../contract/reader.ts';
import type { TrafficRow } from '../../contract/traffic-rows.ts';
import { SERVICE_NAME, SLICES } from '../../objects/endpoint-slices.ts';
import { isAddress } from '../addresses.ts';
import { changesReach, movesDestinations } from '../proxy/destinations-of.ts';
import { GATEWAYS, ROUTES } from '../web/gateway/gateway-objects.ts';

const NAME = 'traffic';

/** What says by which names something is found outside. */
const PUBLISHING: readonly string[] = ['ingresses.networking.k8s.io', GATEWAYS, ROUTES];

export function addressOf(client: string, endpoint?: string): Address {
  return { actor: NAME, key: endpoint === undefined ? client : `${client} ${endpoint}` };
}

/** Which clients and which of their endpoints a fact may matter to. */
export function* trafficConcerns(event: Event, rows: RowReader): Generator<Address> {
  if (movesDestinations(event)) for (const { client } of clients(rows)) yield addressOf(client);
  if (changesReach(event.type)) {
    yield* allEndpoints(rows);
  }
  switch (event.type) {
    case 'ProxyRulesSynced':
      yield* endpointsAt(rows.row('machines', event.node)?.ip, rows);
      return;
    case 'WebProxyStarted':
    case 'WebProxyMoved':
    case 'WebProxyStopped': {
      const proxy = rows.row('containers', event.proxy);
      if (proxy) yield* endpointsOf(proxy, rows);
      return;
    }
    case 'TrafficStarted':
    case 'TrafficStopped':
      yield addressOf(event.client);
      yield* allEndpoints(rows);
      return;
    case 'TrafficCounted':
      // Who goes elsewhere leaves others more, and may leave them less to wait for.
      if (event.route ?? event.kept ?? event.endpoints ?? event.done) yield* allEndpoints(rows);
      return;
    case 'PodWorkerMoved':
      // Only what the pod is, and not what its kubelet is about to do.
      if (Object.keys(event.set ?? {}).some((path) => path.startsWith('/pod')))
        yield* endpointsOf(event, rows);
      return;
    case 'SandboxStarted':
      yield* endpointsAt(event.ip, rows);
      yield* endpointsOf(event, rows);
      return;
    case 'SandboxStopped':
    case 'ContainerStarted':
    case 'ContainerStartFailed':
    case 'ContainerExited':
    case 'ContainerRemoved':
    case 'ProcessAdvanced':
    case 'FileWritten':
    case 'FileAppended':
    case 'PodForgotten':
      yield* endpointsOf(event, rows);
      return;
    default:
  }
}

/** The names that the name service knows, and clients that ask for something by one that may have moved. */
export function* namesMoved({ resource, object }: Change, rows: RowReader): Generator<Delivery> {
  yield { actor: NAME };
  if (PUBLISHING.includes(resource)) {
    for (const { client, spec } of clients(rows))
      if (spec.from.kind === 'outside' && !isAddress(spec.host)) yield addressOf(client);
    return;
  }
  const { name = '', labels = {} } = object.metadata;
  const word = resource === SLICES ? labels[SERVICE_NAME] : name;
  for (const { client, spec } of clients(rows)) {
    const isOwn = 'namespace' in spec.from && spec.from.namespace === word;
    if (isAddress(spec.host)) continue;
    if (isOwn || spec.host.split('.').some((label) => label === word)) yield addressOf(client);
  }
}

function* allEndpoints(rows: RowReader): Generator<Address> {
  for (const { client, endpoints } of clients(rows))
    for (const endpoint of Object.keys(endpoints)) yield addressOf(client, endpoint);
}

function clients(rows: RowReader): readonly TrafficRow[] {
  return rows.rowsBy('traffic', 'all', '').filter(({ done }) => !done);
}

/** Endpoints of an address that somebody has from now on. */
function* endpointsAt(ip: string | undefined, rows: RowReader): Generator<Address> {
  if (ip === undefined) return;
  for (const { client, endpoints } of clients(rows)) {
    for (const endpoint of Object.keys(endpoints)) {
      if (endpoint.startsWith(`${ip}:`) || endpoint.includes(`>${ip}:`)) yield addressOf(client, endpoint);
    }
  }
}

/**
 * Endpoints of a pod, and those of a machine itself, behind which pods on its network may be. What is of no
 * pod may be of any on its machine.
 */
function* endpointsOf(
  { pod, node }: { readonly pod?: string; readonly node: string },
  rows: RowReader,
): Generator<Address> {
  for (const row of clients(rows)) {
    for (const [endpoint, states] of Object.entries(row.endpoints)) {
      const last = states.at(-1);
      const isMeant = pod === undefined || last?.pod === pod || last?.pod === undefined;
      if (last && isMeant && (last.pod === pod || last.node === node)) yield addressOf(row.client, endpoint);
    }
  }
}
