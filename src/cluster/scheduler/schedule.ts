import type { Millis } from '../../kernel/time/millis.ts';
import { formatRfc3339 } from '../../kernel/time/rfc3339.ts';
import type { Reaction, View } from '../contract/component.ts';
import type { SchedulingEvent } from '../contract/scheduling-row.ts';
import type { KubeObject } from '../objects/kube-object.ts';
import type { Pod } from '../objects/kubernetes.ts';
import { recordSeries, type SeriesOccurrence } from '../recorder/record-series.ts';
import { chooseNode } from './choose-node.ts';
import type { Cycle } from './cycle.ts';
import { failureMessage, preFilterMessage } from './failure-message.ts';
import type { NodeRefusal } from './filter-nodes.ts';
import { claimProblem } from './filters/volume-binding.ts';
import { nodeInfos } from './node-info.ts';
import { makeRoom, statusPatch } from './preemption/make-room.ts';
import { preempt } from './preemption/preempt.ts';
import { SCHEDULER_NAME } from './waiting.ts';

interface Attempt {
  /** The pod's key in etcd. */
  readonly key: string;
  readonly now: Millis;
}

/** One attempt to find a node for a pod (scheduler: schedule_one.go). */
export function* schedule(view: View, pod: Pod, attempt: Attempt): Reaction {
  const { settings, chance, objects } = view;
  const { namespace = '', name = '' } = pod.metadata;
  if (pod.metadata.deletionTimestamp !== undefined) {
    const note = `skip schedule deleting pod: ${namespace}/${name}`;
    if (view.rows.row('scheduling', attempt.key)) yield { type: 'SchedulingForgotten', podKey: attempt.key };
    yield* tell(view, pod, { ...FAILED, note }, attempt.now);
    return;
  }
  const cycle: Cycle = { pod, nodes: nodeInfos(objects), objects, version: settings.version };
  const problem = cycle.nodes.length === 0 ? undefined : claimProblem(cycle);
  if (problem !== undefined) {
    yield failed(pod, attempt.key, ['VolumeBinding']);
    const note = preFilterMessage(problem, cycle.nodes.length, settings.version);
    yield* tell(view, pod, { ...FAILED, note }, attempt.now);
    yield* markUnschedulable(view, pod, { message: note, nominatedNodeName: undefined, now: attempt.now });
    return;
  }
  const choice = chooseNode(cycle, chance);
  if ('node' in choice) yield* bind(view, pod, choice.node, attempt);
  else yield* makeRoomOrWait(view, cycle, choice.refusals, attempt);
}

const FAILED = { type: 'Warning', reason: 'FailedScheduling', action: 'Scheduling' } as const;

function tell(
  view: View,
  pod: Pod,
  occurrence: Omit<SeriesOccurrence, 'component' | 'object'>,
  now: Millis,
): Reaction {
  return recordSeries(view, { component: SCHEDULER_NAME, object: pod as KubeObject, ...occurrence }, now);
}

function* bind(view: View, pod: Pod, node: string, { key, now }: Attempt): Reaction {
  const { namespace = '', name = '' } = pod.metadata;
  const target = { apiVersion: 'v1', kind: 'Node', name: node };
  const object = { apiVersion: 'v1', kind: 'Binding', metadata: { name, namespace }, target };
  const bound = yield { verb: 'create', resource: 'pods', subresource: 'binding', namespace, name, object };
  if (!bound.ok) {
    // A pod that is gone meanwhile is forgotten; with any other refusal it waits (handleBindingCycleError).
    if (bound.status.code !== 404) yield failed(pod, key, []);
    return;
  }
  if (view.rows.row('scheduling', key)) yield { type: 'SchedulingForgotten', podKey: key };
  const note = `Successfully assigned ${namespace}/${name} to ${node}`;
  yield* tell(view, pod, { type: 'Normal', reason: 'Scheduled', action: 'Binding', note }, now);
}

function failed({ metadata }: Pod, key: string, plugins: readonly string[]): SchedulingEvent {
  return { type: 'SchedulingFailed', podKey: key, uid: metadata.uid ?? '', plugins };
}

function* makeRoomOrWait(
  view: View,
  cycle: Cycle,
  refusals: readonly NodeRefusal[],
  { key, now }: Attempt,
): Reaction {
  const { pod, version } = cycle;
  yield failed(pod, key, [...new Set(refusals.map(({ plugin }) => plugin))]);
  const preemption = preempt(cycle, refusals, view.chance);
  const victims = 'victims' in preemption ? preemption.victims : undefined;
  const why = 'victims' in preemption ? undefined : preemption.why;
  const note = failureMessage(
    refusals.map(({ refusal }) => refusal),
    why,
    version,
  );
  const room = victims && { preemptor: pod, victims, scheduler: SCHEDULER_NAME };
  // Until asynchronous preemption (1.33) the victims went before a word was said.
  if (room && version.minor < 33) yield* makeRoom(view, room, now);
  yield* tell(view, pod, { ...FAILED, note }, now);
  const losesPromise = 'why' in preemption && !preemption.keepsPromise && pod.status?.nominatedNodeName;
  const nominatedNodeName = victims?.node ?? (losesPromise ? null : undefined);
  yield* markUnschedulable(view, pod, { message: note, nominatedNodeName, now });
  if (room && version.minor >= 33) yield* makeRoom(view, room, now);
}

interface Verdict {
  readonly message: string;
  /** The node that room is made on; null takes an earlier promise back. */
  readonly nominatedNodeName: string | null | undefined;
  readonly now: Millis;
}

function* markUnschedulable(view: View, pod: Pod, { message, nominatedNodeName, now }: Verdict): Reaction {
  const before = pod.status?.conditions?.find(({ type }) => type === 'PodScheduled');
  const isSaid = before?.status === 'False' && before.message === message;
  if (isSaid && nominatedNodeName === undefined) return;
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
  yield statusPatch(pod, {
    ...(nominatedNodeName !== undefined && { nominatedNodeName }),
    conditions: [condition],
  });
}
