import { type Chance, draw } from '../../kernel/chance/draw.ts';
import { type Millis, SECOND } from '../../kernel/time/millis.ts';
import type { HindranceRow } from '../contract/hindrance-row.ts';
import type { RowReader } from '../contract/reader.ts';
import { type Actor, hindranceOf } from './hindrance-of.ts';

/** How often an answer is asked for again that says when to come again (client-go: rest/with_retry.go). */
export const RETRIES = 10;

/** What says which requests of somebody are refused: those of that program, or those of everybody. */
export function refusalOf(rows: RowReader, who: Actor): HindranceRow | undefined {
  return hindranceOf(rows, 'requests', who) ?? rows.row('hindrances', 'requests *');
}

/** How often in a row a request is refused, however often it is made. */
export function refusedTries(
  chance: Chance,
  { share = 1 }: HindranceRow,
  identity: readonly (string | number)[],
): number {
  for (let tries = 0; tries <= RETRIES; tries++) {
    if (draw(chance, 'request refused', ...identity, tries) >= share) return tries;
  }
  return RETRIES + 1;
}

/**
 * How long it takes until a server that has too much to do handles a request: it says to come in a second.
 */
export function retryLateness(
  chance: Chance,
  row: HindranceRow | undefined,
  identity: readonly (string | number)[],
): Millis {
  return row?.code === 429 ? Math.min(RETRIES, refusedTries(chance, row, identity)) * SECOND : 0;
}
