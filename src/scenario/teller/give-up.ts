import { beginStep } from './begin-step.ts';
import { type Ending, ending, judgedAtLast } from './ending.ts';
import type { TellerEvent, Telling } from './telling.ts';

/** Who has waited in vain tells the story no further; what it is taken down with comes all the same. */
export function giveUp(
  telling: Omit<Telling, 'step'>,
  time: Pick<Ending, 'at' | 'from'>,
): readonly TellerEvent[] {
  const { scenario, story, view } = telling;
  const first = scenario.steps.findIndex(({ phase }) => phase === 'teardown');
  const number = first < 0 ? scenario.steps.length + 1 : Math.max(first, story.step) + 1;
  const step = scenario.steps[number - 1];
  if (!step) return ending(telling, { ...time, missed: 1 });
  const last = story.phase === 'teardown' ? [] : judgedAtLast(telling, time);
  return [...last, ...beginStep(step, { number, story, view, at: time.at })];
}
