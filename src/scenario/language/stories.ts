import type { ScenarioDocument, StepDocument } from './schema/scenario-schema.ts';
import type { BranchDocument } from './schema/step-schema.ts';

/** A step of a story, and where it stands. */
export interface PlacedStep {
  readonly step: StepDocument;
  readonly path: readonly (string | number)[];
  /** Absent for the story itself. */
  readonly phase?: 'setup' | 'teardown';
}

/** A course of things that a scenario tells from its beginning to an end: its own, or that of a branch. */
export interface Story {
  readonly steps: readonly PlacedStep[];
  /** How many of the steps are another story's, and are checked and judged there. */
  readonly shared: number;
  /** What is watched in all of it, and where that is written. */
  readonly watched: Pick<BranchDocument, 'always' | 'never' | 'eventually'>;
  readonly path: readonly (string | number)[];
  /** The 1-based number of the step from which on it is watched. */
  readonly from: number;
  /** Of a branch. */
  readonly branch?: BranchDocument;
}

/** The scenario's own steps, in the order in which they happen. */
function stepsInOrder({ setup = [], steps, teardown = [] }: ScenarioDocument): readonly PlacedStep[] {
  return [
    ...setup.map((step, index): PlacedStep => ({ step, path: ['setup', index], phase: 'setup' })),
    ...steps.map((step, index): PlacedStep => ({ step, path: ['steps', index] })),
    ...teardown.map((step, index): PlacedStep => ({ step, path: ['teardown', index], phase: 'teardown' })),
  ];
}

/** The scenario's own story, from which its branches are forked. */
export function ownStory(document: ScenarioDocument): Story {
  const from = (document.setup?.length ?? 0) + 1;
  return { steps: stepsInOrder(document), shared: 0, watched: document, path: [], from };
}

/** All that a scenario tells: its own story first, then each branch with what comes before it. */
export function storiesOf(document: ScenarioDocument): readonly Story[] {
  return withBranches(ownStory(document));
}

function withBranches(story: Story): readonly Story[] {
  const told = story.steps.flatMap((_, index) => branchAt(story, index) ?? []);
  return [story, ...told.flatMap(withBranches)];
}

/** The branch of which a step of a story tells, 0-based; those of shared steps are told where these are. */
export function branchAt({ steps, shared }: Story, toldAt: number): Story | undefined {
  const at = steps[toldAt];
  if (!at?.step.branch || toldAt < shared) return undefined;
  const { branch } = at.step;
  const path = [...at.path, 'branch'];
  const before = steps.slice(0, forkedAfter(steps, toldAt) + 1);
  const inner = branch.steps.map((step, index): PlacedStep => ({ step, path: [...path, 'steps', index] }));
  const all = [...before, ...inner];
  return { steps: all, shared: before.length, watched: branch, path, from: before.length + 1, branch };
}

/** Every step that there is, those of branches too. */
export function allSteps(document: ScenarioDocument): readonly StepDocument[] {
  return stepsInOrder(document).flatMap(({ step }) => withInner(step));
}

function withInner(step: StepDocument): readonly StepDocument[] {
  return [step, ...(step.branch?.steps ?? []).flatMap(withInner)];
}

/** The index of the step after which the branch of a step begins: its own, or that of a checkpoint. */
export function forkedAfter(steps: readonly PlacedStep[], index: number): number {
  const from = steps[index]?.step.branch?.from;
  const found = from === undefined ? -1 : steps.findIndex(({ step }) => step.checkpoint === from);
  return found >= 0 && found < index ? found : index;
}
