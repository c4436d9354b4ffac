import type { Millis } from '../../../kernel/time/millis.ts';
import { formatRfc3339 } from '../../../kernel/time/rfc3339.ts';
import type { View } from '../../contract/component.ts';
import type { Doing } from '../../contract/doing.ts';
import type { KubeObject } from '../../objects/kube-object.ts';
import { nodeOf } from '../node-object.ts';
import { settingsOfNode } from '../settings-of-node.ts';
import { changesOf, conditionsNow } from './node-conditions.ts';
import { tellNode, tellState } from './tell-node.ts';

/**
 * A kubelet that starts says so, and makes its machine a node of the cluster, if it is none. Kubelet:
 * kubelet_node_status.go registerWithAPIServer.
 */
export function* registerNode(view: View, node: string, now: Millis): Doing<boolean> {
  yield* tellNode(view, node, { reason: 'Starting', message: 'Starting kubelet.', now });
  const message = 'Updated Node Allocatable limit across pods';
  yield* tellNode(view, node, { reason: 'NodeAllocatableEnforced', message, now });
  const machine = view.rows.row('machines', node);
  const settings = settingsOfNode(view, node);
  if (!machine || !settings) return true;
  const time = formatRfc3339(view.settings.epochMs + now);
  const conditions = conditionsNow(view, machine, { before: [], time, now });
  for (const reason of changesOf([], conditions)) yield* tellState(view, node, reason, now);
  return yield* makeNode(view, node, now);
}

/** Whether the API server has the node now; one that can't be asked is asked again when it answers. */
export function* makeNode(view: View, node: string, now: Millis): Doing<boolean> {
  const machine = view.rows.row('machines', node);
  const settings = settingsOfNode(view, node);
  if (!machine || !settings) return true;
  const time = formatRfc3339(view.settings.epochMs + now);
  const conditions = conditionsNow(view, machine, { before: [], time, now });
  const got = yield { verb: 'get', resource: 'nodes', name: node };
  if (got.ok || got.status.code !== 404) return got.ok;
  const index = view.rows.rowsBy('machines', 'all', '').findIndex((each) => each.node === node);
  const object = nodeOf(settings, view.settings, { index, conditions }) as KubeObject;
  const made = yield { verb: 'create', resource: 'nodes', object };
  return made.ok;
}
