import type { Millis } from '../../../kernel/time/millis.ts';
import type { View } from '../../contract/component.ts';
import type { Doing } from '../../contract/doing.ts';
import type { PodWorkerRow, WorkStep } from '../../contract/pod-worker-row.ts';
import { actOnPod } from './act-on-pod.ts';
import { killContainers, killWakesAt } from './kill-containers.ts';
import { mountVolumes, mountWakesAt } from './mount-volumes.ts';
import type { PodContext, StepResult } from './pod-context.ts';
import { startContainer, startWakesAt } from './start-container.ts';
import { startSandbox, stopSandbox } from './start-sandbox.ts';

/** Goes on with one step of a piece of work, as far as it gets at this instant. */
export function* performStep(context: PodContext, step: WorkStep): Doing<StepResult> {
  switch (step.do) {
    case 'mount':
      return yield* mountVolumes(context, step);
    case 'act':
      return yield* actOnPod(context);
    case 'start sandbox':
      return yield* startSandbox(context, step);
    case 'stop sandbox':
      return yield* stopSandbox(context, step);
    case 'start container':
      return yield* startContainer(context, step);
    case 'kill':
      return yield* killContainers(context, step);
  }
}

/**
 * When a step that has begun wants to be gone on with; undefined while it waits for a container or a program.
 */
export function stepWakesAt(view: View, worker: PodWorkerRow, step: WorkStep): Millis | undefined {
  switch (step.do) {
    case 'act':
      return worker.seenAt;
    case 'kill':
      return killWakesAt(view, step);
    case 'mount':
      return mountWakesAt(worker, step);
    case 'start container':
      return startWakesAt(view, step);
    default:
      return step.until ?? worker.seenAt;
  }
}
