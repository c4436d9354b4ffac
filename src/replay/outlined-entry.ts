import type { Event } from '../cluster/contract/event.ts';
import type { ChangeOutline } from '../cluster/world/change-outline.ts';
import type { Entry } from '../kernel/log/entry.ts';

/** What is known of an update before its entry is parsed. */
export interface Outline extends ChangeOutline {
  /** What its values answer to what is asked of them (`pod-glance.ts`), two bits each. */
  readonly answers: number;
}

/** An entry of an update, whose event is parsed when somebody looks at it. */
export interface OutlinedEntry extends Entry<Event> {
  readonly outline: Outline;
}

export function outlineIn(entry: Entry<Event> | OutlinedEntry): Outline | undefined {
  return 'outline' in entry ? entry.outline : undefined;
}
