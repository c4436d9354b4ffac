import type { MetricStatus } from '../../objects/kubernetes.ts';
import type { AutoscalerLook, Target } from './autoscaler-look.ts';
import type { Tolerances } from './replica-count.ts';

/** How many replicas one metric asks for, or why that cannot be said. */
export type Computed =
  | { readonly replicas: number; readonly metric: string; readonly status: MetricStatus }
  | { readonly reason: string; readonly problem: string; readonly inSum: string };

export interface Computing {
  readonly look: AutoscalerLook;
  readonly target: Target;
  readonly tolerances: Tolerances;
}
