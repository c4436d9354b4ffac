import type { BranchPlan, Scenario, Step } from '../scenario.ts';
import type { Around } from './compile-condition.ts';
import { withMeasures } from './compile-measures.ts';
import { compileStep } from './compile-steps.ts';
import { compileWatches } from './compile-watches.ts';
import type { ScenarioDocument } from './schema/scenario-schema.ts';
import { type Story, storiesOf } from './stories.ts';

/** All that a scenario tells, setup, teardown and branches too, and what it watches meanwhile. */
export function compileStory(
  document: ScenarioDocument,
  around: Around,
): Pick<Scenario, 'steps' | 'watches'> {
  const [own, ...branches] = storiesOf(document);
  if (!own) return { steps: [], watches: [] };
  const plans = new Map(branches.map((branch) => [branch.toldAt ?? -1, planOf(branch, around)]));
  const watches = compileWatches(own, around);
  const steps = own.steps.map((_, index): Step => {
    const plan = plans.get(index);
    return { ...compileStep(own.steps, index, around), ...(plan && { branch: plan }) };
  });
  return { steps: withMeasures(steps, watches), watches };
}

function planOf(story: Story, around: Around): BranchPlan {
  const { steps, shared, branch } = story;
  return {
    name: branch?.name ?? '',
    after: shared,
    steps: steps.slice(shared).map((_, index) => compileStep(steps, shared + index, around)),
    watches: compileWatches(story, around),
  };
}
