import { drawHex, drawWhole } from '../../../kernel/chance/draw.ts';
import type { Millis } from '../../../kernel/time/millis.ts';
import type { Address, Component, Reaction, View, Wake } from '../../contract/component.ts';
import type { ConnectionRow, NetworkCall } from '../../contract/connection-row.ts';
import type { Doing } from '../../contract/doing.ts';
import type { HttpAnswer, HttpRequest, NetworkAnswer } from '../../contract/network-request.ts';
import type { RowReader } from '../../contract/reader.ts';
import type { WebChoice, WebPlan, WebProxyRow } from '../../contract/web-rows.ts';
import { deltaOfRow } from '../../world/row-delta.ts';
import { accessLine } from './access-line.ts';
import { corsHeaders } from './cors.ts';
import { isWithinLimit } from './limit.ts';
import { envoyPage, pageOf } from './pages.ts';
import { cookieOf, planOf } from './plan-of.ts';
import { CONNECT_MS, hostOf, READ_MS, TRIES } from './proxy-defaults.ts';

const NAME = 'web-proxy';

/**
 * What reverse proxies in pods do with the requests that they have taken: answer them, or ask somebody else
 * and pass on what that says. A look is at one request, by the ID of its connection.
 */
export const webProxy: Component = {
  name: NAME,
  concernedBy: ['RequestTaken', 'RequestAnswered', 'WebProxyStopped'],
  *concernsOf({ event }, rows) {
    if (event.type === 'RequestTaken') yield addressOf(event.connection);
    if (event.type === 'RequestAnswered' && event.connection.includes(UPSTREAM))
      yield addressOf(event.connection.slice(0, event.connection.lastIndexOf(UPSTREAM)));
    if (event.type === 'WebProxyStopped')
      for (const { id } of rows.rowsBy('connections', 'taken', event.proxy)) yield addressOf(id);
  },
  *addresses({ rows }) {
    for (const { id, taken, answer } of rows.rowsBy('connections', 'all', ''))
      if (taken && !answer) yield addressOf(id);
  },
  reconcile,
  wake,
};

/** Stands between a connection's ID and the number of one that is made because of it. */
const UPSTREAM = '>';

function addressOf(connection: string): Address {
  return { actor: NAME, key: connection };
}

/** A request that a proxy has taken and not answered. */
interface Held {
  readonly connection: ConnectionRow;
  readonly proxy: WebProxyRow | undefined;
  /** The latest of those that it asked. */
  readonly upstream: ConnectionRow | undefined;
}

function heldAt(rows: RowReader, id: string): Held | undefined {
  const connection = rows.row('connections', id);
  if (!connection?.taken || connection.answer) return undefined;
  const last = connection.taken.asked.at(-1);
  return {
    connection,
    proxy: rows.row('webProxies', connection.taken.proxy),
    upstream: last && rows.row('connections', last.upstream),
  };
}

function* reconcile(view: View, { key }: Address, now: Millis): Reaction {
  const held = heldAt(view.rows, key);
  if (!held) return;
  const { connection, proxy, upstream } = held;
  if (!proxy) {
    const address = connection.target?.address ?? '';
    yield* answer(view, held, { kind: 'reset', address }, now);
    return;
  }
  const plan = planFor(proxy, connection);
  if (connection.taken?.asked.length === 0) {
    yield* begin(view, held, { plan, now });
    return;
  }
  if (!upstream || plan.kind !== 'ask') return;
  const readMs = plan.deed.readMs ?? READ_MS;
  const late = upstream.sentAt + readMs;
  const arrivesAt = upstream.answer ? (upstream.answeredAt ?? now) : Number.POSITIVE_INFINITY;
  if (Math.min(arrivesAt, late) > now) return;
  yield { type: 'ConnectionClosed', connection: upstream.id };
  const told: NetworkAnswer =
    arrivesAt <= late ? (upstream.answer as NetworkAnswer) : { kind: 'timedOut', address: '' };
  yield* goOn(view, held, { plan, told, now });
}

