import type { Millis } from '../../../kernel/time/millis.ts';
import { formatRfc3339 } from '../../../kernel/time/rfc3339.ts';
import type { View } from '../../contract/component.ts';
import type { Doing } from '../../contract/doing.ts';
import { withCondition } from '../../objects/conditions.ts';
import type { KubeObject } from '../../objects/kube-object.ts';
import type {
  HorizontalPodAutoscaler,
  HorizontalPodAutoscalerCondition,
  Pod,
  Scale,
} from '../../objects/kubernetes.ts';
import { record } from '../../recorder/record.ts';

export const ACTOR = 'horizontal-pod-autoscaler';
export const AUTOSCALERS = 'horizontalpodautoscalers.autoscaling';

/** One look at an autoscaler. What it says of it is written at the end. */
export interface AutoscalerLook {
  readonly view: View;
  readonly key: string;
  readonly now: Millis;
  readonly autoscaler: HorizontalPodAutoscaler;
  conditions: HorizontalPodAutoscalerCondition[];
}

/** What is scaled, and who it is made of. */
export interface Target {
  /** `deployments.apps` */
  readonly resource: string;
  readonly scale: Scale & KubeObject;
  readonly selector: string;
  readonly pods: readonly Pod[];
}

export function setCondition(
  look: AutoscalerLook,
  type: string,
  status: boolean,
  { reason, message }: { readonly reason: string; readonly message: string },
): void {
  const { view, now } = look;
  const lastTransitionTime = formatRfc3339(view.settings.epochMs + now);
  look.conditions = withCondition(look.conditions, {
    type,
    status: status ? 'True' : 'False',
    reason,
    message,
    lastTransitionTime,
  });
}

export function* tell(
  { view, now, autoscaler }: AutoscalerLook,
  type: 'Normal' | 'Warning',
  { reason, message }: { readonly reason: string; readonly message: string },
): Doing<void> {
  yield* record(view, { component: ACTOR, object: autoscaler, type, reason, message }, now);
}
