import type { StoreEvent } from '../../cluster/contract/api-event.ts';
import type { CommandRow, StoryRow } from '../../cluster/contract/client-rows.ts';
import type { View } from '../../cluster/contract/component.ts';
import type { MachineEvent } from '../../cluster/contract/machine-event.ts';
import type { StoryEvent } from '../../cluster/contract/story-event.ts';
import type { TrafficEvent } from '../../cluster/contract/traffic-rows.ts';
import type { Millis } from '../../kernel/time/millis.ts';
import type { Scenario, Step } from '../scenario.ts';
import { commandOfStep } from './command-of-step.ts';

/** What the teller does next, and when. */
export interface Move {
  readonly at: Millis;
  readonly cause: number | null;
  readonly events: readonly TellerEvent[];
}

export type TellerEvent = StoryEvent | TrafficEvent | MachineEvent | StoreEvent;

/** A step of a story that is being told. */
export interface Telling {
  readonly scenario: Scenario;
  readonly story: StoryRow;
  readonly step: Step;
  readonly view: View;
}

export function ownCommand({ story, step, view }: Omit<Telling, 'scenario'>): CommandRow | undefined {
  return step.run && view.rows.row('commands', commandOfStep(story.step));
}

/** The part of a step that is judged next; undefined when all are. */
export function currentPart(
  step: Step,
  story: StoryRow,
  command: CommandRow | undefined,
): Step['parts'][number] | undefined {
  const part = step.parts[story.judged];
  // That a command did not fail is worth no entry.
  return part?.kind === 'success' && command?.exitCode === 0 ? step.parts[story.judged + 1] : part;
}
