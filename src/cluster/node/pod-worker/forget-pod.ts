import type { Doing } from '../../contract/doing.ts';
import type { PodContext } from './pod-context.ts';

/** A pod that is gone from the API server and from the machine. */
export function mayForget({ isGone, worker }: PodContext): boolean {
  if (!isGone) return false;
  return worker.stage === 'finished' || worker.stage === 'rejected' || worker.reclaimedAt !== undefined;
}

export function* forgetPod({ node, key }: PodContext): Doing<void> {
  yield { type: 'PodForgotten', node, pod: key };
}
