import { previousBeat, previousStop } from '../../replay/seek.ts';
import type { ScreenWords } from '../../words/screen-words.ts';
import type { Reader } from '../pane-keys.ts';

/** What a pane is made from: what there is to see, who looks, and from where. */
export interface Seen extends Reader {
  readonly words: ScreenWords;
  /** The reader is in this pane. */
  readonly isFocus: boolean;
}

/** The place before the present one: what came after it has come just now. */
export function placeBefore({ player, timeline }: Pick<Seen, 'player' | 'timeline'>): number {
  return (player.detailed ? previousStop : previousBeat)(timeline, player.cursor);
}
