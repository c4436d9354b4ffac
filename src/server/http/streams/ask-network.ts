import { randomUUID } from 'node:crypto';
import type { NetworkCall } from '../../../cluster/contract/connection-row.ts';
import type { HttpRequest, NetworkAnswer, TcpRequest } from '../../../cluster/contract/network-request.ts';
import type { LiveCluster } from '../../live/live-cluster.ts';

/** From within which pod's network something is asked. */
export interface Asking {
  readonly live: LiveCluster;
  readonly client: string;
  readonly node: string;
  /** `namespace/name/uid`; absent for the machine's own network. */
  readonly pod?: string;
  /** Whoever asks goes. */
  readonly signal?: AbortSignal;
}

/** Asks in a pod's own network, as whoever forwards its ports does; undefined where nobody waits any more. */
export async function askNetwork(
  { live, client, node, pod, signal }: Asking,
  request: HttpRequest | TcpRequest,
): Promise<NetworkAnswer | undefined> {
  const connection = `client/${randomUUID()}`;
  const call: NetworkCall = request;
  await live.tell({
    client,
    facts: [{ type: 'RequestSent', connection, request: '0', node, ...(pod && { pod }), call }],
  });
  const answerNow = (): NetworkAnswer | undefined => {
    const { store, seq } = live.world();
    const row = store.tables.connections.read(connection, seq);
    return row?.answer && (row.answeredAt ?? 0) <= live.now() ? (row.answer as NetworkAnswer) : undefined;
  };
  const answer = await new Promise<NetworkAnswer | undefined>((resolve) => {
    const look = (): void => {
      const found = answerNow();
      if (found === undefined && !signal?.aborted) return;
      stop();
      clearInterval(looking);
      resolve(found);
    };
    const stop = live.subscribe(look);
    // An answer that is on its way is there at a time at which nothing else may happen.
    const looking = setInterval(look, LOOKS_MS);
    look();
  });
  await live.tell({ client, facts: [{ type: 'ConnectionClosed', connection }] });
  return answer;
}

const LOOKS_MS = 20;
