import { MINUTE, type Millis, SECOND } from '../../../kernel/time/millis.ts';
import type { View } from '../../contract/component.ts';
import type { MachineRow } from '../../contract/machine-rows.ts';
import { type Grid, gridOf } from '../clock.ts';

/** So often the kubelet looks. Kubelet: kubelet.go evictionMonitoringPeriod. */
export const EVICTION_PERIOD_MS = 10 * SECOND;

/** --eviction-pressure-transition-period */
export const TRANSITION_MS: Millis = 5 * MINUTE;

/** Kubelet: eviction_manager.go immediateEvictionGracePeriodSeconds; hard thresholds. */
export const GRACE_SECONDS = 1;

/** When the kubelet looks whether it has to evict somebody. */
export function evictionTicks({ chance }: View, machine: MachineRow): Grid {
  return gridOf(chance, machine, { purpose: 'eviction phase', period: EVICTION_PERIOD_MS });
}
