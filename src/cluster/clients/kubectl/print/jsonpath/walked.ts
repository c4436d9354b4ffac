import type { Json } from '../../../../objects/json.ts';

/** Values that a piece of a template finds; undefined stands for «no object», in a range over nothing. */
export type Found = readonly (Json | undefined)[];

/**
 * What a walk yields. Go returns a value beside an error, and «does it exist» filters look at the value
 * alone.
 */
export interface Walked {
  readonly found: Found;
  readonly error?: string;
}
