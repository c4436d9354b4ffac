import type { StoryRow } from '../../cluster/contract/client-rows.ts';
import type { View } from '../../cluster/contract/component.ts';
import type { StoryEvent } from '../../cluster/contract/story-event.ts';
import { machineJoined } from '../../cluster/node/machines-installed.ts';
import type { Millis } from '../../kernel/time/millis.ts';
import { withCaptured } from '../language/captured-names.ts';
import type { Step } from '../scenario.ts';
import { commandOfStep } from './command-of-step.ts';
import { faultEvents } from './fault-events.ts';
import type { TellerEvent } from './telling.ts';
import { trafficOrdered } from './traffic-moves.ts';

export interface Beginning {
  /** 1-based, of the step. */
  readonly number: number;
  readonly story: StoryRow;
  readonly view: View;
  readonly at: Millis;
}

/** What happens when a step begins. */
export function beginStep(
  { kind, phase, text, told, run, traffic, fault, join, checkpoint, quiz }: Step,
  { number: step, story, view, at }: Beginning,
): readonly TellerEvent[] {
  const { captured } = story;
  const words = Object.fromEntries(
    Object.entries(text).map(([language, each]) => [language, withCaptured(each, captured)]),
  );
  const how = { ...(phase && { phase }), ...(told && { told }) };
  const began: StoryEvent = { type: 'StepBegan', step, kind, text: words, ...how };
  if (checkpoint !== undefined) return [began, { type: 'CheckpointReached', name: checkpoint }];
  if (quiz) return [began, { type: 'QuestionAsked', ...quiz }];
  if (traffic) return [began, trafficOrdered(traffic, captured, at)];
  if (fault) return [began, ...faultEvents(fault, view, { at, step })];
  if (join) return [began, machineJoined(view, join, at)];
  if (!run) return [began];
  const command = commandOfStep(step);
  const line = withCaptured(run.line, captured);
  const { on, background } = run;
  const where = { ...(on !== undefined && { on }), ...(background && { background: true as const }) };
  return [began, { type: 'CommandTyped', command, line, ...where }];
}
