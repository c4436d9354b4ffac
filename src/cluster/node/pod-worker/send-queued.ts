import type { Millis } from '../../../kernel/time/millis.ts';
import type { Reaction, View, Wake } from '../../contract/component.ts';
import type { PacedClientName } from '../../contract/machine-rows.ts';
import { mayGoAt, nextTurn, queueOf } from '../paced-client.ts';
import { contextOfPod } from './context-of-pod.ts';
import { STATUS_REQUESTS, sendStatus } from './publish-status.ts';

const COUNT: Readonly<Record<PacedClientName, number>> = { statuses: STATUS_REQUESTS, events: 1 };

/** Makes the requests that had to wait, one after another as the pace allows. */
export function* sendQueued(
  view: View,
  node: string,
  { client, now }: { client: PacedClientName; now: Millis },
): Reaction {
  if (!view.rows.row('machines', node)?.kubelet.running) return;
  const of = { view, node, client, count: COUNT[client] };
  for (let queued = yield* nextTurn(of, now); queued; queued = yield* nextTurn(of, now)) {
    if ('request' in queued) yield queued.request;
    else {
      const context = contextOfPod(view, node, queued.pod, now);
      if (context) yield* sendStatus(context);
    }
  }
}

export function queuedWake(view: View, node: string, client: PacedClientName): Wake | undefined {
  const of = { view, node, client, count: COUNT[client] };
  if (queueOf(of).length === 0) return undefined;
  return { at: mayGoAt(of), cause: view.rows.changedAt('pacedClients', `${node}/${client}`) };
}
