import type { ClusterSettings } from '../../cluster/contract/settings.ts';
import type { TrafficSource } from '../../cluster/contract/traffic-rows.ts';
import type { JsonObject } from '../../cluster/objects/json.ts';
import type { TrafficCondition } from '../condition.ts';
import { describePattern } from '../matching/describe-pattern.ts';
import type { TrafficOrder } from '../scenario.ts';
import { millisOf } from './compile-duration.ts';
import type { TrafficDocument, TrafficFiguresDocument } from './schema/traffic-schema.ts';

const TIMEOUT_MS = 2000;
const WINDOW_MS = 1000;
const CONNECTIONS = 10;

/** What a client is told to do. */
export function compileTraffic(document: TrafficDocument, settings: ClusterSettings): TrafficOrder {
  const { client, to, rate } = document;
  if (document.stop || to === undefined || rate === undefined) return { client };
  const { method = 'GET', headers, timeout, keepAlive, window, jitter, versions = 'image' } = document;
  return {
    client,
    start: {
      url: to,
      rate,
      method,
      ...(headers && { headers }),
      from: sourceOf(document, settings),
      timeoutMs: timeout === undefined ? TIMEOUT_MS : millisOf(timeout),
      ...(keepAlive !== undefined && { connections: keepAlive === true ? CONNECTIONS : keepAlive }),
      windowMs: Math.max(1, window === undefined ? WINDOW_MS : millisOf(window)),
      ...(jitter && { jitter }),
      versionBy: versions,
    },
    ...(document.for !== undefined && { forMs: millisOf(document.for) }),
  };
}

function sourceOf(
  { from = 'inside' }: TrafficDocument,
  { nodes, namespace }: ClusterSettings,
): TrafficSource {
  if (from === 'outside') return { kind: 'outside' };
  if (from === 'inside') {
    const node = nodes.find(({ controlPlane }) => !controlPlane) ?? nodes[0];
    return { kind: 'inside', node: node?.name ?? '', namespace };
  }
  if ('node' in from) return { kind: 'node', node: from.node };
  return { kind: 'pod', namespace: from.namespace ?? namespace, name: from.pod };
}

/** What is expected of a client's requests, and that in one line. */
export function compileTrafficFigures(document: TrafficFiguresDocument): {
  readonly what: string;
  readonly condition: TrafficCondition;
} {
  const { client, since = 'start', last, ...figures } = document;
  const wanted = figures as JsonObject;
  const of = client === undefined ? 'traffic' : `traffic ${client}`;
  const when = since === 'step' ? ' in this step' : last === undefined ? '' : ` in the last ${last}`;
  return {
    what: `${of}${when}: ${describePattern(wanted)}`,
    condition: {
      of: 'traffic',
      ...(client !== undefined && { client }),
      since,
      ...(last !== undefined && { lastMs: millisOf(last) }),
      wanted,
    },
  };
}

/** What a step without words of its own is called. */
export function nameOfTraffic({ client, stop, to = '', rate = 0 }: TrafficDocument): string {
  return stop ? `traffic ${client} stops` : `traffic ${client}: ${rate} requests a second to ${to}`;
}