/** The proxy goes by what it knows when it looks. */
function planFor(proxy: WebProxyRow, { call, target }: ConnectionRow): WebPlan {
  const request = call as HttpRequest;
  const port = target?.port ?? 80;
  if (port === 443 && !request.secure) return pageOf(400);
  return planOf(proxy.sites ?? { hosts: {}, backends: {} }, {
    method: request.method,
    host: hostOf(request),
    path: request.path,
    headers: request.headers,
    port,
    isSecure: request.secure === true,
    client: target?.client ?? '',
  });
}

function* begin(
  view: View,
  held: Held,
  { plan, now }: { readonly plan: WebPlan; readonly now: Millis },
): Doing<void> {
  const { connection, proxy } = held;
  if (plan.kind === 'answer' || !proxy) {
    yield* page(view, held, { plan, now });
    return;
  }
  const { deed, limitOf, choices } = plan;
  if (deed.limit && limitOf !== undefined) {
    const { isIn, used } = isWithinLimit(deed.limit, proxy.used?.[limitOf], now);
    const row = { ...proxy, used: { ...proxy.used, [limitOf]: used } };
    yield { type: 'WebProxyMoved', proxy: proxy.container, ...deltaOfRow(proxy, row) };
    if (!isIn) {
      yield* page(view, held, { plan: pageOf(deed.limit.status ?? 503), now });
      return;
    }
  }
  const whole = choices.reduce((sum, { weight }) => sum + weight, 0);
  let left = drawWhole(view.chance, 0, whole - 1, 'web choice', connection.id);
  const chosen = choices.findIndex(({ weight }) => {
    left -= weight;
    return left < 0;
  });
  yield* ask(view, held, { plan, chosen, now });
}

const SECURE: Pick<HttpRequest, 'secure'> = { secure: true };

type Asking = Extract<WebPlan, { kind: 'ask' }>;

interface Ask {
  readonly plan: Asking;
  /** Among the choices. */
  readonly chosen: number;
  readonly now: Millis;
}

/** One of the endpoints that has not been asked yet. */
function* ask(view: View, held: Held, { plan, chosen, now }: Ask): Doing<void> {
  const { connection } = held;
  const choice = plan.choices[chosen];
  const asked = connection.taken?.asked ?? [];
  const endpoint = choice && endpointFor(view, held, { plan, choice });
  if (!choice || endpoint === undefined) {
    yield* page(view, held, { plan: pageOf(503), now });
    return;
  }
  const upstream = `${connection.id}${UPSTREAM}${asked.length + 1}`;
  const { node, pod } = held.proxy ?? {};
  const [host = '', port = '80'] = endpoint.split(':');
  const call: HttpRequest = {
    ...(connection.call as HttpRequest),
    host,
    port: Number(port),
    path: plan.path,
    headers: plan.headers,
    timeoutMs: plan.deed.connectMs ?? CONNECT_MS,
  };
  const { secure: _, ...plain } = call;
  const sent: NetworkCall = choice.isSecure ? { ...plain, ...SECURE } : plain;
  yield { type: 'RequestForwarded', connection: connection.id, upstream, choice: chosen, endpoint };
  yield {
    type: 'RequestSent',
    connection: upstream,
    request: '0',
    call: sent,
    ...(node !== undefined && { node }),
    ...(pod !== undefined && { pod }),
  };
}

function endpointFor(
  view: View,
  { connection }: Held,
  { plan, choice }: { readonly plan: Asking; readonly choice: WebChoice },
): string | undefined {
  const asked = (connection.taken?.asked ?? []).map(({ endpoint }) => endpoint);
  const fresh = choice.endpoints.filter((endpoint) => !asked.includes(endpoint));
  // When all have been asked it begins again.
  const left = fresh.length > 0 ? fresh : choice.endpoints;
  const { cookie } = plan.deed;
  const { headers } = connection.call as HttpRequest;
  const known = cookie === undefined ? undefined : cookieOf(headers, cookie);
  const kept = asked.length === 0 ? left.find((endpoint) => cookieFor(view, endpoint) === known) : undefined;
  if (kept !== undefined) return kept;
  return left[drawWhole(view.chance, 0, left.length - 1, 'web endpoint', connection.id, asked.length)];
}

function cookieFor(view: View, endpoint: string): string {
  return drawHex(view.chance, 16, 'web cookie', endpoint);
}

interface Told {
  readonly plan: Asking;
  readonly told: NetworkAnswer;
  readonly now: Millis;
}

