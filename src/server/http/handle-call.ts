import { internalError, unknownResource } from '../../cluster/apiserver/refusal.ts';
import type { HttpRequest } from '../../cluster/contract/network-request.ts';
import type { Refused } from '../../cluster/contract/response.ts';
import type { User } from '../../cluster/contract/user.ts';
import { silence } from '../../cluster/runtime/perform.ts';
import { type Asking, admitted, whoAsks } from '../../cluster/wire/access.ts';
import { answerPath } from '../../cluster/wire/answer-path.ts';
import { answerGet, answerList, type Showing } from '../../cluster/wire/answer-read.ts';
import { answerWrite, isThere, prepareWrite, type WriteCall } from '../../cluster/wire/answer-write.ts';
import { type HttpCall, headerOf } from '../../cluster/wire/http-call.ts';
import { kubeletAnswer } from '../../cluster/wire/kubelet-documents.ts';
import { negotiate } from '../../cluster/wire/media-types.ts';
import { type ConnectCall, type LogReading, openLog } from '../../cluster/wire/pod-log.ts';
import { passedOn, proxyPrefix, proxyTarget } from '../../cluster/wire/proxy-target.ts';
import { type QueryValues, readQuery } from '../../cluster/wire/query-values.ts';
import { readCall } from '../../cluster/wire/read-call.ts';
import { openWatch, type WatchCall, type WatchStream } from '../../cluster/wire/watch-stream.ts';
import {
  documentAnswer,
  isPrettyFor,
  refusalAnswer,
  type WireAnswer,
} from '../../cluster/wire/wire-answer.ts';
import { notAcceptable } from '../../cluster/wire/wire-refusal.ts';
import type { WireRequest } from '../../cluster/wire/wire-request.ts';
import { type WireServer, wireServer } from '../../cluster/wire/wire-server.ts';
import type { World } from '../../cluster/world/world.ts';
import type { Millis } from '../../kernel/time/millis.ts';
import type { LiveCluster } from '../live/live-cluster.ts';
import { documentsAt } from './documents-at.ts';

/** What is answered to a request. */
export type Handled =
  | { readonly type: 'answer'; readonly answer: WireAnswer }
  | { readonly type: 'watch'; readonly stream: WatchStream; readonly call: WatchCall; readonly seq: number }
  | { readonly type: 'log'; readonly reading: LogReading }
  | { readonly type: 'connect'; readonly call: ConnectCall; readonly asking: Asking }
  /** Passed on to what listens in the cluster, from a machine of it. */
  | {
      readonly type: 'proxy';
      readonly node: string;
      readonly request: HttpRequest;
      readonly isPretty: boolean;
    }
  /** Nobody listens: there is no API server. */
  | { readonly type: 'silence' };

export interface Handling {
  readonly live: LiveCluster;
  /** Whom the host knows by a token. */
  readonly users: (token: string) => User | undefined;
  /** What `/metrics` tells. */
  readonly metrics: () => string;
}

/** The API server as it stands now; undefined while nobody runs one. */
export function serverNow({ live }: Pick<Handling, 'live'>): WireServer | undefined {
  const [world, at] = [live.world(), live.now()];
  const known = servers.get(live);
  if (known?.at === at && known.world === world) return known.server;
  const server = wireServer(world, at);
  servers.set(live, { world, at, server });
  return server;
}

/** Everybody who watches asks of the same moment. */
const servers = new WeakMap<LiveCluster, Standing>();

interface Standing {
  readonly world: World;
  readonly at: Millis;
  readonly server: WireServer | undefined;
}

/** Answers one request. Whatever it says, it is answered: a throw would be a bug, and is told as one. */
export async function handleCall(handling: Handling, call: HttpCall): Promise<Handled> {
  try {
    return await handle(handling, call);
  } catch (thrown) {
    const what = thrown instanceof Error ? thrown.message : String(thrown);
    return refused(internalError(what), false);
  }
}

async function handle(handling: Handling, call: HttpCall): Promise<Handled> {
  const server = serverNow(handling);
  if (server === undefined) return { type: 'silence' };
  const query = readQuery(call.query);
  const isPretty = isPrettyFor(call, query?.text('pretty') ?? '');
  const silent = silence(server.view.rows, server.settings);
  if (silent?.status.code === 0) return { type: 'silence' };
  const asking = whoAsks(server, call, handling.users);
  if (!asking.ok) return refused(asking, isPretty);
  const read = readCall(call, server.served, server.version);
  if (!read.ok) return refused(read, isPretty);
  const admission = admitted(server, asking.value, read.value);
  if (!admission.ok) return refused(admission, isPretty);
  if (silent && !(read.value.type === 'path' && isOfHealth(read.value.parts)))
    return refused(silent, isPretty);
  const asked = { call, server, asking: asking.value, query, isPretty };
  return await dispatch(handling, read.value, asked);
}

function isOfHealth([first = '']: readonly string[]): boolean {
  return ['healthz', 'livez', 'readyz'].includes(first);
}

function refused(refusal: Refused, isPretty: boolean): Handled {
  return { type: 'answer', answer: refusalAnswer(refusal, isPretty) };
}

interface Asked {
  readonly call: HttpCall;
  readonly server: WireServer;
  readonly asking: Asking;
  readonly query: QueryValues | undefined;
  readonly isPretty: boolean;
}

