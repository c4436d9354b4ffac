import type { Entry } from '../../kernel/log/entry.ts';
import type { Tables } from '../../kernel/table/store.ts';
import type { Event } from '../contract/event.ts';
import { type HindranceEvent, hindranceKey } from '../contract/hindrance-row.ts';
import type { WorldRows } from './world.ts';

export function isHindranceEvent(event: Event): event is HindranceEvent {
  return event.type === 'ProgramHindered' || event.type === 'ProgramRelieved';
}

/** Whom something keeps from its work, after one fact. */
export function evolveHindrances(
  { hindrances }: Tables<WorldRows>,
  event: HindranceEvent,
  { seq, at }: Entry<Event>,
): void {
  const key = hindranceKey(event);
  if (event.type === 'ProgramRelieved') {
    hindrances.write(key, undefined, seq);
    return;
  }
  const { type: _, ...row } = event;
  hindrances.write(key, { ...row, since: at }, seq);
}
