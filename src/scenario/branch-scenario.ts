import type { BranchPlan, Scenario, Step } from './scenario.ts';

/** A branch, and the number of the step that offers it. */
export type Offered = readonly [step: number, plan: BranchPlan];

/** The branches of a scenario, in the order in which its steps offer them. */
export function branchesOf({ steps }: Pick<Scenario, 'steps'>): readonly Offered[] {
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

/** The branches by which one comes to that of a name, its own last; none where there is none. */
export function wayTo({ steps }: Pick<Scenario, 'steps'>, name: string): readonly BranchPlan[] {
  for (const [, plan] of branchesOf({ steps })) {
    const beyond = plan.name === name ? [] : wayTo(plan, name);
    if (plan.name === name || beyond.length > 0) return [plan, ...beyond];
  }
  return [];
}

/** All branches of which steps tell, each followed by those of which it tells itself. */
export function plansIn(steps: readonly Step[]): readonly BranchPlan[] {
  return steps.flatMap(({ branch }) => (branch ? [branch, ...plansIn(branch.steps)] : []));
}

function withoutBranch({ branch: _, ...step }: Step): Step {
  return step;
}
