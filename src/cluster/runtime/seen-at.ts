import type { Entry } from '../../kernel/log/entry.ts';
import type { Millis } from '../../kernel/time/millis.ts';
import type { Component } from '../contract/component.ts';
import type { Event } from '../contract/event.ts';
import type { ClusterSettings } from '../contract/settings.ts';
import { createDeliveries, type Sent } from './deliveries.ts';

interface Look {
  readonly settings: ClusterSettings;
  /** One that is told of every change of what it watches. */
  readonly component: Pick<Component, 'name' | 'watches' | 'assumes'>;
  readonly at: Millis;
  /** How much later than drawn what an entry changed arrives; absent: never later. */
  readonly lateAt?: (seq: number) => Millis;
  /** The entries before the look, the newest first. */
  readonly before: Iterable<Entry<Event>>;
}

/**
 * seq up to which a component knew the store when it looked: found again from the log, as a fork would find
 * it. What was sent so long before that even the slowest watch had brought it needs no look.
 */
export function seenAt({ settings, component, at, before, lateAt }: Look): number {
  const [, slowest] = settings.latencies.watch;
  const sent: Sent[] = [];
  let written = component.assumes ? undefined : 0;
  let isEnough = false;
  for (const { seq, at: sentAt, actor, key, event } of before) {
    if (written === undefined && actor === component.name) written = seq;
    if (!isEnough && 'resource' in event && event.type !== 'RequestRefused') {
      if (!component.watches?.includes(event.resource)) continue;
      const lateMs = lateAt?.(seq) ?? 0;
      sent.push({ seq, at: sentAt, actor, key, ...(lateMs > 0 && { lateMs }) });
      // One delivery is never before another, so those that it might have waited for count too.
      isEnough = sentAt + 2 * slowest + lateMs < at;
    }
    if (isEnough && written !== undefined) break;
  }
  const deliveries = createDeliveries(settings, component.name);
  for (const change of sent.reverse()) deliveries.send(change);
  return Math.max(deliveries.arrived(at), written ?? 0);
}
