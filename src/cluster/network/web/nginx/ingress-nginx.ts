import { drawWhole } from '../../../../kernel/chance/draw.ts';
import { MINUTE, type Millis, SECOND } from '../../../../kernel/time/millis.ts';
import type { Address, Component, Reaction, View, Wake } from '../../../contract/component.ts';
import type { Doing } from '../../../contract/doing.ts';
import type { Event } from '../../../contract/event.ts';
import type { RowReader } from '../../../contract/reader.ts';
import type { WebProxyRow, WebSites } from '../../../contract/web-rows.ts';
import { derived } from '../../../objects/derived.ts';
import { isEqualJson } from '../../../objects/json.ts';
import type { Ingress } from '../../../objects/kubernetes.ts';
import { record } from '../../../recorder/record.ts';
import { deltaOfRow } from '../../../world/row-delta.ts';
import { OF_PROXIES, proxyLife } from '../proxy-life.ts';
import { optionOf, podOfProxy } from '../proxy-pods.ts';
import { unheededAnnotations } from './read-annotations.ts';
import { classNameOf, controllerOf, nameOf, type Serving, servedIngresses } from './served-ingresses.ts';
import { unheededSettings } from './settings-of.ts';
import { sitesOf } from './sites-of.ts';
import { writeAddresses } from './write-addresses.ts';

const NAME = 'ingress-nginx';
const life = proxyLife(NAME);
/** As it calls itself in Events. */
const RECORDER = 'nginx-ingress-controller';

/** --sync-rate-limit 0.3: no more than one sync in so long. */
const SYNC_MS: Millis = 3334;
/** Workers ask once a second whether there is something new (balancer.lua BACKENDS_SYNC_INTERVAL). */
const WORKER_MS = SECOND;
/** status.go: UpdateInterval. */
const STATUS_MS = MINUTE;

const WATCHED = [
  'ingresses.networking.k8s.io',
  'ingressclasses.networking.k8s.io',
  'services',
  'endpointslices.discovery.k8s.io',
  'secrets',
  'configmaps',
];

/**
 * ingress-nginx, one an actor for each container in which it runs. It takes in what Ingresses, Services and
 * their endpoints say; what becomes of requests then is the matter of `web-proxy`.
 */
export const ingressNginx: Component = {
  name: NAME,
  watches: WATCHED,
  *deliveriesOf(_change, rows) {
    yield* life.all(rows);
  },
  concernedBy: OF_PROXIES,
  concernsOf: ({ event }, rows) => life.concernsOf(event, rows),
  addresses: ({ rows }) => life.all(rows),
  listsAfresh: (event) => life.listsAfresh(event),
  reconcile,
  wake,
};

function* reconcile(view: View, address: Address, now: Millis): Reaction {
  const container = life.containerOf(address);
  const state = yield* life.keepUp(view, container);
  const row = view.rows.row('webProxies', container);
  if (state !== 'runs' || !row) return;
  const heard = yield* hear(view, row, now);
  if (nextSync(view, row, now) === now) yield* sync(view, heard, now);
  if (isStatusTime(row, now) && leads(view.rows, row))
    yield* writeAddresses(view, servingOf(view, row), podOfProxy(view.rows, row.pod));
}

/** What its command line says. */
function servingOf({ rows }: View, { pod }: WebProxyRow): Serving {
  const own = podOfProxy(rows, pod);
  return {
    controller: optionOf(own, '--controller-class') ?? 'k8s.io/ingress-nginx',
    className: optionOf(own, '--ingress-class') ?? 'nginx',
    takesNameless: optionOf(own, '--watch-ingress-without-class') === 'true',
    configMap: (optionOf(own, '--configmap') ?? '').replace(
      '$(POD_NAMESPACE)',
      own?.metadata.namespace ?? '',
    ),
  };
}

/** It tells of each Ingress that is new or has changed (store.go: the informers' handlers). */
function* hear(view: View, row: WebProxyRow, now: Millis): Doing<WebProxyRow> {
  const { objects } = view;
  const serving = servingOf(view, row);
  const all = objects.list<Ingress>('ingresses.networking.k8s.io');
  const served = new Set(servedIngresses(objects, serving));
  const heard: Record<string, string> = {};
  for (const ingress of all)
    heard[nameOf(ingress)] = served.has(ingress) ? (ingress.metadata.resourceVersion ?? '') : NOT_OURS;
  const unheeded = unheededSettings(objects, serving.configMap ?? '');
  if (unheeded.length > 0) heard[SETTINGS] = unheeded.join(', ');
  if (isEqualJson(row.heard ?? {}, heard)) return row;
  const after = { ...row, heard };
  yield { type: 'WebProxyMoved', proxy: row.container, ...deltaOfRow(row, after) };
  if (heard[SETTINGS] !== undefined && heard[SETTINGS] !== row.heard?.[SETTINGS] && leads(view.rows, row))
    yield noticeOf(`configmap ${serving.configMap}`, unheeded);
  for (const ingress of all) {
    const before = row.heard?.[nameOf(ingress)];
    if (before === heard[nameOf(ingress)]) continue;
    if (before === undefined && leads(view.rows, row)) yield* notice(objects, ingress, served.has(ingress));
    if (!served.has(ingress)) continue;
    const told = { type: 'Normal', reason: 'Sync', message: 'Scheduled for sync' } as const;
    yield* record(view, { component: RECORDER, object: ingress, ...told }, now);
  }
  return after;
}

