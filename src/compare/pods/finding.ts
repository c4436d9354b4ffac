import type { Millis } from '../../kernel/time/millis.ts';
import type { Told } from '../divergence.ts';

/** Something amiss that was found, in words, and when it was in the wanted play. */
export interface Finding {
  readonly atMs: Millis;
  readonly text: string;
  readonly wanted?: Told;
  readonly actual?: Told;
  readonly agreed?: { readonly wanted: Told; readonly actual: Told };
}
