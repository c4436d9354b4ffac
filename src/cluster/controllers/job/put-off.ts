import type { Millis } from '../../../kernel/time/millis.ts';
import type { View } from '../../contract/component.ts';
import { controllerRowKey } from '../../contract/controller-row.ts';
import type { Doing } from '../shared/doing.ts';
import { ACTOR } from './back-off.ts';

/** When a Job is looked at next, if that has been put off to a time not before `from`. */
export function putOffTo({ rows }: View, key: string, from: Millis): Millis | undefined {
  const at = rows.row('controllerKeys', controllerRowKey(ACTOR, key))?.lookAt;
  return at === undefined || at < from ? undefined : at;
}

/** Looks again at a later time, unless that is to happen earlier already (client-go: `AddAfter`). */
export function* putOff(
  view: View,
  { key, now, until }: { readonly key: string; readonly now: Millis; readonly until: Millis },
): Doing<void> {
  if ((putOffTo(view, key, now) ?? Number.POSITIVE_INFINITY) <= until) return;
  yield { type: 'LookPutOff', actor: ACTOR, about: key, until };
}
