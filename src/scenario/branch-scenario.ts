import type { BranchPlan, Scenario, Step } from './scenario.ts';

/** The branches of a scenario, in the order in which its steps offer them, each with the step that does. */
export function branchesOf({ steps }: Scenario): readonly (readonly [step: number, plan: BranchPlan])[] {
  return steps.flatMap(({ branch }, index) => (branch ? [[index + 1, branch] as const] : []));
}

/**
 * The scenario that a branch tells: what comes before it, and its own steps. It is forked from a run of the
 * scenario, and never played from the beginning.
 */
export function branchScenario(scenario: Scenario, { name, after, steps, watches }: BranchPlan): Scenario {
  const shared = scenario.steps.slice(0, after).map(withoutBranch);
  return { ...scenario, branch: name, steps: [...shared, ...steps], watches };
}

function withoutBranch({ branch: _, ...step }: Step): Step {
  return step;
}
