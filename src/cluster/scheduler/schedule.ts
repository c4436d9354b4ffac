import type { Millis } from '../../kernel/time/millis.ts';
import { formatRfc3339 } from '../../kernel/time/rfc3339.ts';
import type { Reaction, View } from '../contract/component.ts';
import type { SchedulingEvent, SchedulingRow } from '../contract/scheduling-row.ts';
import type { KubeObject } from '../objects/kube-object.ts';
import type { Pod } from '../objects/kubernetes.ts';
import { recordSeries, type SeriesOccurrence } from '../recorder/record-series.ts';
import { type Attempt, attempt, nextStart, refusingPlugins } from './attempt.ts';
import type { Choice } from './choose-node.ts';
import { keepDevices } from './devices/keep-devices.ts';
import { messageOf, noteOf } from './failure-message.ts';
import type { Cycle, Profile } from './framework.ts';
import { makeRoom, statusPatch } from './preemption/make-room.ts';
import type { Preemption } from './preemption/preempt.ts';
import { openClaims, reserve, stateOfReserved } from './volumes/reserve.ts';

interface Turn {
  /** The pod's key in etcd. */
  readonly key: string;
  readonly now: Millis;
  readonly profile: Profile;
}

/** One attempt to find a node for a pod, and what follows from it (scheduler: schedule_one.go). */
export function* schedule(view: View, pod: Pod, turn: Turn): Reaction {
  const { namespace = '', name = '' } = pod.metadata;
  if (pod.metadata.deletionTimestamp !== undefined) {
    const note = `skip schedule deleting pod: ${namespace}/${name}`;
    if (view.rows.row('scheduling', turn.key)) yield { type: 'SchedulingForgotten', podKey: turn.key };
    yield* tell(view, pod, { ...FAILED, note }, turn);
    return;
  }
  const made = attempt(view, pod, turn.profile);
  const { outcome, cycle } = made;
  if ('problem' in outcome) {
    yield failed(pod, turn.key, [outcome.plugin]);
    const note = messageOf(made);
    yield* tell(view, pod, { ...FAILED, note: noteOf(note) }, turn);
    yield* markUnschedulable(view, pod, { message: note, nominatedNodeName: undefined, now: turn.now });
    return;
  }
  const { choice, preemption } = outcome;
  const next = nextStart(cycle, choice);
  if (next !== undefined) yield { type: 'NodesLookedAt', next };
  if (choice.node !== undefined) yield* bindOrReserve(view, pod, choice.node, turn);
  else yield* makeRoomOrWait(view, made, { choice, preemption, turn });
}

const FAILED = { type: 'Warning', reason: 'FailedScheduling', action: 'Scheduling' } as const;

function tell(
  view: View,
  pod: Pod,
  occurrence: Omit<SeriesOccurrence, 'component' | 'object'>,
  { profile, now }: Turn,
): Reaction {
  const component = profile.schedulerName;
  return recordSeries(view, { component, object: pod as KubeObject, ...occurrence }, now);
}

/** The claims of the pod come first, where they have no volumes yet. */
function* bindOrReserve(view: View, pod: Pod, node: string, turn: Turn): Reaction {
  const { key } = turn;
  if (openClaims(view, pod).length === 0) yield* bind(view, pod, node, turn);
  else if (!(yield* reserve(view, pod, { key, node }))) yield failed(pod, key, [VOLUMES]);
}

const VOLUMES = 'VolumeBinding';

/** A pod that has its node is bound when its claims are (scheduler: bindingCycle). */
export function* goOn(view: View, pod: Pod, row: SchedulingRow, turn: Turn): Reaction {
  const { key, now } = turn;
  const state = stateOfReserved(view, pod, row, now);
  if (state === 'ready') yield* bind(view, pod, row.reserved?.node ?? '', turn);
  if (state !== 'late') return;
  yield failed(pod, key, [VOLUMES]);
  const note = `running PreBind plugin "${VOLUMES}": binding volumes: context deadline exceeded`;
  yield* tell(view, pod, { ...FAILED, note }, turn);
}

function* bind(view: View, pod: Pod, node: string, turn: Turn): Reaction {
  const { key } = turn;
  const { namespace = '', name = '' } = pod.metadata;
  if (!(yield* keepDevices(view, pod, node))) {
    yield failed(pod, key, ['DynamicResources']);
    return;
  }
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
  yield* tell(view, pod, { type: 'Normal', reason: 'Scheduled', action: 'Binding', note }, turn);
}

function failed({ metadata }: Pod, key: string, plugins: readonly string[]): SchedulingEvent {
  return { type: 'SchedulingFailed', podKey: key, uid: metadata.uid ?? '', plugins };
}

interface InVain {
  readonly choice: Choice;
  readonly preemption: Preemption | undefined;
  readonly turn: Turn;
}

function* makeRoomOrWait(view: View, made: Attempt, { choice, preemption, turn }: InVain): Reaction {
  const { pod, version, profile }: Cycle = made.cycle;
  const { key, now } = turn;
  yield failed(pod, key, refusingPlugins(choice.refusals));
  const note = messageOf(made);
  const victims = preemption && 'victims' in preemption ? preemption.victims : undefined;
  const room = victims && { preemptor: pod, victims, scheduler: profile.schedulerName };
  // Until asynchronous preemption (1.33) the victims went before a word was said.
  if (room && version.minor < 33) yield* makeRoom(view, room, now);
  yield* tell(view, pod, { ...FAILED, note: noteOf(note) }, turn);
  const isLost = preemption && 'why' in preemption && !preemption.keepsPromise;
  const losesPromise = isLost && pod.status?.nominatedNodeName;
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
