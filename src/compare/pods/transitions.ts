import type { ContainerStatus } from '../../cluster/objects/kubernetes.ts';
import { containersOf, type PodState, stateWord } from './pod-states.ts';

/** What a write of a pod's object tells, named for its most telling part. */
export type Transition =
  | 'created'
  | 'scheduled'
  | 'accepted'
  | 'sandbox up'
  | 'started'
  | 'exited'
  | 'restarted'
  | 'backing off'
  | 'waiting'
  | 'ready changed'
  | 'finished'
  | 'deleted'
  | 'deletion seen'
  | 'released'
  | 'gone'
  | 'other';

/** A state has one predecessor, so what it tells is found once. */
const found = new WeakMap<PodState, Transition>();

export function transitionOf(before: PodState | undefined, after: PodState): Transition {
  const known = found.get(after) ?? findTransition(before, after);
  found.set(after, known);
  return known;
}

/** What a state tells whose transition has been found before. */
export function knownTransition(state: PodState): Transition | undefined {
  return found.get(state);
}

function findTransition(before: PodState | undefined, after: PodState): Transition {
  if (!before || before.gone) return 'created';
  if (after.gone) return 'gone';
  const [was, is] = [before.pod, after.pod];
  if (!was.metadata.deletionTimestamp && is.metadata.deletionTimestamp) return 'deleted';
  if (was.metadata.deletionGracePeriodSeconds !== is.metadata.deletionGracePeriodSeconds) return 'released';
  if (!was.spec?.nodeName && is.spec?.nodeName) return 'scheduled';
  if (was.status?.phase !== is.status?.phase && /^(Succeeded|Failed)$/.test(is.status?.phase ?? ''))
    return 'finished';
  if (containersOf(before).length === 0 && containersOf(after).length > 0) return 'accepted';
  for (const status of containersOf(after)) {
    const old = containersOf(before).find(({ name }) => name === status.name);
    const transition = old && containerTransition(old, status);
    if (transition) return transition;
  }
  if (conditionOf(before, 'PodReadyToStartContainers') !== conditionOf(after, 'PodReadyToStartContainers'))
    return 'sandbox up';
  if (conditionOf(before, 'Ready') !== conditionOf(after, 'Ready')) return 'ready changed';
  return was.status?.observedGeneration === is.status?.observedGeneration ? 'other' : 'deletion seen';
}

function containerTransition(old: ContainerStatus, status: ContainerStatus): Transition | undefined {
  const word = stateWord(status);
  const again = status.restartCount !== old.restartCount;
  if (word === 'running' && (stateWord(old) !== 'running' || again)) return again ? 'restarted' : 'started';
  if (stateWord(old) === word && !again) return undefined;
  if (word.startsWith('terminated')) return 'exited';
  return word === 'waiting:CrashLoopBackOff' ? 'backing off' : 'waiting';
}

function conditionOf({ pod }: PodState, type: string): string | undefined {
  return pod.status?.conditions?.find((condition) => condition.type === type)?.status;
}

/** How long the kubelet says it backs off: `back-off 1m20s restarting failed container=c …` is 80,000 ms. */
export function backOffOf(state: PodState): number | undefined {
  for (const { state: now } of containersOf(state)) {
    const [, minutes, seconds] = /^back-off (?:(\d+)m)?(\d+)s /.exec(now?.waiting?.message ?? '') ?? [];
    if (seconds !== undefined) return (Number(minutes ?? 0) * 60 + Number(seconds)) * 1000;
  }
  return undefined;
}
