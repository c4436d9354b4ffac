import type { KubeObject } from '../../cluster/objects/kube-object.ts';
import type { ContainerStatus, Pod } from '../../cluster/objects/kubernetes.ts';
import type { Millis } from '../../kernel/time/millis.ts';
import { flatten, type Leaves } from '../normal/flatten.ts';
import { maskLeaf, maskText } from '../normal/masks.ts';
import type { Naming } from '../normal/names.ts';
import type { Play } from '../play.ts';

/** A pod as a watcher saw it from one moment on. */
export interface PodState {
  readonly atMs: Millis;
  readonly pod: Pod;
  /** What is judged of it: the whole object but for what `masks.ts` names. */
  readonly seen: Leaves;
  readonly gone: boolean;
  /** Whether it only tells that a pull failed again, or is backed off. */
  readonly flips: boolean;
  readonly by?: string;
  readonly seq?: number;
}

/** The distinct states that each pod went through, by the pod's name as every play says it. */
export function podStatesOf(play: Play, naming: Naming): ReadonlyMap<string, readonly PodState[]> {
  const states = new Map<string, PodState[]>();
  for (const { atMs, type, object, by, seq } of play.changes) {
    if (object.kind !== 'Pod' || object.metadata.namespace !== play.namespace) continue;
    const name = naming(object.metadata.name ?? '');
    const sequence = states.get(name) ?? [];
    states.set(name, sequence);
    const gone = type === 'DELETED';
    const state: PodState = {
      atMs,
      pod: object as Pod,
      seen: seenOf(object, naming),
      gone,
      flips: false,
      ...(by !== undefined && { by }),
      ...(seq !== undefined && { seq }),
    };
    const last = sequence.at(-1);
    if (last && !gone && sameSeen(last, state)) continue;
    sequence.push({ ...state, flips: last !== undefined && !gone && differsInPullOnly(last, state) });
  }
  return states;
}

function seenOf(object: KubeObject, naming: Naming): Leaves {
  const seen = new Map<string, string>();
  for (const [path, value] of flatten(object)) {
    const masked = maskLeaf(path, value);
    if (masked !== undefined) seen.set(naming(maskText(path)), naming(maskText(masked)));
  }
  return seen;
}

/** Whether they say the same; how a failing pull stood when something else happened is drawn. */
export function sameState(a: PodState, b: PodState): boolean {
  if (a.gone !== b.gone) return false;
  return sameSeen(a, b) || (!a.flips && !b.flips && differsInPullOnly(a, b));
}

/** `ErrImagePull` and `ImagePullBackOff` take turns, and their messages with them. */
function differsInPullOnly(a: PodState, b: PodState): boolean {
  const leaves = changedLeaves(a, b);
  const isOfPull = leaves.some(([path, was, is]) => path.endsWith('.reason') && [was, is].every(isPull));
  return isOfPull && leaves.every(([path]) => /\.waiting\.(reason|message)$/.test(path));
}

function isPull(reason: string): boolean {
  return reason === 'ErrImagePull' || reason === 'ImagePullBackOff';
}

function sameSeen({ seen: a }: PodState, { seen: b }: PodState): boolean {
  return a.size === b.size && [...a].every(([path, value]) => b.get(path) === value);
}

/** What came, changed or went from one state to the next: `status.phase` was `Pending` and is `Running`. */
export function changedLeaves(
  before: PodState | undefined,
  after: PodState,
): readonly [string, string, string][] {
  const old = before?.seen ?? new Map<string, string>();
  const paths = [...new Set([...old.keys(), ...after.seen.keys()])];
  return paths.flatMap((path) => {
    const [was, is] = [old.get(path) ?? '', after.seen.get(path) ?? ''];
    return was === is ? [] : [[path, was, is]];
  });
}

/** The statuses of all containers, init containers first. */
export function containersOf({ pod }: Pick<PodState, 'pod'>): readonly ContainerStatus[] {
  return [...(pod.status?.initContainerStatuses ?? []), ...(pod.status?.containerStatuses ?? [])];
}

/** `running`, `waiting:CrashLoopBackOff`, `terminated:Error/1`. */
export function stateWord({ state = {} }: ContainerStatus): string {
  if (state.running) return 'running';
  if (state.terminated) return `terminated:${state.terminated.reason ?? ''}/${state.terminated.exitCode}`;
  return `waiting:${state.waiting?.reason ?? ''}`;
}
