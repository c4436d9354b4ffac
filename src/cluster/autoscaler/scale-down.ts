import { MINUTE, type Millis, SECOND } from '../../kernel/time/millis.ts';
import type { Reaction, View } from '../contract/component.ts';
import type { AutoscalerSettings } from '../contract/settings.ts';
import { evictionOf } from '../objects/eviction.ts';
import type { Node, Pod } from '../objects/kubernetes.ts';
import type { NodeInfo } from '../scheduler/nodes/node-info.ts';
import { nodeInfos } from '../scheduler/nodes/snapshot.ts';
import { tell } from './autoscaler-events.ts';
import {
  deletionBegan,
  isBeingDeleted,
  markToBeDeleted,
  markUnneeded,
  unmark,
  unneededSince,
} from './deletion-taints.ts';
import { goesWithNode } from './movable-pods.ts';
import { type Group, lastAddedAt, nodeOfMachine } from './node-groups.ts';
import { isEmpty, unneededNodes } from './unneeded-nodes.ts';

/** --max-empty-bulk-delete, --max-drain-parallelism */
const MOST_EMPTY = 10;
const MOST_DRAINED = 1;

/** --node-delete-delay-after-taint */
const AFTER_TAINT_MS = 5 * SECOND;
/** How long evictions are tried (core/scaledown/actuation/drain.go DefaultPodEvictionTime), and how often. */
const EVICTION_MS = 2 * MINUTE;
const RETRY_MS = 10 * SECOND;

interface Scaling {
  readonly groups: readonly Group[];
  readonly settings: AutoscalerSettings;
}

/**
 * Keeps account of nodes that nobody needs, and begins to delete those that nobody needed for long enough.
 */
export function* scaleDown(view: View, scaling: Scaling, now: Millis): Reaction {
  const { groups, settings } = scaling;
  const unneeded = unneededNodes(view, scaling);
  const marked: Node[] = [];
  for (const { node } of nodeInfos(view.objects)) {
    if (isBeingDeleted(node)) continue;
    const since = unneededSince(view, node);
    const isUnneeded = unneeded.includes(node);
    if (isUnneeded && since === undefined) yield* markUnneeded(view, node, now);
    else if (!isUnneeded && since !== undefined) yield* unmark(node);
    else if (since !== undefined && now - since >= settings.unneededMs) marked.push(node);
  }
  const added = lastAddedAt(groups);
  if (added !== undefined && now - added < settings.delayAfterAddMs) return;
  for (const node of chosenOf(view, groups, marked)) yield* beginDeletion(view, node, now);
}

/** As many as may go at once, and no more than their groups can spare. */
function chosenOf(view: View, groups: readonly Group[], marked: readonly Node[]): readonly Node[] {
  const infos = nodeInfos(view.objects);
  const spare = new Map(
    groups.map(({ settings, machines }) => [settings.name, machines.length - settings.min]),
  );
  const going = nodesBeingDeleted(view).length;
  const empty = infos
    .filter((info) => marked.includes(info.node) && isEmpty(info))
    .slice(0, MOST_EMPTY - going);
  const drained = infos.filter((info) => marked.includes(info.node) && !isEmpty(info));
  const wanted = empty.length > 0 ? empty : drained.slice(0, Math.max(0, MOST_DRAINED - going));
  return wanted.flatMap(({ name, node }) => {
    const group = groups.find(({ machines }) => machines.some((machine) => machine.node === name));
    const left = spare.get(group?.settings.name ?? '') ?? 0;
    if (left <= 0 || group === undefined) return [];
    spare.set(group.settings.name, left - 1);
    return [node];
  });
}

function* beginDeletion(view: View, node: Node, now: Millis): Reaction {
  yield* markToBeDeleted(view, node, now);
  const message = 'marked the node as toBeDeleted/unschedulable';
  yield* tell(view, node, { reason: 'ScaleDown', message }, now);
  yield* evict(view, leaving(view, node), now);
}

/** Goes on with the nodes that are being deleted: once they are empty their machines are given back. */
export function* finishDeletions(view: View, { groups }: Scaling, now: Millis): Reaction {
  for (const machine of groups.flatMap(({ machines }) => machines)) {
    const node = nodeOfMachine(view, machine);
    const began = node && deletionBegan(view, node);
    if (node === undefined || began === undefined || now < began + AFTER_TAINT_MS) continue;
    const pods = leaving(view, node);
    if (pods.length === 0) {
      yield { type: 'MachineRemoved', node: machine.node };
      yield* tell(view, node, { reason: 'ScaleDown', message: 'node removed by cluster autoscaler' }, now);
    } else if (now >= began + EVICTION_MS && pods.some(({ metadata }) => !metadata.deletionTimestamp)) {
      yield* unmark(node);
      const message = 'failed to drain the node, aborting ScaleDown';
      yield* tell(view, node, { reason: 'ScaleDownFailed', message, type: 'Warning' }, now);
    } else if ((now - began) % RETRY_MS < AFTER_TAINT_MS) yield* evict(view, pods, now);
  }
}

export function nodesBeingDeleted({ objects }: View): readonly NodeInfo[] {
  return nodeInfos(objects).filter(({ node }) => isBeingDeleted(node));
}

/** The earliest time from one on at which deletions go on; undefined while there are none. */
export function nextDeletionLook(view: View, from: Millis): Millis | undefined {
  return nodesBeingDeleted(view).length > 0 ? Math.ceil(from / AFTER_TAINT_MS) * AFTER_TAINT_MS : undefined;
}

function leaving({ objects }: View, { metadata }: Node): readonly Pod[] {
  const pods = objects.listBy<Pod>('node', metadata.name ?? '');
  return pods.filter((pod) => !goesWithNode(pod));
}

function* evict(view: View, pods: readonly Pod[], now: Millis): Reaction {
  for (const pod of pods) {
    const { name = '', namespace = '', deletionTimestamp } = pod.metadata;
    if (deletionTimestamp) continue;
    const object = evictionOf({ name, namespace }, view.settings.version);
    const answer = yield {
      verb: 'create',
      resource: 'pods',
      namespace,
      name,
      subresource: 'eviction',
      object,
    };
    if (answer.ok)
      yield* tell(view, pod, { reason: 'ScaleDown', message: 'deleting pod for node scale down' }, now);
  }
}
