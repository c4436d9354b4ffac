import type { ContainerStatus, PodStatus } from './kubernetes.ts';

/**
 * What a pod's status says of where the pod is in its life, in a few words: two that differ are told twice.
 */
export function statusKind({
  phase = '',
  containerStatuses = [],
  initContainerStatuses = [],
}: PodStatus): string {
  const all = [...initContainerStatuses, ...containerStatuses];
  return [phase, ...all.map(wordsOf).sort()].join(' ');
}

function wordsOf({ name, state, ready, restartCount }: ContainerStatus): string {
  const told = state?.running ? 'running' : state?.terminated ? 'terminated' : (state?.waiting?.reason ?? '');
  return `${name}:${told}${ready ? '+' : ''}x${restartCount}`;
}
