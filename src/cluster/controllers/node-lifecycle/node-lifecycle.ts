import type { Millis } from '../../../kernel/time/millis.ts';
import type { Component, Reaction, View, Wake } from '../../contract/component.ts';
import { derived } from '../../objects/derived.ts';
import type { Node } from '../../objects/kubernetes.ts';
import { storageKey } from '../../objects/storage-key.ts';
import { countNode, isCountedWrong } from './count-nodes.ts';
import { evictByTaint, isTaintDue } from './evict-by-taint.ts';
import { hasItsTaints, syncNoScheduleTaints } from './no-schedule-taints.ts';
import {
  isSilent,
  isToldAgain,
  markPodsNotReady,
  markUnknown,
  monitorTick,
  readyStatus,
  silentFrom,
} from './node-health.ts';

const ACTOR = 'node-controller';

/**
 * Watches over the nodes (nodelifecycle/node_lifecycle_controller.go): it taints them as their conditions
 * are, says of those that fell silent that it does not know about them, and sees to it that their pods go.
 */
export const nodeLifecycleController: Component = {
  name: ACTOR,
  watches: ['nodes', 'pods', 'leases.coordination.k8s.io'],
  assumes: true,
  // Leases only say that a node is there: when one has not been renewed for long, it is looked at.
  deliveriesOf: ({ resource, key }) => [resource === 'nodes' ? { actor: ACTOR, key } : { actor: ACTOR }],
  *addresses({ objects, rows }) {
    const names = objects.list<Node>('nodes').map(({ metadata }) => metadata.name ?? '');
    const machines = rows.rowsBy('machines', 'all', '').map(({ node }) => node);
    for (const name of new Set([...names, ...machines]))
      yield { actor: ACTOR, key: storageKey({ resource: 'nodes', name }) };
  },
  reconcile: (view, { key }, now) => watchOver(view, key, now),
  wake: (view, { key }, from) => nextLook(view, key, from),
};

function* watchOver(view: View, key: string, now: Millis): Reaction {
  const node = view.objects.byKey<Node>(key);
  const isTick = monitorTick(view, now) === now;
  const own = { actor: ACTOR, key };
  if (isTick && isCountedWrong(view, own)) yield* countNode(view, own, now);
  if (!node) return;
  if (isTick && isSilent(view, node, now)) {
    yield* markUnknown(view, node, now);
    return;
  }
  if (isWell(node)) return;
  if (isTick && isToldAgain(view, node)) yield* markPodsNotReady(view, node.metadata.name ?? '', now);
  const tainted = yield* syncNoScheduleTaints(view, node, now);
  yield* evictByTaint(view, tainted, { now, isTick });
}

/** A node of which nothing need be said while it goes on giving signs of life, as nearly all are. */
const isWell = derived(
  (node: Node): boolean => readyStatus(node) === 'True' && hasItsTaints(node) && !isTaintDue(node),
);

/** The next pass of the monitor that may have something to do at the node. */
function nextLook(view: View, key: string, from: Millis): Wake | undefined {
  const node = view.objects.byKey<Node>(key);
  const cause = view.objects.changedAt(key) ?? null;
  if (isCountedWrong(view, { actor: ACTOR, key })) return { at: monitorTick(view, from), cause };
  if (!node) return undefined;
  if (!isWell(node)) {
    if (isTaintDue(node) || isToldAgain(view, node)) return { at: monitorTick(view, from), cause };
    if (readyStatus(node) === 'Unknown') return undefined;
  }
  const since = silentFrom(view, node);
  return { at: monitorTick(view, Math.max(from, since)), cause };
}
