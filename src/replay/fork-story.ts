import type { LogHeader } from '../kernel/log/log-format.ts';
import { commits } from '../kernel/run/run.ts';
import { branchesOf, branchScenario, type Offered } from '../scenario/branch-scenario.ts';
import { branchHeaderOf } from '../scenario/log-header.ts';
import type { Scenario } from '../scenario/scenario.ts';
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
  /** Those of which it tells itself, once it is played. */
  readonly inner: readonly StoryBranch[];
}

/**
 * Forks the branch that a step tells of. Undefined where the log does not come as far as it, or is no run of
 * the story itself.
 */
export function forkStory(
  timeline: Timeline,
  scenario: Scenario,
  [step, plan]: Offered,
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
    inner: [],
  };
}

/** All branches of a story, each played to its end, with those of which they tell. */
export function playBranches(timeline: Timeline, scenario: Scenario): readonly StoryBranch[] {
  return branchesOf(scenario).flatMap((offered) => {
    const branch = forkStory(timeline, scenario, offered);
    if (!branch) return [];
    const own = playedToEnd(branch);
    return [{ ...branch, inner: playBranches(own, branch.scenario) }];
  });
}

/** The timeline of a branch when all of it has happened. */
export function playedToEnd({ fork: { timeline, run } }: StoryBranch): Timeline {
  for (const commit of commits(run)) for (const entry of commit) timeline.append(entry);
  timeline.finish();
  return timeline;
}

/** Branches, each followed by those of which it tells. */
export function everyBranch(branches: readonly StoryBranch[]): readonly StoryBranch[] {
  return branches.flatMap((branch) => [branch, ...everyBranch(branch.inner)]);
}

/** The same, each with the first line of its log; `header` is that of what they are branches of. */
export function branchesWithHeaders(
  branches: readonly StoryBranch[],
  header: LogHeader,
): readonly (readonly [StoryBranch, LogHeader])[] {
  return branches.flatMap((branch) => {
    const own = branchHeaderOf(header, branch.name, branch.fork.at);
    return [[branch, own] as const, ...branchesWithHeaders(branch.inner, own)];
  });
}
