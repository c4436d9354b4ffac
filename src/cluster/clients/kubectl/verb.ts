import type { Flag } from '../flags/flag.ts';
import type { CheckContext, Outcome, TypedWord } from '../program.ts';
import type { Invocation, Steps } from './invocation.ts';

/** Something that kubectl can be told to do. */
export interface Verb {
  readonly name: string;
  readonly aliases?: readonly string[];
  readonly flags?: readonly Flag[];
  /** Flags without which it does nothing. */
  readonly required?: readonly string[];
  readonly subverbs?: readonly Verb[];
  /** Absent where there are only verbs below it, or where it is not simulated. */
  readonly run?: (invocation: Invocation) => Steps | Outcome;
  /** It exists, and is not simulated: what to do instead, if there is something. */
  readonly instead?: string;
  /** Ends a call whose flags cannot be read, where it is not done as for all other verbs. */
  readonly flagProblem?: (message: string) => never;
  /** What about the call is not simulated, though its flags are. */
  refusal?(words: readonly TypedWord[], context: CheckContext): Refused | undefined;
}

export interface Refused {
  readonly word: TypedWord;
  readonly what: string;
  readonly hint: string;
}
