import { drawWhole } from '../../kernel/chance/draw.ts';
import type { Entry } from '../../kernel/log/entry.ts';
import type { Millis } from '../../kernel/time/millis.ts';
import type { Address, Component, Reaction, View, Wake } from '../contract/component.ts';
import type { ConnectionRow } from '../contract/connection-row.ts';
import type { Event } from '../contract/event.ts';
import { isEqualJson } from '../objects/json.ts';
import { areInTouch } from '../world/reach.ts';
import { SYN_TRIES_MS } from '../world/syn-tries.ts';
import { isCut } from '../world/way-between.ts';
import { keepAnswers } from './dns/ask-name.ts';
import { changesReach, REACH_CHANGES, RESOLVED_BY } from './proxy/destinations-of.ts';
import { originOf, questionsOf, routeOf, wayOf } from './route-of.ts';

const NAME = 'network';

/**
 * Carries requests from programs to the pods that they are for; a look is at one request, by its ID. What it
 * knows of the API's objects is what the cluster's name service knows.
 */
export const network: Component = {
  name: NAME,
  watches: RESOLVED_BY,
  deliveriesOf: () => [{ actor: NAME }],
  concernedBy: ['RequestSent', ...REACH_CHANGES],
  *concernsOf({ event }: Entry<Event>, rows) {
    if (event.type === 'RequestSent') yield { actor: NAME, key: event.connection };
    if (!changesReach(event.type)) return;
    for (const { id } of rows.rowsBy('connections', 'all', '')) yield { actor: NAME, key: id };
  },
  *addresses({ rows }: View) {
    for (const { id } of rows.rowsBy('connections', 'all', '')) yield { actor: NAME, key: id };
  },
  reconcile,
  wake,
};

function* reconcile(view: View, { key }: Address, now: Millis): Reaction {
  const connection = view.rows.row('connections', key);
  if (!connection) return;
  if (isBroken(view, connection)) {
    const answer = { kind: 'timedOut', address: connection.target?.address ?? '' };
    const answeredAt = Math.max(now, connection.sentAt + (connection.call.timeoutMs ?? PATIENCE_MS));
    yield { type: 'RequestAnswered', connection: key, answer, answeredAt };
    return;
  }
  if (isSettled(connection) || arrival(view, connection) > now) return;
  yield* keepAnswers(view, questionsOf(view, connection, now), now);
  const route = routeOf(view, connection, now);
  if ('target' in route) {
    if (route.kept) yield route.kept;
    yield { type: 'RequestRouted', connection: key, target: route.target };
    return;
  }
  const { answer, silentMs, isAtHome, dropped, afterMs = latency(view, connection, 'back') } = route;
  if (dropped && !(connection.dropped && isEqualJson(connection.dropped, dropped))) {
    yield { type: 'RequestDropped', connection: key, dropped };
  }
  // Silence lasts as long as the one who asked is willing to wait.
  const since = isAtHome ? connection.sentAt : arrival(view, connection);
  const gaveUpAt = silentMs === undefined ? undefined : since + silentMs;
  const again = nextTry(view, connection, now + 1);
  if (gaveUpAt !== undefined && again !== undefined && again < gaveUpAt) return;
  yield { type: 'RequestAnswered', connection: key, answer, answeredAt: gaveUpAt ?? now + afterMs };
}

function nextTry(view: View, connection: ConnectionRow, from: Millis): Millis | undefined {
  const first = arrival(view, connection);
  const tryMs = SYN_TRIES_MS.find((ms) => first + ms >= from);
  return tryMs === undefined ? undefined : first + tryMs;
}

/** How long a program waits for an answer that does not say so itself. */
const PATIENCE_MS = 127_000;

/** Whether nothing can come back any more from whoever it is for. */
function isBroken({ rows }: View, connection: ConnectionRow): boolean {
  const { node, target, answer } = connection;
  if (target === undefined || answer !== undefined) return false;
  if (!areInTouch(rows, node, target.node)) return true;
  const way = wayOf(rows, originOf(connection), target);
  return way !== undefined && isCut(way);
}

function isSettled({ target, answer }: ConnectionRow): boolean {
  return target !== undefined || answer !== undefined;
}

function arrival(view: View, connection: ConnectionRow): Millis {
  return connection.sentAt + latency(view, connection, 'there');
}

function latency(view: View, { id }: ConnectionRow, way: 'there' | 'back'): Millis {
  const [low, high] = view.settings.latencies.network;
  return drawWhole(view.chance, low, high, 'network', way, id);
}

function wake(view: View, { key }: Address, from: Millis): Wake | undefined {
  const connection = view.rows.row('connections', key);
  if (!connection) return undefined;
  if (isBroken(view, connection)) return { at: from, cause: view.rows.changedAt('connections', key) };
  if (isSettled(connection)) return undefined;
  const at = nextTry(view, connection, from);
  return at === undefined ? undefined : { at, cause: view.rows.changedAt('connections', key) };
}
