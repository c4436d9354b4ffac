import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { badRequest } from '../../cluster/apiserver/refusal.ts';
import { containerNamed } from '../../cluster/clients/kubectl/pods/pod-containers.ts';
import type { Refused } from '../../cluster/contract/response.ts';
import { containerOf, reachedNode } from '../../cluster/wire/exec-target.ts';
import { type ConnectCall, podOf } from '../../cluster/wire/pod-log.ts';
import { refusalAnswer } from '../../cluster/wire/wire-answer.ts';
import { noCluster, tooManyClients } from '../../cluster/wire/wire-refusal.ts';
import type { Clusters } from '../live/clusters.ts';
import type { LiveCluster } from '../live/live-cluster.ts';
import { clientOf, type Handled, type Handling, handleCall, serverNow } from './handle-call.ts';
import type { Limits } from './limits.ts';
import { callOf } from './read-request.ts';
import { attachToContainer } from './streams/attach-to-container.ts';
import type { Ends } from './streams/channels.ts';
import { forwardOverSpdy, forwardOverWebsocket } from './streams/forward-ports.ts';
import { type Running, runProgram } from './streams/run-program.ts';
import { spdyChannels } from './streams/upgrade-spdy.ts';
import { websocketChannels } from './streams/upgrade-websocket.ts';

export interface Upgrading {
  readonly request: IncomingMessage;
  readonly socket: Duplex;
  readonly head: Buffer;
}

/** What a server has, as far as those who go over to another protocol need it. */
export interface Upgradable {
  readonly options: Pick<Handling, 'users'> & {
    readonly clusters: Clusters;
    readonly metrics: (live: LiveCluster) => string;
  };
  readonly limits: Limits;
  readonly streams: { open: number };
}

/**
 * A request that goes over to SPDY or to a websocket: exec, attach, port-forward. What may not be is answered
 * before anything has gone over.
 */
export async function upgrade({ options, limits, streams }: Upgradable, upgrading: Upgrading): Promise<void> {
  const { request, socket } = upgrading;
  socket.on('error', () => socket.destroy());
  const call = callOf(request);
  const found = options.clusters.find(call.path);
  if ('problem' in found) {
    answer(socket, noCluster(found.problem));
    return;
  }
  const { live, clock, moment } = found.served;
  const handling: Handling = { live, users: options.users, metrics: () => options.metrics(live) };
  const handled = await handleCall(handling, { ...call, path: found.path });
  if (handled.type === 'silence') socket.destroy();
  else if (handled.type !== 'connect') refuse(socket, handled);
  else if (moment) answer(socket, badRequest('the past can only be read'));
  else if (streams.open >= limits.streams)
    answer(socket, tooManyClients('too many requests, please try again later'));
  else {
    const client = clientOf(call);
    const waiting = clock.waits(client, 'one');
    streams.open += 1;
    try {
      const going = { connect: handled.call, client, told: () => waiting.told() };
      const refusal = await goOver(handling, upgrading, going);
      if (refusal) answer(socket, refusal);
    } catch {
      socket.destroy();
    } finally {
      streams.open -= 1;
      waiting.end();
    }
  }
}

interface Going {
  readonly connect: ConnectCall;
  readonly client: string;
  readonly told: () => void;
}

async function goOver(
  handling: Handling,
  upgrading: Upgrading,
  { connect, client, told }: Going,
): Promise<Refused | undefined> {
  const server = serverNow(handling);
  const { place, query } = connect;
  const { live } = handling;
  if (!server) return badRequest('there is no server');
  const isWebsocket = /websocket/i.test(upgrading.request.headers.upgrade ?? '');
  if (place.subresource === 'portforward') {
    const pod = podOf(server, connect);
    if (!pod.ok) return pod;
    const node = reachedNode(server, pod.value);
    if (!node.ok) return node;
    const { namespace = '', name = '', uid = '' } = pod.value.metadata;
    const forwarding = { live, client, node: node.value, pod: `${namespace}/${name}/${uid}`, name };
    return await forward(forwarding, upgrading, { isWebsocket, ports: portsIn(query.all('ports')) });
  }
  const row = containerOf(server, connect);
  if (!row.ok) return row;
  const argv = query.all('command');
  const isExec = place.subresource === 'exec';
  if (isExec && argv.length === 0) return badRequest('you must specify at least 1 command for the container');
  const tty = query.bool('tty');
  const ends: Ends = {
    stdin: query.bool('stdin'),
    stdout: query.bool('stdout'),
    stderr: query.bool('stderr'),
    tty,
  };
  if (!ends.stdin && !ends.stdout && !ends.stderr)
    return badRequest('you must specify at least one of stdin, stdout, stderr');
  const { request, socket, head } = upgrading;
  const channels = isWebsocket
    ? await websocketChannels(request, socket, { head, ends })
    : await spdyChannels(request, socket, ends);
  if (!channels) {
    socket.destroy();
    return undefined;
  }
  const isTranslated = isWebsocket && server.version.minor >= 30;
  const running: Running = { live, client, ends, told, isTranslated };
  if (isExec) await runProgram(running, { row: row.value, argv }, channels);
  else {
    const pod = podOf(server, connect);
    const container = pod.ok ? containerNamed(pod.value, row.value.name) : undefined;
    await attachToContainer(running, { row: row.value, container }, channels);
  }
  return undefined;
}

function portsIn(values: readonly string[]): readonly number[] {
  return values.flatMap((text) => text.split(',')).map(Number);
}

async function forward(
  forwarding: Parameters<typeof forwardOverSpdy>[0],
  { request, socket, head }: Upgrading,
  { isWebsocket, ports }: { readonly isWebsocket: boolean; readonly ports: readonly number[] },
): Promise<Refused | undefined> {
  if (isWebsocket) {
    if (ports.some((port) => !Number.isInteger(port) || port < 1 || port > 65_535))
      return badRequest('query parameter "ports" is not a list of ports');
    await forwardOverWebsocket(forwarding, request, { socket, head, ports });
    return undefined;
  }
  const isAgreed = await forwardOverSpdy(forwarding, request, socket);
  return isAgreed ? undefined : badRequest('unable to upgrade: no protocol is spoken by both');
}

function answer(socket: Duplex, refusal: Refused): void {
  refuse(socket, { type: 'answer', answer: refusalAnswer(refusal) });
}

/** What is not gone over to is answered as any request, and the connection ends. */
function refuse(socket: Duplex, handled: Exclude<Handled, { type: 'connect' | 'silence' }>): void {
  const told =
    handled.type === 'answer'
      ? handled.answer
      : refusalAnswer(badRequest('this request is none that goes over to another protocol'));
  const body = typeof told.body === 'string' ? Buffer.from(told.body) : Buffer.from(told.body);
  const head = [
    `HTTP/1.1 ${told.code} ${told.code < 400 ? 'OK' : 'Refused'}`,
    `Content-Type: ${String(told.headers['content-type'] ?? 'application/json')}`,
    `Content-Length: ${body.length}`,
    'Connection: close',
    '',
    '',
  ];
  socket.end(Buffer.concat([Buffer.from(head.join('\r\n')), body]));
}
