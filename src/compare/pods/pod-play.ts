import type { ContainerStatus } from '../../cluster/objects/kubernetes.ts';
import type { Told } from '../divergence.ts';
import { type Naming, namingOf } from '../normal/names.ts';
import type { Play } from '../play.ts';
import { type Happening, happeningsOf } from './happenings.ts';
import { containersOf, type PodState, podStatesOf } from './pod-states.ts';

/** One pod's part in a play. */
export interface PodPlay {
  readonly play: Play;
  readonly states: readonly PodState[];
  readonly happenings: readonly Happening[];
  /** Its finalizers, write by write. */
  readonly finalizers: readonly Told[];
}

/** Every pod's part, by the pod's name as every play says it. */
export function podPlaysOf(play: Play): ReadonlyMap<string, PodPlay> {
  const before = known.get(play) ?? readPodPlays(play);
  known.set(play, before);
  return before;
}

const known = new WeakMap<Play, ReadonlyMap<string, PodPlay>>();

function readPodPlays(play: Play): ReadonlyMap<string, PodPlay> {
  const naming = namingOf(play);
  const happenings = happeningsOf(play, naming);
  const finalizers = finalizersOf(play, naming);
  return new Map(
    [...podStatesOf(play, naming)].map(([pod, states]) => [
      pod,
      { play, states, happenings: happenings.get(pod) ?? [], finalizers: finalizers.get(pod) ?? [] },
    ]),
  );
}

function finalizersOf({ changes, namespace }: Play, naming: Naming): ReadonlyMap<string, readonly Told[]> {
  const finalizers = new Map<string, Told[]>();
  for (const { atMs, object, type, seq } of changes) {
    const { name = '', finalizers: now = [] } = object.metadata;
    if (object.kind !== 'Pod' || object.metadata.namespace !== namespace || type === 'DELETED') continue;
    const told = finalizers.get(naming(name)) ?? [];
    finalizers.set(naming(name), told);
    told.push({ atMs, says: `finalizers: ${now.join(' ') || 'none'}`, ...(seq !== undefined && { seq }) });
  }
  return finalizers;
}

/**
 * Pods that ran on a hollow node: its kubelet only pretends to run containers, so what it says of them tells
 * nothing (kubemark; README 1.36, artifacts).
 */
export function hollowPodsOf(pods: ReadonlyMap<string, PodPlay>): ReadonlySet<string> {
  const hollowNodes = hollowNodesOf(pods);
  const isHollow = ({ states }: PodPlay) => hollowNodes.has(states.at(-1)?.pod.spec?.nodeName ?? '');
  return new Set([...pods].flatMap(([name, pod]) => (isHollow(pod) ? [name] : [])));
}

export function hollowNodesOf(pods: ReadonlyMap<string, PodPlay>): ReadonlySet<string> {
  const hollowNodes = new Set<string>();
  for (const { states } of pods.values()) {
    for (const state of states) {
      const { nodeName } = state.pod.spec ?? {};
      if (nodeName && containersOf(state).some(isPretended)) hollowNodes.add(nodeName);
    }
  }
  return hollowNodes;
}

/** Whether a kubelet only pretends to run a container. */
export function isPretended({ containerID = '' }: Pick<ContainerStatus, 'containerID'>): boolean {
  return containerID.startsWith('fakeRuntime:');
}

/** Written by the kubelet: its status, and that it lets go of a deleted pod. */
const OF_KUBELET = /^status\b|^metadata\.(deletionGracePeriodSeconds|generation)$/;

/** What the control plane did to a pod, and not what its kubelet said. */
export function withoutKubelet({ play, states, happenings, finalizers }: PodPlay): PodPlay {
  const asked = states.map((state): PodState => {
    const seen = new Map([...state.seen].filter(([path]) => !OF_KUBELET.test(path)));
    return { ...state, seen };
  });
  const distinct = asked.filter((state, index) => {
    const before = asked[index - 1];
    return !before || state.gone !== before.gone || !isSame(state.seen, before.seen);
  });
  const told = happenings.filter(({ by }) => by !== 'kubelet');
  return { play, states: distinct, happenings: told, finalizers };
}

function isSame(a: PodState['seen'], b: PodState['seen']): boolean {
  return a.size === b.size && [...a].every(([path, value]) => b.get(path) === value);
}
