import { drawWhole } from '../../../kernel/chance/draw.ts';
import type { Millis } from '../../../kernel/time/millis.ts';
import type { Doing } from '../../contract/doing.ts';
import type { NetworkAnswer, NetworkRequest } from '../../contract/network-request.ts';
import { lateOnWay } from '../../world/late-on-way.ts';
import { isCut, type PathParty, wayBetween } from '../../world/way-between.ts';
import { bridgeAddress } from '../addresses.ts';
import type { PodContext } from '../pod-worker/pod-context.ts';
import { answerCall } from './answer-call.ts';

interface CallBase {
  readonly host: string;
  readonly port: number;
  /** Absent for a caller who waits as long as it takes. */
  readonly timeoutMs?: number | undefined;
}

export type Call = CallBase &
  (
    | { readonly kind: 'tcp' }
    | { readonly kind: 'grpc'; readonly service: string }
    | {
        readonly kind: 'http';
        readonly path: string;
        readonly headers: Readonly<Record<string, string>>;
        readonly isSecure: boolean;
      }
  );

export interface CallAnswer {
  /**
   * `unreached`: nobody takes the connection. `silent`: somebody does, and says nothing. A gRPC answer is its
   * health status.
   */
  readonly kind: 'connected' | 'http' | 'grpc' | 'unreached' | 'silent';
  /** Until the answer, or the error, is there. */
  readonly afterMs: Millis;
  /** Of HTTP. */
  readonly status?: number;
  readonly body?: string;
  readonly health?: string;
  readonly error?: 'connect: connection refused' | 'i/o timeout' | 'EOF';
}

/**
 * How long a caller waits who has not said how long (http.Client of lifecycle hooks: until the connection is
 * dead).
 */
const PATIENCE = 127_000;

/** A call from the kubelet to one of the containers of a pod. */
export function* callPod(context: PodContext, call: Call): Doing<CallAnswer> {
  const { view, now, node, key, machine, worker } = context;
  const { host, port, timeoutMs = PATIENCE } = call;
  const isLocal = host === machine.ip || host === 'localhost' || host.startsWith('127.');
  if (!isLocal && host !== worker.seen.ip)
    return { kind: 'unreached', error: 'i/o timeout', afterMs: timeoutMs };
  const way = isLocal ? undefined : wayBetween(view.rows, { node }, { node, pod: podParty(context) });
  if (way && isCut(way)) return { kind: 'unreached', error: 'i/o timeout', afterMs: timeoutMs };
  const place = isLocal ? { node } : { node, pod: key };
  const { answer, afterMs } = yield* answerCall(view, {
    address: host,
    port,
    client: isLocal ? machine.ip : bridgeAddress(machine),
    request: requestOf(call),
    now,
    ...place,
  });
  // Nothing leaves the machine.
  const [low, high] = isLocal ? [0, 0] : view.settings.latencies.network;
  const identity = ['call', key, port, now];
  const late = way && lateOnWay(way, view.chance, { identity, isOpen: false });
  const lateMs = late ? late.thereMs + late.backMs : 0;
  const took = afterMs + lateMs + drawWhole(view.chance, low, high, 'call', key, port, now);
  return took < timeoutMs
    ? answerOf(answer, took)
    : { kind: 'silent', error: 'i/o timeout', afterMs: timeoutMs };
}

function podParty({ view, key, pod }: PodContext): NonNullable<PathParty['pod']> {
  const labels = view.rows.row('podLabels', key)?.labels ?? pod.metadata.labels ?? {};
  return { namespace: pod.metadata.namespace ?? '', labels };
}

function requestOf(call: Call): NetworkRequest {
  const { host, port } = call;
  if (call.kind === 'tcp') return { protocol: 'tcp', host, port };
  if (call.kind === 'grpc') return { protocol: 'grpc', host, port, service: call.service };
  const { path, headers, isSecure } = call;
  return { protocol: 'http', method: 'GET', host, port, path, headers, ...(isSecure && { secure: true }) };
}

function answerOf(answer: NetworkAnswer, afterMs: Millis): CallAnswer {
  switch (answer.kind) {
    case 'http':
      return { kind: 'http', status: answer.status, body: answer.body, afterMs };
    // A probe at a proxy's own port is for no host that it knows.
    case 'forwarded':
      return { kind: 'http', status: 404, body: '', afterMs };
    case 'grpc':
      return { kind: 'grpc', health: answer.health, afterMs };
    case 'reset':
      return { kind: 'unreached', error: 'EOF', afterMs };
    case 'connected':
      return { kind: 'connected', afterMs };
    default:
      return { kind: 'unreached', error: 'connect: connection refused', afterMs };
  }
}
