import { drawWhole } from '../../../kernel/chance/draw.ts';
import type { Millis } from '../../../kernel/time/millis.ts';
import type { Reaction, View, Wake } from '../../contract/component.ts';
import type { NetworkRequest } from '../../contract/network-request.ts';
import { answerCall } from './answer-call.ts';

/** A request from another program has come to this machine: whoever listens answers it. */
export function* answerRequest(view: View, id: string, now: Millis): Reaction {
  const connection = view.rows.row('connections', id);
  if (!connection?.target || connection.answer || connection.taken) return;
  const { target } = connection;
  const request = connection.call as NetworkRequest;
  const { lateMs = 0 } = target;
  const { answer, afterMs, container = '' } = yield* answerCall(view, { ...target, request, now });
  if (answer.kind === 'forwarded') {
    yield { type: 'RequestTaken', connection: id, proxy: container };
    return;
  }
  const [low, high] = view.settings.latencies.network;
  const wayBack = drawWhole(view.chance, low, high, 'network', 'back', id);
  // Whoever asked a service sees the service's address alone.
  const seen = target.via !== undefined && 'address' in answer ? { ...answer, address: target.via } : answer;
  yield {
    type: 'RequestAnswered',
    connection: id,
    answer: seen,
    answeredAt: now + afterMs + wayBack + lateMs,
  };
}

export function answerWake(view: View, id: string, from: Millis): Wake | undefined {
  const connection = view.rows.row('connections', id);
  if (!connection?.target || connection.answer || connection.taken) return undefined;
  return { at: from, cause: view.rows.changedAt('connections', id) };
}
