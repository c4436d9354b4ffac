import type { Entry } from '../../kernel/log/entry.ts';
import type { Tables } from '../../kernel/table/store.ts';
import type { Event } from '../contract/event.ts';
import type { UsageEvent } from '../contract/usage-row.ts';
import type { WorldRows } from './world.ts';

/** What the metrics server knows, after a scrape. */
export function evolveUsage(
  { usages }: Tables<WorldRows>,
  { used = {}, gone = [] }: UsageEvent,
  { at, seq }: Entry<Event>,
): void {
  for (const [pod, measured] of Object.entries(used)) usages.write(pod, { pod, ...measured, since: at }, seq);
  for (const pod of gone) usages.write(pod, undefined, seq);
}