async function dispatch(handling: Handling, request: WireRequest, asked: Asked): Promise<Handled> {
  const { server, isPretty } = asked;
  if (request.type === 'connect') return connect(server, request, asked);
  if (request.type === 'path') return atPath(handling, request, asked);
  const showing = showingOf(asked);
  if ('ok' in showing) return refused(showing, isPretty);
  if (request.type === 'write') return await write(handling, request, { ...asked, showing });
  if (request.type === 'watch') {
    const opened = openWatch(server, request, showing);
    if (!opened.ok) return refused(opened, isPretty);
    return { type: 'watch', stream: opened.value, call: request, seq: server.world.seq };
  }
  const read =
    request.type === 'get' ? answerGet(server, request, showing) : answerList(server, request, showing);
  if (!read.ok) return refused(read, isPretty);
  const { document, text, warnings } = read.value;
  const encoding = { media: showing.media, isPretty, text };
  return { type: 'answer', answer: documentAnswer(200, document, encoding, warnings) };
}

const OFFERED = ['application/json', 'application/yaml'];

/** How objects are to be shown; a refusal where what is accepted is not offered. */
function showingOf({ call, query }: Asked): Showing | Refused {
  const media = negotiate(acceptOf(call), { isObject: true });
  if (media === undefined) return notAcceptable(OFFERED);
  const include = query?.text('includeObject') ?? '';
  return { media, include: include === 'Object' || include === 'None' ? include : 'Metadata' };
}

function acceptOf(call: HttpCall): string {
  return (call.headers['accept'] ?? []).join(',');
}

function connect(server: WireServer, call: ConnectCall, { asking, isPretty, call: http }: Asked): Handled {
  const { subresource } = call.place;
  if (subresource === 'proxy') return passOn(server, call, { http, isPretty });
  if (subresource !== 'log') return { type: 'connect', call, asking };
  const opened = openLog(server, call);
  return opened.ok ? { type: 'log', reading: opened.value } : refused(opened, isPretty);
}

function passOn(
  server: WireServer,
  call: ConnectCall,
  { http, isPretty }: { readonly http: HttpCall; readonly isPretty: boolean },
): Handled {
  const prefix = proxyPrefix(http.path);
  if (http.path === prefix && http.method === 'GET') {
    const headers = { 'content-type': 'text/html; charset=utf-8', location: 'proxy/' };
    return { type: 'answer', answer: { code: 301, headers, body: '' } };
  }
  const target = proxyTarget(server, call);
  if (!target.ok) return refused(target, isPretty);
  if ('kubelet' in target.value) {
    const path = http.path.slice(prefix.length);
    return { type: 'answer', answer: kubeletAnswer(server, target.value.kubelet, path) };
  }
  const { node } = target.value;
  return { type: 'proxy', node, request: passedOn(http, target.value, prefix), isPretty };
}

function atPath(
  handling: Handling,
  { parts, query }: Extract<WireRequest, { type: 'path' }>,
  { call, server, isPretty }: Asked,
): Handled {
  const answer = documentsAt(handling.metrics, { server, parts, accept: acceptOf(call) });
  if (answer !== undefined) return { type: 'answer', answer };
  const media = negotiate(acceptOf(call), { isObject: false, isDiscovery: isAggregated(parts) });
  const isText = isOfHealth(parts);
  if (media === undefined && !isText) return refused(notAcceptable(OFFERED), isPretty);
  const found = answerPath(server, parts, { media: media ?? { format: 'json' }, query });
  if (found === undefined) return refused(unknownResource(), isPretty);
  if ('answer' in found) return { type: 'answer', answer: found.answer };
  const encoding = { media: media ?? { format: 'json' as const }, isPretty };
  return { type: 'answer', answer: documentAnswer(200, found.document, encoding) };
}

function isAggregated(parts: readonly string[]): boolean {
  return parts.length === 1 && (parts[0] === 'api' || parts[0] === 'apis');
}

async function write(
  handling: Handling,
  request: WriteCall,
  { call, server, asking, isPretty, showing }: Asked & { readonly showing: Showing },
): Promise<Handled> {
  const prepared = prepareWrite(server, asking, request);
  if (!prepared.ok) return refused(prepared, isPretty);
  const wasThere = isThere(server, request);
  const response =
    prepared.value.answered ?? (await handling.live.ask(askedBy(call, prepared.value.request)));
  if (!response.ok) return response.status.code === 0 ? { type: 'silence' } : refused(response, isPretty);
  const after = serverNow(handling) ?? server;
  const { code, document, warnings } = answerWrite(request, { server: after, wasThere, response }, showing);
  const encoding = { media: showing.media, isPretty };
  return { type: 'answer', answer: documentAnswer(code, document, encoding, warnings) };
}

/** Who asks, as it says itself: kubectl names its command, and gives each run of itself a number. */
function askedBy(call: HttpCall, request: Parameters<LiveCluster['ask']>[0]['request']) {
  const [command, session] = [headerOf(call, 'kubectl-command'), headerOf(call, 'kubectl-session')];
  return {
    client: clientOf(call),
    request,
    ...(command !== '' && { command: command.slice(0, 100) }),
    ...(session !== '' && { session: session.slice(0, 100) }),
  };
}

/** The program's name, of what it says of itself. */
export function clientOf(call: HttpCall): string {
  const name = /^[\w.+-]{1,60}/.exec(headerOf(call, 'user-agent'))?.[0];
  return name ?? 'unknown';
}
