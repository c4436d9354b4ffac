/** The id of the command that a step types: the same in every run. */
export function commandOfStep(step: number): string {
  return `step-${step}`;
}
