import type { Entry } from '../../kernel/log/entry.ts';
import type { Tables } from '../../kernel/table/store.ts';
import type { Event } from '../contract/event.ts';
import type { VerticalEvent } from '../contract/vertical-row.ts';
import type { WorldRows } from './world.ts';

/** The use of what a VerticalPodAutoscaler is for, after a look at it. */
export function evolveVertical(
  { verticals }: Tables<WorldRows>,
  { about: key, used }: VerticalEvent,
  { at, seq }: Entry<Event>,
): void {
  const before = verticals.read(key, seq)?.samples ?? [];
  verticals.write(key, used && { key, samples: [...before, { from: at, used }] }, seq);
}
