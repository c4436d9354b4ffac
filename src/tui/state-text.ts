import { isAtEnd, type Player } from '../replay/player/player.ts';
import { readingLeft, waitAt } from '../replay/seek.ts';
import type { Timeline } from '../replay/timeline.ts';
import { formatSpan } from '../report/span.ts';
import type { ScreenWords } from '../words/screen-words.ts';
import { MARKS } from './scrubber-marks.ts';

/**
 * `● paused 1×`; while playing also why nothing moves, or everything at once. `part` is how much of the log
 * has been read, 0 to 1, where that is known.
 */
export function stateText(timeline: Timeline, player: Player, words: ScreenWords, part?: number): string {
  const isRead = timeline.complete || part === undefined;
  return `${isRead ? '' : `${words.partRead(Math.floor(part * 100))}  `}${playingText(timeline, player, words)}`;
}

function playingText(timeline: Timeline, player: Player, words: ScreenWords): string {
  const speed = `${player.speed}×${stopsText(player, words)}`;
  if (!player.playing) return isAtEnd(player, timeline) ? `■ ${words.ended}` : `● ${words.paused} ${speed}`;
  const playing = `▶ ${words.playing} ${speed}`;
  const readMs = readingLeft(timeline, player.played) / player.speed;
  if (readMs > SHORT_MS) return `${playing}, ${words.reading} ${Math.ceil(readMs / 1000)}s`;
  const { ms, rate } = waitAt(timeline, player.played);
  if (readMs > 0 || rate < 1.5) return playing;
  return `${playing}, ${words.waiting(formatSpan(ms), `${Math.round(rate * player.speed)}×`)}`;
}

/** ` until ! ◇`: where playing stops by itself, by the marks on the time line. */
function stopsText({ stopsAt = {} }: Player, words: ScreenWords): string {
  const { warnings, changes, until } = stopsAt;
  const marks = [
    ...(warnings ? [MARKS.warning.glyph] : []),
    ...(changes ? [MARKS.change.glyph] : []),
    ...(until ? [until.text] : []),
  ];
  return marks.length === 0 ? '' : ` ${words.until(marks.join(' '))}`;
}

/** Below that it is not worth a word. */
const SHORT_MS = 1000;
