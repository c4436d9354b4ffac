import type { Pod } from './kubernetes.ts';

/**
 * A pod that has come to its end: it uses nothing of its node any more, though its object may still be there.
 */
export function isTerminal({ status }: Pick<Pod, 'status'>): boolean {
  return status?.phase === 'Succeeded' || status?.phase === 'Failed';
}
