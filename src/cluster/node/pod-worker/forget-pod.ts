import type { Doing } from '../../contract/doing.ts';
import { dropMirror } from '../static-pods/mirror.ts';
import type { PodContext } from './pod-context.ts';

/** A pod that is gone from the API server and from the machine. */
export function mayForget({ isGone, worker }: PodContext): boolean {
  if (!isGone) return false;
  return worker.stage === 'finished' || worker.stage === 'rejected' || worker.reclaimedAt !== undefined;
}

export function* forgetPod({ node, key, worker }: PodContext): Doing<void> {
  if (worker.static) yield* dropMirror(worker);
  yield { type: 'PodForgotten', node, pod: key };
}
