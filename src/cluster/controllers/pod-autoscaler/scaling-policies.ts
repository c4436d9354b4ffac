import { type Millis, SECOND } from '../../../kernel/time/millis.ts';
import type { AutoscalerRow } from '../../contract/autoscaler-row.ts';
import type { HPAScalingPolicy, HPAScalingRules } from '../../objects/kubernetes.ts';

/** What was changed before, and the size now. */
export interface Changes {
  readonly list: AutoscalerRow['changes'];
  readonly now: Millis;
  readonly current: number;
}

/** The largest size that may be now (horizontal.go calculateScaleUpLimitWithScalingRules). */
export function highestStep(changes: Changes, { policies = [], selectPolicy }: HPAScalingRules): number {
  if (selectPolicy === 'Disabled') return changes.current;
  const sizes = policies.map((policy) => {
    const start = sizeBefore(changes, policy);
    return policy.type === 'Pods' ? start + policy.value : Math.ceil(start * (1 + policy.value / 100));
  });
  return selectPolicy === 'Min' ? Math.min(...sizes) : Math.max(...sizes);
}

/** The smallest (horizontal.go calculateScaleDownLimitWithBehaviors). */
export function lowestStep(changes: Changes, { policies = [], selectPolicy }: HPAScalingRules): number {
  if (selectPolicy === 'Disabled') return changes.current;
  const sizes = policies.map((policy) => {
    const start = sizeBefore(changes, policy);
    return policy.type === 'Pods' ? start - policy.value : Math.trunc(start * (1 - policy.value / 100));
  });
  return selectPolicy === 'Min' ? Math.max(...sizes) : Math.min(...sizes);
}

/** The size at the beginning of a policy's period. */
function sizeBefore({ list, now, current }: Changes, { periodSeconds }: HPAScalingPolicy): number {
  const since = now - periodSeconds * SECOND;
  return list.reduce((size, { by, at }) => (at > since ? size - by : size), current);
}
