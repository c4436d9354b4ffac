import type { Millis } from '../../kernel/time/millis.ts';
import { formatRfc3339 } from '../../kernel/time/rfc3339.ts';
import type { Change } from '../contract/api-event.ts';
import type { Component, Delivery, Reaction, View } from '../contract/component.ts';
import type { ObjectReader } from '../contract/reader.ts';
import type { KubeObject } from '../objects/kube-object.ts';
import type { Pod } from '../objects/kubernetes.ts';
import { isTerminal } from '../objects/pod-phase.ts';
import { recordSeries } from '../recorder/record-series.ts';
import { chooseNode } from './choose-node.ts';
import type { Cycle } from './cycle.ts';
import { failureMessage, preFilterMessage } from './failure-message.ts';
import { claimNames, claimProblem } from './filters/volume-binding.ts';
import { nodeInfos } from './node-info.ts';

const ACTOR = 'scheduler';
const SCHEDULER_NAME = 'default-scheduler';

/**
 * Finds a node for every pod that has none. A look is at one pod; a change that may help (a node that
 * changes, a pod that leaves one) is a look at every pod that waits. What it bound it knows at once, as the
 * real one assumes.
 */
export const scheduler: Component = {
  name: ACTOR,
  watches: ['pods', 'nodes', 'persistentvolumeclaims', 'persistentvolumes'],
  assumes: true,
  deliveriesOf: (change, _rows, objects) => deliveriesOf(change, objects),
  reconcile: (view, { key }, now) => schedule(view, key, now),
};

function* deliveriesOf(change: Change, objects: ObjectReader): Generator<Delivery> {
  if (change.resource === 'pods' && isWaiting(change.object as Pod) && change.type !== 'DELETED') {
    yield isNews(change) ? { actor: ACTOR, key: change.key } : { actor: ACTOR };
    return;
  }
  yield { actor: ACTOR };
  if (!mayHelp(change)) return;
  for (const pod of objects.listBy<Pod>('node', '')) {
    if (isWaiting(pod) && concerns(change, pod))
      yield { actor: ACTOR, key: `/registry/pods/${pod.metadata.namespace}/${pod.metadata.name}` };
  }
}

function isWaiting(pod: Pod): boolean {
  return (
    !pod.spec.nodeName &&
    !isTerminal(pod) &&
    !pod.spec.schedulingGates?.length &&
    (pod.spec.schedulerName ?? SCHEDULER_NAME) === SCHEDULER_NAME
  );
}

/**
 * A pod that only got the scheduler's own verdict is not news (scheduler: eventhandlers.go, skipPodUpdate).
 */
function isNews({ before, object }: Change): boolean {
  return (
    !before || before.metadata.generation !== object.metadata.generation || specOf(before) !== specOf(object)
  );
}

function specOf(object: KubeObject): unknown {
  return (object as Pod).spec;
}

/**
 * Whether a pod that fitted nowhere may fit now: a node came or changed in what is filtered by, or a pod
 * went.
 */
function mayHelp({ type, resource, object, before }: Change): boolean {
  if (resource === 'persistentvolumeclaims') return type !== 'DELETED';
  if (resource === 'persistentvolumes') return type === 'ADDED';
  if (resource === 'pods')
    return type === 'DELETED' || (isTerminal(object as Pod) && !isTerminal(before as Pod));
  if (type !== 'MODIFIED' || !before) return type === 'ADDED';
  const [old, now] = [before, object] as {
    spec?: unknown;
    status?: { allocatable?: unknown };
    metadata: { labels?: unknown };
  }[];
  return (
    old?.spec !== now?.spec ||
    old?.metadata.labels !== now?.metadata.labels ||
    old?.status?.allocatable !== now?.status?.allocatable
  );
}

/** A claim helps those that have it, a new volume those that have claims. */
function concerns({ resource, object }: Change, pod: Pod): boolean {
  if (resource === 'persistentvolumes') return claimNames(pod).length > 0;
  if (resource !== 'persistentvolumeclaims') return true;
  const { namespace, name = '' } = object.metadata;
  return pod.metadata.namespace === namespace && claimNames(pod).includes(name);
}

function* schedule(view: View, key: string, now: Millis): Reaction {
  const pod = view.objects.byKey<Pod>(key);
  if (!pod || !isWaiting(pod)) return;
  const { settings, chance } = view;
  const { namespace = '', name = '' } = pod.metadata;
  const about = { component: SCHEDULER_NAME, object: pod as KubeObject };
  if (pod.metadata.deletionTimestamp !== undefined) {
    const note = `skip schedule deleting pod: ${namespace}/${name}`;
    yield* recordSeries(
      view,
      { ...about, type: 'Warning', reason: 'FailedScheduling', action: 'Scheduling', note },
      now,
    );
    return;
  }
  const { objects } = view;
  const cycle: Cycle = { pod, nodes: nodeInfos(objects), objects, version: settings.version };
  const problem = cycle.nodes.length === 0 ? undefined : claimProblem(cycle);
  const choice = problem === undefined ? chooseNode(cycle, chance) : { problem };
  if ('node' in choice) {
    const target = { apiVersion: 'v1', kind: 'Node', name: choice.node };
    const binding = { apiVersion: 'v1', kind: 'Binding', metadata: { name, namespace }, target };
    const bound = yield {
      verb: 'create',
      resource: 'pods',
      subresource: 'binding',
      namespace,
      name,
      object: binding,
    };
    if (!bound.ok) return;
    const note = `Successfully assigned ${namespace}/${name} to ${choice.node}`;
    yield* recordSeries(
      view,
      { ...about, type: 'Normal', reason: 'Scheduled', action: 'Binding', note },
      now,
    );
    return;
  }
  const note =
    'problem' in choice
      ? preFilterMessage(choice.problem, cycle.nodes.length, settings.version)
      : failureMessage(
          choice.refusals.map(({ refusal }) => refusal),
          settings.version,
        );
  yield* recordSeries(
    view,
    { ...about, type: 'Warning', reason: 'FailedScheduling', action: 'Scheduling', note },
    now,
  );
  yield* markUnschedulable(view, pod, { message: note, now });
}

function* markUnschedulable(
  view: View,
  pod: Pod,
  { message, now }: { message: string; now: Millis },
): Reaction {
  const before = pod.status?.conditions?.find(({ type }) => type === 'PodScheduled');
  if (before?.status === 'False' && before.message === message) return;
  const lastTransitionTime =
    before?.status === 'False' && before.lastTransitionTime
      ? before.lastTransitionTime
      : formatRfc3339(view.settings.epochMs + now);
  const condition = {
    type: 'PodScheduled',
    ...(pod.metadata.generation !== undefined && { observedGeneration: pod.metadata.generation }),
    status: 'False',
    lastProbeTime: null,
    lastTransitionTime,
    reason: 'Unschedulable',
    message,
  };
  const { namespace = '', name = '' } = pod.metadata;
  yield {
    verb: 'patch',
    resource: 'pods',
    subresource: 'status',
    namespace,
    name,
    patchType: 'strategic',
    patch: { status: { conditions: [condition] } },
  };
}
