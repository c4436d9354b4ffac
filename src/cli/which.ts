import type { Choice } from '../scenario/language/expand/expand-scenario.ts';
import type { Values } from './option-types.ts';

/** Which run of a scenario is meant. */
export interface Which {
  readonly seed?: string;
  /** Parameters of the scenario. */
  readonly set?: Values;
  /** A case of its matrix: `nodes=3,surge=1`. */
  readonly case?: string;
  /** A branch that its story tells of. */
  readonly branch?: string;
}

/** What of it the scenario itself has to know. */
export function choiceOf({ set, case: asked }: Which): Choice {
  return { ...(set && { set }), ...(asked !== undefined && { case: asked }) };
}
