import { type Chance, drawWhole } from '../../../kernel/chance/draw.ts';
import { settledPhase } from '../../../kernel/chance/outcomes.ts';
import { type Millis, SECOND } from '../../../kernel/time/millis.ts';
import { formatRfc3339, parseRfc3339 } from '../../../kernel/time/rfc3339.ts';
import type { Reaction, View } from '../../contract/component.ts';
import { findCondition, withCondition } from '../../objects/conditions.ts';
import { derived } from '../../objects/derived.ts';
import type { KubeObject } from '../../objects/kube-object.ts';
import type { Lease, Node, NodeCondition, Pod } from '../../objects/kubernetes.ts';
import { inVersion, type Since } from '../../objects/versions.ts';
import { record } from '../../recorder/record.ts';
import { atWorkSince } from '../../world/control-plane.ts';
import { syncNoScheduleTaints } from './no-schedule-taints.ts';

const COMPONENT = 'node-controller';

/** --node-monitor-period */
export const MONITOR_MS = 5 * SECOND;

/** --node-monitor-grace-period */
export const GRACE_MS: Since<Millis> = [
  [0, 40 * SECOND],
  [32, 50 * SECOND],
];

/** The first pass of the monitor at or after a time. */
export function monitorTick({ chance }: View, from: Millis): Millis {
  const phase = phaseOf(chance);
  return phase + Math.max(0, Math.ceil((from - phase) / MONITOR_MS)) * MONITOR_MS;
}

const phaseOf = derived(
  (chance: Chance) =>
    settledPhase(chance, MONITOR_MS, 'node monitor') ?? drawWhole(chance, 0, MONITOR_MS - 1, 'node monitor'),
);

/** `True`, `False` or `Unknown`. */
export function readyStatus({ status }: Node): string {
  return findCondition(status?.conditions, 'Ready')?.status ?? 'Unknown';
}

/**
 * From when on a node is silent: the grace period after the pass that saw its last sign of life, a renewed
 * lease or a report.
 */
export function silentFrom(view: View, node: Node): Millis {
  const { settings, objects } = view;
  const { name = '' } = node.metadata;
  const lease = objects.get<Lease>('leases.coordination.k8s.io', 'kube-node-lease', name);
  const heard = Math.max(reportedAt(node), lease ? renewedAt(lease) : 0);
  // One that begins gives all of them the time again: it has not seen how old their last sign is.
  const since = Math.max(
    heard - settings.epochMs,
    atWorkSince(view.rows, 'kube-controller-manager', settings),
  );
  return monitorTick(view, since) + inVersion(GRACE_MS, settings.version);
}

/** When a lease was renewed, in milliseconds since 1970. */
function renewedAt({ spec }: Lease): Millis {
  return parseRfc3339(spec?.renewTime ?? '') ?? 0;
}

/** When a node last said how it is, or else came, in milliseconds since 1970. */
const reportedAt = derived(({ metadata, status }: Node): Millis => {
  const report = findCondition<NodeCondition>(status?.conditions, 'Ready')?.lastHeartbeatTime;
  return parseRfc3339(report ?? metadata.creationTimestamp ?? '') ?? 0;
});

/** Whether nothing has been heard of a node that is still held to be there. */
export function isSilent(view: View, node: Node, now: Millis): boolean {
  return readyStatus(node) !== 'Unknown' && now >= silentFrom(view, node);
}

const WATCHED = ['Ready', 'MemoryPressure', 'DiskPressure', 'PIDPressure'];

/** A node that fell silent: nobody knows how it is, and its pods are not relied on any more. */
export function* markUnknown(view: View, node: Node, now: Millis): Reaction {
  const time = formatRfc3339(view.settings.epochMs + now);
  let conditions = node.status?.conditions ?? [];
  for (const type of WATCHED) {
    const before = findCondition<NodeCondition>(conditions, type);
    if (before?.status === 'Unknown') continue;
    conditions = withCondition<NodeCondition>(conditions, {
      ...(before ?? { lastHeartbeatTime: node.metadata.creationTimestamp ?? time }),
      type,
      status: 'Unknown',
      lastTransitionTime: time,
      reason: before ? 'NodeStatusUnknown' : 'NodeStatusNeverUpdated',
      message: before ? 'Kubelet stopped posting node status.' : 'Kubelet never posted node status.',
    });
  }
  const { name = '' } = node.metadata;
  const wasReady = readyStatus(node) === 'True';
  const object = { ...node, status: { ...node.status, conditions } } as KubeObject;
  const marked = yield { verb: 'update', resource: 'nodes', subresource: 'status', name, object };
  if (!marked.ok || !wasReady) return;
  const message = `Node ${name} status is now: NodeNotReady`;
  const about = { component: COMPONENT, object: node as KubeObject };
  yield* record(view, { ...about, type: 'Normal', reason: 'NodeNotReady', message }, now);
  // Pods are told one after another, and the taint comes meanwhile.
  yield* syncNoScheduleTaints(view, marked.object as Node, now);
  yield* markPodsNotReady(view, name, now);
}

/**
 * It used to be told of a pod before its status was written, although the pod may not be there, and for all
 * of a node again at the next pass if one could not be written (controller/util/node MarkPodsNotReady).
 */
const TELLS_FIRST: Since<boolean> = [
  [20, true],
  [21, false],
];

/** Whether the pods of a silent node are to be told of once more. */
export function isToldAgain(view: View, node: Node): boolean {
  if (!inVersion(TELLS_FIRST, view.settings.version) || readyStatus(node) !== 'Unknown') return false;
  return view.objects.listBy<Pod>('node', node.metadata.name ?? '').some(isHeldReady);
}

export function* markPodsNotReady(view: View, node: string, now: Millis): Reaction {
  for (const pod of view.objects.listBy<Pod>('node', node)) {
    if (isHeldReady(pod)) yield* markNotReady(view, pod, now);
  }
}

function isHeldReady({ status }: Pod): boolean {
  return (findCondition(status?.conditions, 'Ready')?.status ?? 'False') !== 'False';
}

function* markNotReady(view: View, pod: Pod, now: Millis): Reaction {
  const before = findCondition(pod.status?.conditions, 'Ready');
  if (before === undefined) return;
  const isTold = inVersion(TELLS_FIRST, view.settings.version);
  if (isTold) yield* tellNotReady(view, pod, now);
  const { namespace = '', name = '' } = pod.metadata;
  const lastTransitionTime = formatRfc3339(view.settings.epochMs + now);
  const conditions = withCondition(pod.status?.conditions, {
    ...before,
    status: 'False',
    lastTransitionTime,
  });
  const object = { ...pod, status: { ...pod.status, conditions } } as KubeObject;
  const marked = yield { verb: 'update', resource: 'pods', subresource: 'status', namespace, name, object };
  if (marked.ok && !isTold) yield* tellNotReady(view, pod, now);
}

function* tellNotReady(view: View, pod: Pod, now: Millis): Reaction {
  const about = { component: COMPONENT, object: pod as KubeObject };
  const message = 'Node is not ready';
  yield* record(view, { ...about, type: 'Warning', reason: 'NodeNotReady', message }, now);
}
