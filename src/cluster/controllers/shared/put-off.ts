import type { Millis } from '../../../kernel/time/millis.ts';
import type { Component, View, Wake } from '../../contract/component.ts';
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

/**
 * Those whose looks were put off want to wake at another time; of a component with instances, all of them.
 */
export function concernedByPuttingOff(name: string): Pick<Component, 'concernedBy' | 'concernsOf'> {
  const instances = `${name}/`;
  return {
    concernedBy: ['LookPutOff'],
    concernsOf: ({ event }) =>
      event.type === 'LookPutOff' && (event.actor === name || event.actor.startsWith(instances))
        ? [{ actor: event.actor, key: event.about }]
        : [],
  };
}

/** Wakes when a look that was put off is due, because it was. */
export function wakeFromPuttingOff(view: View, own: OwnKey, from: Millis): Wake | undefined {
  const at = putOffTo(view, own, from);
  if (at === undefined) return undefined;
  return { at, cause: view.rows.changedAt('controllerKeys', controllerRowKey(own.actor, own.key)) };
}
