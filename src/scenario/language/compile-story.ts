import type { BranchPlan, Scenario, Step } from '../scenario.ts';
import type { Around } from './compile-condition.ts';
import { withMeasures } from './compile-measures.ts';
import { compileStep } from './compile-steps.ts';
import { compileWatches } from './compile-watches.ts';
import type { ScenarioDocument } from './schema/scenario-schema.ts';
import { branchAt, ownStory, type Story } from './stories.ts';

/** All that a scenario tells, setup, teardown and branches too, and what it watches meanwhile. */
export function compileStory(
  document: ScenarioDocument,
  around: Around,
): Pick<Scenario, 'steps' | 'watches'> {
  const own = ownStory(document);
  const watches = compileWatches(own, around);
  return { steps: withMeasures(stepsOf(own, around), watches), watches };
}

/** Those that a story does not share with another one, with the branches of which they tell. */
function stepsOf(story: Story, around: Around): readonly Step[] {
  const { steps, shared } = story;
  return steps.slice(shared).map((_, index): Step => {
    const inner = branchAt(story, shared + index);
    const step = compileStep(steps, shared + index, around);
    return inner ? { ...step, branch: planOf(inner, around) } : step;
  });
}

function planOf(story: Story, around: Around): BranchPlan {
  return {
    name: story.branch?.name ?? '',
    after: story.shared,
    steps: stepsOf(story, around),
    watches: compileWatches(story, around),
  };
}
