import type { Event } from '../../cluster/contract/event.ts';
import type { Entry } from '../../kernel/log/entry.ts';

/** A branch of which a story tells, or one of its branches, as it lies in a page. */
export interface RecordedBranch {
  readonly name: string;
  /** Which branch tells of it, if it is not the story itself. */
  readonly of?: string;
  /** The number of the step there that does. */
  readonly step: number;
  /** What follows what the two share. */
  readonly entries: readonly Entry<Event>[];
}
