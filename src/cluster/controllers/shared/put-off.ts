import { MINUTE, type Millis, SECOND } from '../../../kernel/time/millis.ts';
import { parseRfc3339 } from '../../../kernel/time/rfc3339.ts';
import type { Component, View, Wake } from '../../contract/component.ts';
import { controllerRowKey } from '../../contract/controller-row.ts';
import type { Doing } from '../../contract/doing.ts';
import type { ObjectMeta } from '../../objects/kubernetes.ts';

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

const [LEAST_MS, MOST_MS] = [SECOND, 5 * MINUTE];

/**
 * Tries again what cannot be done yet: after as long again as it has been asked for, a second at least, five
 * minutes at most (external-provisioner: --retry-interval-start, --retry-interval-max).
 */
export function* putOffAgain(
  view: View,
  { actor, key, now }: OwnKey & { readonly now: Millis },
  { creationTimestamp }: ObjectMeta,
): Doing<void> {
  if (putOffTo(view, { actor, key }, now + 1) !== undefined) return;
  const since = (parseRfc3339(creationTimestamp ?? '') ?? 0) - view.settings.epochMs;
  const until = now + Math.min(MOST_MS, Math.max(LEAST_MS, now - since));
  yield* putOff(view, { actor, key, now: now + 1, until });
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
