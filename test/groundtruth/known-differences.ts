/**
 * Where the simulation goes another way than a recording that it otherwise agrees with. It may only shrink.
 */
export interface KnownDifference {
  readonly recording: string;
  readonly about: RegExp;
  readonly of: RegExp;
  readonly why: string;
}

export const KNOWN_DIFFERENCES: readonly KnownDifference[] = [];
