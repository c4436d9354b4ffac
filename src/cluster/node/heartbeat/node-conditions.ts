import { drawWhole } from '../../../kernel/chance/draw.ts';
import { type Millis, SECOND } from '../../../kernel/time/millis.ts';
import type { View } from '../../contract/component.ts';
import type { MachineRow } from '../../contract/machine-rows.ts';
import { isFounded } from '../../contract/settings.ts';
import { findCondition } from '../../objects/conditions.ts';
import type { NodeCondition } from '../../objects/kubernetes.ts';
import { serviceState } from '../../world/installs.ts';

type State = readonly [type: string, status: string, reason: string, message: string];

/**
 * The conditions of a healthy node, in the order in which kubelets write them. Kubelet:
 * nodestatus/setters.go.
 */
export function healthyConditions(heartbeat: string, since: string): NodeCondition[] {
  return [MEMORY, DISK, PID, READY].map((state) => conditionOf(state, { heartbeat, since }));
}

const MEMORY: State = [
  'MemoryPressure',
  'False',
  'KubeletHasSufficientMemory',
  'kubelet has sufficient memory available',
];
const SHORT_OF_MEMORY: State = [
  'MemoryPressure',
  'True',
  'KubeletHasInsufficientMemory',
  'kubelet has insufficient memory available',
];
const DISK: State = ['DiskPressure', 'False', 'KubeletHasNoDiskPressure', 'kubelet has no disk pressure'];
const SHORT_OF_DISK: State = ['DiskPressure', 'True', 'KubeletHasDiskPressure', 'kubelet has disk pressure'];
const PID: State = [
  'PIDPressure',
  'False',
  'KubeletHasSufficientPID',
  'kubelet has sufficient PID available',
];
const READY: State = ['Ready', 'True', 'KubeletReady', 'kubelet is posting ready status'];

/** What the runtime says of a machine whose pods can't have a network yet. */
export const NO_NETWORK =
  'container runtime network not ready: NetworkReady=false reason:NetworkPluginNotReady message:Network plugin returns error: cni plugin not initialized';
const WITHOUT_NETWORK: State = ['Ready', 'False', 'KubeletNotReady', NO_NETWORK];

const RUNTIME_DOWN: State = ['Ready', 'False', 'KubeletNotReady', 'container runtime is down'];

/** A runtime that has not answered for so long is down. Kubelet: maxWaitForContainerRuntime. */
const RUNTIME_PATIENCE_MS = 30 * SECOND;

/** When a runtime that was stopped is found to be down; undefined while it runs. */
export function runtimeDownAt({ rows }: View, { node }: MachineRow): Millis | undefined {
  const state = serviceState(rows, { node, service: 'containerd' });
  return state?.runs === false ? state.since + RUNTIME_PATIENCE_MS : undefined;
}

/** Until a new machine's network of pods is set up: its plugin is a pod like any other. */
const NETWORK_MS = [8 * SECOND, 14 * SECOND] as const;

/**
 * When a machine that was added has a network for pods; undefined for one that has had it all along. Where
 * the cluster is set up in the log somebody has to bring the plugin.
 */
export function networkReadyAt(view: View, { node, joined }: MachineRow): Millis | undefined {
  const { chance, settings } = view;
  if (!isFounded(settings)) return pluginReadyAt(view, node);
  const [low, high] = NETWORK_MS;
  return joined && joined.at + drawWhole(chance, low, high, 'network plugin', node);
}

/** From the start of a plugin's container until it has written its configuration. */
const PLUGIN_MS = [1500, 4 * SECOND] as const;

/** A plugin is a pod that writes into the machine's folder for it. */
function pluginReadyAt({ rows, chance }: View, node: string): Millis {
  const started = rows.rowsBy('podWorkers', 'node', node).flatMap(({ key, pod }) => {
    const writes = pod.spec.volumes?.some(({ hostPath }) => hostPath?.path.startsWith('/etc/cni'));
    if (!writes) return [];
    const names = pod.spec.containers.map(({ name }) => name);
    return rows
      .rowsBy('containers', 'pod', key)
      .flatMap(({ name, startedAt }) => (names.includes(name) && startedAt !== undefined ? [startedAt] : []));
  });
  const [low, high] = PLUGIN_MS;
  return Math.min(...started) + drawWhole(chance, low, high, 'network plugin', node);
}

/** How a kubelet finds its node now, compared with how it was said to be. */
export function conditionsNow(
  view: View,
  machine: MachineRow,
  {
    before,
    time,
    now,
  }: { readonly before: readonly NodeCondition[]; readonly time: string; readonly now: Millis },
): NodeCondition[] {
  const isDown = now >= (runtimeDownAt(view, machine) ?? Number.POSITIVE_INFINITY);
  const hasNetwork = now >= (networkReadyAt(view, machine) ?? now);
  const ready = isDown ? RUNTIME_DOWN : hasNetwork ? READY : WITHOUT_NETWORK;
  const memory = machine.memoryShort ? SHORT_OF_MEMORY : MEMORY;
  const disk = machine.diskShort ? SHORT_OF_DISK : DISK;
  const own = [memory, disk, PID, ready].map((state) => {
    const old = findCondition(before, state[0]);
    const since = old?.status === state[1] ? old.lastTransitionTime : undefined;
    return conditionOf(state, { heartbeat: time, since: since ?? time });
  });
  return [...before.filter(({ type }) => findCondition(own, type) === undefined), ...own];
}

function conditionOf(
  [type, status, reason, message]: State,
  { heartbeat, since }: { readonly heartbeat: string; readonly since: string },
): NodeCondition {
  return { type, status, lastHeartbeatTime: heartbeat, lastTransitionTime: since, reason, message };
}

/** What a kubelet says of a condition that has become another, in the order in which it looks at them. */
const WORDS: readonly (readonly [type: string, ifTrue: string, ifFalse: string])[] = [
  ['MemoryPressure', 'NodeHasInsufficientMemory', 'NodeHasSufficientMemory'],
  ['DiskPressure', 'NodeHasDiskPressure', 'NodeHasNoDiskPressure'],
  ['PIDPressure', 'NodeHasInsufficientPID', 'NodeHasSufficientPID'],
  ['Ready', 'NodeReady', 'NodeNotReady'],
];

/**
 * The reasons of the Events that tell how conditions have changed. A node that is seen for the first time is
 * said to have enough of everything, and nothing is said of its readiness.
 */
export function changesOf(before: readonly NodeCondition[], after: readonly NodeCondition[]): string[] {
  const reasons: string[] = [];
  for (const [type, ifTrue, ifFalse] of WORDS) {
    const old = findCondition(before, type);
    const now = findCondition(after, type);
    if (!now || now.status === old?.status || (!old && type === 'Ready')) continue;
    reasons.push(now.status === 'True' ? ifTrue : ifFalse);
  }
  return reasons;
}
