import { type Millis, SECOND } from '../../kernel/time/millis.ts';
import type { Component, Reaction, View, Wake } from '../contract/component.ts';
import { isConditionTrue } from '../objects/conditions.ts';
import type { Node } from '../objects/kubernetes.ts';
import { storageKey } from '../objects/storage-key.ts';
import { record } from '../recorder/record.ts';

const ACTOR = 'cloud-node-lifecycle-controller';

/** --node-monitor-period */
const PERIOD_MS = 5 * SECOND;

/**
 * Asks the provider of machines about nodes that are not ready, and deletes those whose machine is gone
 * (cloud-provider: controllers/nodelifecycle/node_lifecycle_controller.go).
 */
export const cloudNodeLifecycleController: Component = {
  name: ACTOR,
  watches: ['nodes'],
  *deliveriesOf({ key }) {
    yield { actor: ACTOR, key };
  },
  concernedBy: ['MachineRemoved'],
  *concernsOf({ event }) {
    if (event.type === 'MachineRemoved') yield addressOf(event.node);
  },
  *addresses({ rows }) {
    for (const { node } of rows.rowsBy('machines', 'all', '')) yield addressOf(node);
  },
  reconcile: (view, { key }, now) => forget(view, key, now),
  wake: (view, { key }, from) => nextPass(view, key, from),
};

const addressOf = (name: string) => ({ actor: ACTOR, key: storageKey({ resource: 'nodes', name }) });

function* forget(view: View, key: string, now: Millis): Reaction {
  const node = goneNode(view, key);
  if (!node || now % PERIOD_MS !== 0) return;
  const { name = '' } = node.metadata;
  const message = `Deleting node ${name} because it does not exist in the cloud provider`;
  yield* record(
    view,
    { component: ACTOR, object: node, type: 'Normal', reason: 'DeletingNode', message },
    now,
  );
  yield { verb: 'delete', resource: 'nodes', name };
}

/** A node that nobody hears of any more, because its machine was given back. */
function goneNode({ objects, rows }: View, key: string): Node | undefined {
  const node = objects.byKey<Node>(key);
  const isReady = isConditionTrue(node?.status?.conditions, 'Ready');
  const isGone = rows.row('machines', node?.metadata.name ?? '')?.removed !== undefined;
  return node && isGone && !isReady ? node : undefined;
}

function nextPass(view: View, key: string, from: Millis): Wake | undefined {
  if (!goneNode(view, key)) return undefined;
  return { at: Math.ceil(from / PERIOD_MS) * PERIOD_MS, cause: view.objects.changedAt(key) ?? null };
}
