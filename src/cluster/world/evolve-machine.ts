import type { Entry } from '../../kernel/log/entry.ts';
import type { Tables } from '../../kernel/table/store.ts';
import type { Event } from '../contract/event.ts';
import type { MachineEvent } from '../contract/machine-event.ts';
import type { WorldRows } from './world.ts';

/** What is true on the machines, after one fact. */
export function evolveMachine(_tables: Tables<WorldRows>, event: MachineEvent, entry: Entry<Event>): void {
  throw new Error(`entry ${entry.seq} has an unknown event: ${JSON.stringify(event)}`);
}
