import type { Change } from '../../../contract/api-event.ts';
import type { Address, Component, Delivery, Reaction, View, Wake } from '../../../contract/component.ts';
import type { Doing } from '../../../contract/doing.ts';
import type { RowReader } from '../../../contract/reader.ts';
import type { WebProxyRow } from '../../../contract/web-rows.ts';
import { isEqualJson } from '../../../objects/json.ts';
import { deltaOfRow } from '../../../world/row-delta.ts';
import { OF_PROXIES, proxyLife } from '../proxy-life.ts';
import { meshSites } from './mesh-sites.ts';
import {
  DESTINATION_RULES,
  type DestinationRule,
  unheededFields,
  VIRTUAL_SERVICES,
  type VirtualService,
} from './virtual-service.ts';

const NAME = 'istio-proxy';
const life = proxyLife(NAME);

/**
 * The sidecars of a mesh, one an actor for each container in which one runs: what istiod tells them of
 * VirtualServices, DestinationRules and endpoints. What becomes of requests then is `web-proxy`'s matter.
 */
export const istioProxy: Component = {
  name: NAME,
  watches: [VIRTUAL_SERVICES, DESTINATION_RULES, 'services', 'endpointslices.discovery.k8s.io', 'pods'],
  looksAfter: 'policySync',
  deliveriesOf,
  concernedBy: OF_PROXIES,
  concernsOf: ({ event }, rows) => life.concernsOf(event, rows),
  addresses: ({ rows }) => life.all(rows),
  listsAfresh: (event) => life.listsAfresh(event),
  reconcile,
  wake,
};

/** Of pods only their labels matter; which of them are ready their slices tell. */
function* deliveriesOf({ resource, object, before }: Change, rows: RowReader): Generator<Delivery> {
  if (resource === 'pods' && (!before || object.metadata.labels === before.metadata.labels)) return;
  yield* life.all(rows);
}

function* reconcile(view: View, address: Address): Reaction {
  const container = life.containerOf(address);
  const state = yield* life.keepUp(view, container);
  const row = view.rows.row('webProxies', container);
  if (state !== 'runs' || !row) return;
  const [namespace = ''] = row.pod.split('/');
  const after = { ...row, sites: meshSites(view.objects, namespace), heard: heardOf(view) };
  if (isEqualJson(row.sites, after.sites) && isEqualJson(row.heard ?? {}, after.heard)) return;
  yield { type: 'WebProxyMoved', proxy: container, ...deltaOfRow(row, after), synced: true };
  yield* notices(view, row);
}

type Heard = VirtualService | DestinationRule;

function allHeard({ objects }: View): readonly Heard[] {
  return [
    ...objects.list<VirtualService>(VIRTUAL_SERVICES),
    ...objects.list<DestinationRule>(DESTINATION_RULES),
  ];
}

function nameOf({ kind, metadata: { namespace, name } }: Heard): string {
  return `${kind} ${namespace}/${name}`;
}

function heardOf(view: View): Record<string, string> {
  return Object.fromEntries(
    allHeard(view).map((each) => [nameOf(each), each.metadata.resourceVersion ?? '']),
  );
}

/** What nobody heeds is told once of each object: by whoever has run for the longest. */
function* notices(view: View, { container, heard = {} }: WebProxyRow): Doing<void> {
  const [first] = view.rows
    .rowsBy('webProxies', 'all', '')
    .filter(({ kind }) => kind === NAME)
    .toSorted((a, b) => a.startedAt - b.startedAt);
  if (first?.container !== container) return;
  for (const each of allHeard(view)) {
    const fields = heard[nameOf(each)] === undefined ? unheededFields(each) : [];
    if (fields.length === 0) continue;
    const message = `not simulated, and taken for not there: ${fields.join(', ')}`;
    yield { type: 'NoticeGiven', about: nameOf(each), message };
  }
}

function wake(view: View, address: Address, from: number): Wake | undefined {
  const state = life.wake(view, life.containerOf(address), from);
  return state === 'runs' ? undefined : state;
}
