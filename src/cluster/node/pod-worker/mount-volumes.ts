import { drawWhole } from '../../../kernel/chance/draw.ts';
import type { VolumesStep } from '../../contract/pod-worker-row.ts';
import { startProbes } from '../probes/start-probes.ts';
import { DONE, type Doing, move, type PodContext, type StepResult } from './pod-context.ts';

/** The kubelet looks every 300 ms whether the volumes are there. Kubelet: volume_manager.go podAttachAndMountRetryInterval. */
export const MOUNT_MS = 300;

export function* mountVolumes(context: PodContext, step: VolumesStep): Doing<StepResult> {
  const { view, pod, key, now } = context;
  if (step.until === undefined && pod.spec.volumes?.length) {
    const wait = Math.min(MOUNT_MS, Math.floor(view.settings.latencies.sandbox[0] * 0.8));
    return {
      step: 'goes on',
      as: { ...step, until: now + wait + drawWhole(view.chance, 2, 12, 'mount', key) },
    };
  }
  if (step.until !== undefined && now < step.until) return { step: 'goes on', as: step };
  move(context, { mounted: true });
  yield* startProbes(context);
  return DONE;
}