function* goOn(view: View, held: Held, { plan, told, now }: Told): Doing<void> {
  const { deed } = plan;
  const asked = held.connection.taken?.asked ?? [];
  const last = asked.at(-1);
  const isAnswer = told.kind === 'http' && !deed.retryOn?.includes(told.status);
  const chosen = last?.choice ?? 0;
  if (!isAnswer && asked.length < (deed.tries ?? TRIES)) {
    const isAnyLeft = (plan.choices[chosen]?.endpoints.length ?? 0) > 0;
    if (isAnyLeft) {
      yield* ask(view, held, { plan, chosen, now });
      return;
    }
  }
  if (told.kind !== 'http') {
    yield* page(view, held, { plan: pageOf(told.kind === 'timedOut' ? 504 : 502), now });
    return;
  }
  const headers = answerHeaders(view, held, { plan, told });
  yield* respond(view, held, { answer: { ...told, headers }, now });
}

function answerHeaders(
  view: View,
  { connection }: Held,
  { plan: { deed }, told }: { readonly plan: Asking; readonly told: HttpAnswer },
): Record<string, string> {
  const { cookie, cors, setAnswerHeaders = {}, removeAnswerHeaders = [] } = deed;
  const endpoint = connection.taken?.asked.at(-1)?.endpoint ?? '';
  const { headers } = connection.call as HttpRequest;
  const isNew = cookie !== undefined && cookieOf(headers, cookie) !== cookieFor(view, endpoint);
  const gone = new Set(removeAnswerHeaders.map((name) => name.toLowerCase()));
  const all = {
    ...told.headers,
    ...setAnswerHeaders,
    ...(cors && corsHeaders(cors, headers)),
    ...(isNew && { 'Set-Cookie': `${cookie}=${cookieFor(view, endpoint)}; Path=/; HttpOnly` }),
  };
  return Object.fromEntries(Object.entries(all).filter(([name]) => !gone.has(name.toLowerCase())));
}

function* page(
  view: View,
  held: Held,
  { plan, now }: { readonly plan: WebPlan; readonly now: Millis },
): Doing<void> {
  if (plan.kind !== 'answer') return;
  const { status, headers, body } = held.proxy?.kind === 'istio-proxy' ? envoyPage(plan) : plan;
  const address = held.connection.target?.address ?? '';
  const isHead = (held.connection.call as HttpRequest).method === 'HEAD';
  yield* respond(view, held, {
    answer: { kind: 'http', address, status, headers, body: isHead ? '' : body },
    now,
  });
}

function* respond(
  view: View,
  held: Held,
  { answer: told, now }: { readonly answer: HttpAnswer; readonly now: Millis },
): Doing<void> {
  const { connection, proxy } = held;
  const { target, call } = connection;
  const isSecure = (call as HttpRequest).secure === true;
  // Sidecars keep no access log unless they are told to.
  if (proxy && proxy.kind !== 'istio-proxy') {
    const { node, pod, container } = proxy;
    const text = accessLine(view, { connection, answer: told, now });
    yield { type: 'ContainerLogged', node, pod, container, stream: 'stdout', text };
  }
  const address = target?.via ?? target?.address ?? '';
  yield* answer(view, held, { ...told, address, ...(isSecure && { isUnknown: true }) }, now);
}

function* answer(view: View, { connection }: Held, told: NetworkAnswer, now: Millis): Doing<void> {
  const [low, high] = view.settings.latencies.network;
  const back = drawWhole(view.chance, low, high, 'network', 'back', connection.id);
  yield { type: 'RequestAnswered', connection: connection.id, answer: told, answeredAt: now + back };
}

function wake(view: View, { key }: Address, from: Millis): Wake | undefined {
  const held = heldAt(view.rows, key);
  if (!held) return undefined;
  const { connection, proxy, upstream } = held;
  const cause = view.rows.changedAt('connections', upstream?.id ?? key);
  if (!proxy || connection.taken?.asked.length === 0) return { at: from, cause };
  if (!upstream) return undefined;
  const plan = planFor(proxy, connection);
  const late = upstream.sentAt + ((plan.kind === 'ask' ? plan.deed.readMs : undefined) ?? READ_MS);
  const at = Math.min(upstream.answer ? (upstream.answeredAt ?? from) : late, late);
  return { at: Math.max(from, at), cause };
}
