import { type Millis, SECOND } from '../../../kernel/time/millis.ts';
import type { AutoscalerRow } from '../../contract/autoscaler-row.ts';
import type { HPAScalingRules } from '../../objects/kubernetes.ts';
import { type Changes, highestStep, lowestStep } from './scaling-policies.ts';

/** --horizontal-pod-autoscaler-sync-period */
export const SYNC_PERIOD_MS: Millis = 15 * SECOND;
/** --horizontal-pod-autoscaler-downscale-stabilization */
const DOWNSCALE_WINDOW_S = 300;

/** A size between what is right and what may be. */
export interface Normalizing {
  readonly now: Millis;
  readonly current: number;
  /** What is right by the metrics. */
  readonly desired: number;
  readonly min: number;
  readonly max: number;
  readonly memory: Pick<AutoscalerRow, 'recommended' | 'changes'>;
}

/** Why a size is what it is: for the conditions AbleToScale and ScalingLimited. */
export interface Normalized {
  readonly replicas: number;
  readonly able: Reason;
  readonly limited: Reason & { readonly isLimited: boolean };
}

export interface Reason {
  readonly reason: string;
  readonly message: string;
}

interface Limited {
  readonly replicas: number;
  readonly why: Reason;
}

const READY: Reason = { reason: 'ReadyForNewScale', message: 'recommended size matches current size' };
const IN_RANGE: Reason = {
  reason: 'DesiredWithinRange',
  message: 'the desired count is within the acceptable range',
};
const TOO_MANY: Reason = {
  reason: 'TooManyReplicas',
  message: 'the desired replica count is more than the maximum replica count',
};
const TOO_FEW: Reason = {
  reason: 'TooFewReplicas',
  message: 'the desired replica count is less than the minimum replica count',
};
const TOO_FAST_UP: Reason = {
  reason: 'ScaleUpLimit',
  message: 'the desired replica count is increasing faster than the maximum scale rate',
};
const TOO_FAST_DOWN: Reason = {
  reason: 'ScaleDownLimit',
  message: 'the desired replica count is decreasing faster than the maximum scale rate',
};
const HELD_UP: Reason = {
  reason: 'ScaleDownStabilized',
  message: 'recent recommendations were higher than current one, applying the highest recent recommendation',
};
const HELD_DOWN: Reason = {
  reason: 'ScaleUpStabilized',
  message: 'recent recommendations were lower than current one, applying the lowest recent recommendation',
};

/**
 * The highest of the last five minutes, and no more than twice what there is (podautoscaler/horizontal.go
 * normalizeDesiredReplicas).
 */
export function normalize(given: Normalizing): Normalized {
  const { current, desired, min, max } = given;
  const stabilized = Math.max(desired, ...recentSizes(given, DOWNSCALE_WINDOW_S, 'from then on'));
  const limit = Math.max(2 * current, 4);
  const most = Math.min(max, limit);
  const limited: Limited =
    stabilized < min
      ? { replicas: min, why: TOO_FEW }
      : stabilized > most
        ? { replicas: most, why: max > limit ? TOO_FAST_UP : TOO_MANY }
        : { replicas: stabilized, why: IN_RANGE };
  return normalized(limited, { stabilized, able: stabilized === desired ? READY : HELD_UP });
}

/** The same where the autoscaler says itself how fast it goes (normalizeDesiredReplicasWithBehaviors). */
export function normalizeByRules(
  given: Normalizing,
  { scaleUp = {}, scaleDown = {} }: { scaleUp?: HPAScalingRules; scaleDown?: HPAScalingRules },
): Normalized {
  const { current, desired } = given;
  const upWindow = scaleUp.stabilizationWindowSeconds ?? 0;
  const downWindow = scaleDown.stabilizationWindowSeconds ?? DOWNSCALE_WINDOW_S;
  const lowest = Math.min(desired, ...recentSizes(given, upWindow, 'after that'));
  const highest = Math.max(desired, ...recentSizes(given, downWindow, 'after that'));
  const stabilized = Math.min(Math.max(current, lowest), highest);
  const held = desired >= current ? HELD_DOWN : HELD_UP;
  const limited = limitByRules({ ...given, desired: stabilized }, { scaleUp, scaleDown });
  return normalized(limited, { stabilized, able: stabilized === desired ? READY : held });
}

function normalized(
  { replicas, why }: Limited,
  { stabilized, able }: { readonly stabilized: number; readonly able: Reason },
): Normalized {
  return { replicas, able, limited: { ...why, isLimited: replicas !== stabilized } };
}

/** convertDesiredReplicasWithBehaviorRate */
function limitByRules(
  { current, desired, min, max, memory, now }: Normalizing,
  rules: { readonly scaleUp: HPAScalingRules; readonly scaleDown: HPAScalingRules },
): Limited {
  const changes: Changes = { list: memory.changes, now, current };
  if (desired > current) {
    const limit = Math.max(current, highestStep(changes, rules.scaleUp));
    const most = Math.min(max, limit);
    if (desired > most) return { replicas: most, why: max > limit ? TOO_FAST_UP : TOO_MANY };
  } else if (desired < current) {
    const limit = Math.min(current, lowestStep(changes, rules.scaleDown));
    const least = Math.max(min, limit);
    if (desired < least) return { replicas: least, why: min < limit ? TOO_FAST_DOWN : TOO_FEW };
  }
  return { replicas: desired, why: IN_RANGE };
}

/** Sizes that were right at a look within the last so many seconds. */
function recentSizes(
  { memory: { recommended }, now }: Normalizing,
  seconds: number,
  border: 'from then on' | 'after that',
): number[] {
  const since = now - seconds * SECOND;
  return recommended.flatMap(({ size, from }, index) => {
    const next = recommended[index + 1]?.from ?? now;
    const last = Math.max(from, next - SYNC_PERIOD_MS);
    const isRecent = border === 'after that' ? last > since : last >= since;
    return isRecent ? [size] : [];
  });
}
