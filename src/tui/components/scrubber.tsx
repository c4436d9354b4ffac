import { Text } from 'ink';
import type { ReactNode } from 'react';
import type { Player } from '../../replay/player/player.ts';
import type { Timeline } from '../../replay/timeline.ts';
import { formatClock } from '../../report/clock.ts';
import type { Growth } from '../session.ts';

interface Props {
  readonly timeline: Timeline;
  readonly player: Player;
  readonly growth: Growth;
  readonly width: number;
}

/** The whole run in one line: what is past, where one stands, and where the steps begin. */
export function Scrubber({ timeline, player, growth, width }: Props): ReactNode {
  const head = formatClock(player.clock);
  const tail = `${formatClock(timeline.duration)}${growth.ended ? '' : '…'}`;
  const cells = Math.max(10, width - head.length - tail.length - 2);
  const at = (time: number): number =>
    timeline.duration === 0 ? 0 : Math.min(cells - 1, Math.floor((time / timeline.duration) * cells));
  const bar: string[] = Array.from({ length: cells }, (_, cell) => (cell <= at(player.clock) ? '━' : '─'));
  for (const step of timeline.steps) bar[at(timeline.timeOf(step))] = '┿';
  bar[at(player.clock)] = '●';
  return <Text wrap="truncate-end">{`${head} ${bar.join('')} ${tail}`}</Text>;
}
