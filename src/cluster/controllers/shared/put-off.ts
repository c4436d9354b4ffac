import type { Millis } from '../../../kernel/time/millis.ts';
import type { View } from '../../contract/component.ts';
import { controllerRowKey } from '../../contract/controller-row.ts';
import type { Doing } from '../../contract/doing.ts';

/** A controller's key. */
export interface OwnKey {
  readonly actor: string;
  readonly key: string;
}

/** When a key is looked at next, if that has been put off to a time not before `from`. */
export function putOffTo({ rows }: View, { actor, key }: OwnKey, from: Millis): Millis | undefined {
  const at = rows.row('controllerKeys', controllerRowKey(actor, key))?.lookAt;
  return at === undefined || at < from ? undefined : at;
}

/** Looks again at a later time, unless that is to happen earlier already (client-go: `AddAfter`). */
export function* putOff(
  view: View,
  { actor, key, now, until }: OwnKey & { readonly now: Millis; readonly until: Millis },
): Doing<void> {
  if ((putOffTo(view, { actor, key }, now) ?? Number.POSITIVE_INFINITY) <= until) return;
  yield { type: 'LookPutOff', actor, about: key, until };
}
