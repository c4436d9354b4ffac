import type { Millis } from '../../kernel/time/millis.ts';
import type { View } from '../contract/component.ts';
import type { Doing } from '../contract/doing.ts';
import type { PacedClientName, QueuedRequest } from '../contract/machine-rows.ts';
import { inVersion, type KubeVersion, type Since } from '../objects/versions.ts';

/**
 * How fast a kubelet may make requests: one in so many milliseconds, and so many at once after a pause.
 * Kubelet: kubeAPIQPS 5 and burst 10, eventRecordQPS 5 and burst 10; since 1.27 ten times that, which nothing
 * here comes near.
 */
const PACE: Since<{ readonly everyMs: Millis; readonly burst: number } | undefined> = [
  [20, { everyMs: 200, burst: 10 }],
  [27, undefined],
];

export function isPaced(version: KubeVersion): boolean {
  return inVersion(PACE, version) !== undefined;
}

interface Client {
  readonly view: View;
  readonly node: string;
  readonly client: PacedClientName;
  /** How many requests it takes. */
  readonly count: number;
}

/** When requests may be made next, by what was made before. */
export function mayGoAt({ view, node, client, count }: Client): Millis {
  const pace = inVersion(PACE, view.settings.version);
  const paidUntil = view.rows.row('pacedClients', `${node}/${client}`)?.paidUntil ?? 0;
  return pace ? paidUntil + (count - pace.burst) * pace.everyMs : 0;
}

/** Makes room for requests now; false if they have to wait: then `later` is queued, unless it is already. */
export function* takeTurn(of: Client, later: QueuedRequest, now: Millis): Doing<boolean> {
  const { view, node, client } = of;
  if (!isPaced(view.settings.version)) return true;
  const queue = queueOf(of);
  if (queue.length === 0 && mayGoAt(of) <= now) {
    yield* pay(of, now);
    return true;
  }
  const isQueued = 'pod' in later && queue.some((other) => 'pod' in other && other.pod === later.pod);
  if (!isQueued) yield { type: 'RequestQueued', node, client, queued: later };
  return false;
}

/** Takes the first request off the queue if its time has come. */
export function* nextTurn(of: Client, now: Millis): Doing<QueuedRequest | undefined> {
  const [first] = queueOf(of);
  if (!first || mayGoAt(of) > now) return undefined;
  yield { type: 'RequestUnqueued', node: of.node, client: of.client };
  yield* pay(of, now);
  return first;
}

export function queueOf({
  view,
  node,
  client,
}: Pick<Client, 'view' | 'node' | 'client'>): readonly QueuedRequest[] {
  return view.rows.row('pacedClients', `${node}/${client}`)?.queue ?? [];
}

function* pay({ view, node, client, count }: Client, now: Millis): Doing<void> {
  const everyMs = inVersion(PACE, view.settings.version)?.everyMs ?? 0;
  const paidUntil = view.rows.row('pacedClients', `${node}/${client}`)?.paidUntil ?? 0;
  yield { type: 'RequestPaced', node, client, paidUntil: Math.max(paidUntil, now) + count * everyMs };
}
