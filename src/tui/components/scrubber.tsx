import type { ReactNode } from 'react';
import type { Player } from '../../replay/player/player.ts';
import { momentOf, playedInAll } from '../../replay/seek.ts';
import type { Timeline } from '../../replay/timeline.ts';
import { formatClock } from '../../report/clock.ts';
import { Words } from '../theme.tsx';

interface Props {
  readonly timeline: Timeline;
  readonly player: Player;
  readonly width: number;
}

/**
 * The whole run in one line, as long as it plays: what is past, where one stands, where steps begin and
 * where something went wrong.
 */
export function Scrubber({ timeline, player, width }: Props): ReactNode {
  const head = formatClock(player.clock);
  const tail = `${formatClock(timeline.duration)}${timeline.complete ? '' : '…'}`;
  const cells = Math.max(10, width - head.length - tail.length - 4);
  return <Words>{` ${head} ${bar(timeline, player, cells)} ${tail}`}</Words>;
}

function bar(timeline: Timeline, player: Player, cells: number): string {
  const whole = Math.max(1, playedInAll(timeline));
  const cellOf = (played: number): number => Math.min(cells - 1, Math.floor((played / whole) * cells));
  const here = cellOf(player.played);
  const line: string[] = Array.from({ length: cells }, (_, cell) => (cell < here ? '━' : '─'));
  for (const seq of timeline.steps) line[cellOf(momentOf(timeline, seq).played)] = '┿';
  for (const seq of timeline.warnings) line[cellOf(momentOf(timeline, seq).played)] = '!';
  line[here] = '●';
  return line.join('');
}