/** In the place of an Ingress: the settings of all of them that nobody heeds. */
const SETTINGS = 'settings';

/** In the place of a version: another controller is to serve it. */
const NOT_OURS = 'not ours';

/** What of an Ingress nobody heeds. */
function* notice(objects: View['objects'], ingress: Ingress, isServed: boolean): Reaction {
  const about = `ingress ${nameOf(ingress)}`;
  if (!isServed) {
    const name = classNameOf(ingress);
    const controller = controllerOf(objects, name ?? '');
    const whose =
      controller ?? (name === undefined ? 'no class at all' : `the class ${name}, which nobody brings`);
    const message = `nobody serves it: it asks for ${whose}, and what is simulated is k8s.io/ingress-nginx`;
    yield { type: 'NoticeGiven', about, message };
    return;
  }
  const unheeded = unheededAnnotations(ingress);
  if (unheeded.length > 0) yield noticeOf(about, unheeded);
}

function noticeOf(about: string, unheeded: readonly string[]): Event {
  return {
    type: 'NoticeGiven',
    about,
    message: `not simulated, and taken for not there: ${unheeded.join(', ')}`,
  };
}

interface KnownSites {
  readonly of: readonly object[];
  readonly sites: WebSites;
}

const sitesFor = derived((_ingresses: object) => new Map<string, KnownSites>());

/** What it should go by; lists that are the same say the same. */
function wantedSites(view: View, row: WebProxyRow) {
  const { objects } = view;
  const serving = servingOf(view, row);
  const of = WATCHED.map((resource) => objects.list(resource));
  const memory = sitesFor(of[0] ?? []);
  const key = JSON.stringify(serving);
  const known = memory.get(key);
  if (known?.of.every((list, index) => list === of[index])) return known.sites;
  const sites = sitesOf(objects, serving);
  memory.set(key, { of, sites });
  return sites;
}

function* sync(view: View, row: WebProxyRow, now: Millis): Doing<void> {
  const sites = wantedSites(view, row);
  const isNew = !isEqualJson(sites.hosts, row.sites?.hosts ?? {}) || row.sites === undefined;
  const delta = deltaOfRow(row, { ...row, sites });
  yield { type: 'WebProxyMoved', proxy: row.container, ...delta, synced: true };
  const pod = podOfProxy(view.rows, row.pod);
  // Endpoints are told to what runs; all else needs a new nginx.
  if (!isNew || !pod) return;
  const message = 'NGINX reload triggered due to a change in configuration';
  yield* record(view, { component: RECORDER, object: pod, type: 'Normal', reason: 'RELOAD', message }, now);
}

/** The first time not before `from` at which it takes in what is new; undefined where nothing is. */
function nextSync(view: View, row: WebProxyRow, from: Millis): Millis | undefined {
  if (row.sites && isEqualJson(wantedSites(view, row), row.sites)) return undefined;
  const phase = drawWhole(view.chance, 0, WORKER_MS - 1, 'nginx workers', row.container);
  const earliest = Math.max(from, (row.syncedAt ?? Number.NEGATIVE_INFINITY) + SYNC_MS);
  return phase + Math.max(0, Math.ceil((earliest - phase) / WORKER_MS)) * WORKER_MS;
}

function isStatusTime({ startedAt }: WebProxyRow, now: Millis): boolean {
  return now > startedAt && (now - startedAt) % STATUS_MS === 0;
}

/** One of several writes into Ingresses: the one that has run for the longest. */
function leads(rows: RowReader, { container }: WebProxyRow): boolean {
  const [first] = rows
    .rowsBy('webProxies', 'all', '')
    .filter(({ kind }) => kind === NAME)
    .toSorted((a, b) => a.startedAt - b.startedAt);
  return first?.container === container;
}

function wake(view: View, address: Address, from: Millis): Wake | undefined {
  const container = life.containerOf(address);
  const state = life.wake(view, container, from);
  const row = view.rows.row('webProxies', container);
  if (state !== 'runs' || !row) return state === 'runs' ? undefined : state;
  const cause = view.rows.changedAt('webProxies', container);
  const at = nextSync(view, row, from);
  const status = leads(view.rows, row) ? nextStatus(view, row, from) : undefined;
  if (at === undefined && status === undefined) return undefined;
  return { at: Math.min(at ?? Number.POSITIVE_INFINITY, status ?? Number.POSITIVE_INFINITY), cause };
}

/** Only where an Ingress may have no address yet, or another. */
function nextStatus(_view: View, row: WebProxyRow, from: Millis): Millis | undefined {
  if (Object.keys(row.heard ?? {}).length === 0) return undefined;
  const rounds = Math.max(1, Math.ceil((from - row.startedAt) / STATUS_MS));
  return row.startedAt + rounds * STATUS_MS;
}
