import type { Millis } from '../../kernel/time/millis.ts';
import type { Reaction, View } from '../contract/component.ts';
import type { KubeObject } from '../objects/kube-object.ts';
import { record } from '../recorder/record.ts';

export const AUTOSCALER = 'cluster-autoscaler';

/** Tells of an object what was done, or why nothing was. */
export function* tell(
  view: View,
  object: KubeObject,
  { reason, message, type = 'Normal' }: Telling,
  now: Millis,
): Reaction {
  yield* record(view, { component: AUTOSCALER, object, type, reason, message }, now);
}

interface Telling {
  readonly reason: string;
  readonly message: string;
  readonly type?: 'Normal' | 'Warning';
}
