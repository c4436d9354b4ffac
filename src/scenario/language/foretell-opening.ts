import type { Localized, StoryEvent } from '../../cluster/contract/story-event.ts';
import { commandOfStep } from '../teller/command-of-step.ts';
import { localized } from './localized.ts';
import { stepKind } from './step-kind.ts';

/**
 * The first events of the story that a scenario will tell, read off its document before that is checked and
 * before anything is simulated: a screen can show them while the rest is being loaded. Empty when it does not
 * look like a scenario; what is wrong with it, `loadScenario` says.
 */
export function foretellOpening(document: unknown): readonly StoryEvent[] {
  const { metadata, setup, steps, teardown } = fieldsOf(document);
  const { name, title = name } = fieldsOf(metadata);
  if (typeof name !== 'string' || !isText(title) || !Array.isArray(steps) || steps.length === 0) return [];
  const before = listIn(setup);
  const count = before.length + steps.length + listIn(teardown).length;
  const opened: StoryEvent = { type: 'ScenarioOpened', name, title: localized(title), steps: count };
  // The player opens behind what is done before the story.
  return before.length > 0 ? [opened] : [opened, ...firstStep(fieldsOf(steps[0]))];
}

/** What is told and typed is written there; what another step is called follows from its conditions. */
function firstStep(step: Fields): readonly StoryEvent[] {
  const { say, run, on, background } = step;
  const line = typeof run === 'string' ? run : undefined;
  const text = isText(say) ? say : line;
  if (text === undefined) return [];
  const told = say !== undefined;
  return [
    { type: 'StepBegan', step: 1, kind: stepKind(step), text: localized(text), ...(told && { told }) },
    ...(line === undefined ? [] : [typed(line, { on, background })]),
  ];
}

function typed(line: string, { on, background }: Fields): StoryEvent {
  return {
    type: 'CommandTyped',
    command: commandOfStep(1),
    line,
    ...(typeof on === 'string' && { on }),
    ...(background === true && { background }),
  };
}

type Fields = Readonly<Record<string, unknown>>;

function listIn(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? (value as Fields) : {};
}

function isText(value: unknown): value is string | Localized {
  if (typeof value === 'string') return true;
  const texts = Object.values(fieldsOf(value));
  return texts.length > 0 && texts.every((text) => typeof text === 'string');
}
