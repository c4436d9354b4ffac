import { commits } from '../kernel/run/run.ts';
import { branchesOf, branchScenario } from '../scenario/branch-scenario.ts';
import type { BranchPlan, Scenario } from '../scenario/scenario.ts';
import { type Fork, fork, refusalToFork } from './fork.ts';
import type { Timeline } from './timeline.ts';

/** A branch that a scenario tells of, forked off a run of it. */
export interface StoryBranch {
  readonly name: string;
  /** The number of the step at which it is told. */
  readonly step: number;
  /** The number of the last step that it shares with the story. */
  readonly after: number;
  /** What its run goes on with. */
  readonly scenario: Scenario;
  readonly fork: Fork;
}

/**
 * Forks the branch that a step tells of. Undefined where the log does not come as far as it, or is no run of
 * the story itself.
 */
export function forkStory(
  timeline: Timeline,
  scenario: Scenario,
  [step, plan]: readonly [number, BranchPlan],
): StoryBranch | undefined {
  const begins = timeline.steps[plan.after - 1];
  if (begins === undefined || timeline.steps[step - 1] === undefined) return undefined;
  if (!timeline.stops.some((stop) => stop >= begins) || refusalToFork(timeline)) return undefined;
  const told = branchScenario(scenario, plan);
  return {
    name: plan.name,
    step,
    after: plan.after,
    scenario: told,
    fork: fork(timeline, { scenario: told, at: begins }),
  };
}

/** All branches of a story, each played to its end. */
export function playBranches(timeline: Timeline, scenario: Scenario): readonly StoryBranch[] {
  return branchesOf(scenario).flatMap((planned) => {
    const branch = forkStory(timeline, scenario, planned);
    if (!branch) return [];
    const { timeline: own, run } = branch.fork;
    for (const commit of commits(run)) for (const entry of commit) own.append(entry);
    own.finish();
    return [branch];
  });
}
