import { Box } from 'ink';
import type { ReactNode } from 'react';
import { isAtEnd, type Player } from '../../replay/player/player.ts';
import type { Scene } from '../../replay/scene.ts';
import { readingLeft, waitAt } from '../../replay/seek.ts';
import type { Timeline } from '../../replay/timeline.ts';
import { formatSpan } from '../../report/span.ts';
import { headerLine } from '../header-line.ts';
import { MARKS } from '../scrubber-marks.ts';
import { Words } from '../theme.tsx';
import type { ScreenWords } from '../words.ts';

interface Props {
  readonly name: string;
  /** Which branch one is in; absent where there is only one. */
  readonly branch?: string | undefined;
  readonly scene: Scene;
  readonly timeline: Timeline;
  readonly player: Player;
  /** How much of the log has been read, 0 to 1, where that is known. */
  readonly part?: number | undefined;
  readonly words: ScreenWords;
  readonly language: string;
  readonly width: number;
}

/** What is played, which step of it, and how. */
export function Header({ timeline, player, part, words, ...heading }: Props): ReactNode {
  const isRead = timeline.complete || part === undefined;
  const progress = isRead ? '' : `${words.partRead(Math.floor(part * 100))}  `;
  const state = `${progress}${stateText(timeline, player, words)}`;
  const { left, right } = headerLine({ ...heading, words, state });
  return (
    <Box>
      <Words tone="strong">{left}</Words>
      <Words>{right}</Words>
    </Box>
  );
}

/** `● paused 1×`; while playing also why nothing moves, or everything at once. */
function stateText(timeline: Timeline, player: Player, words: ScreenWords): string {
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
