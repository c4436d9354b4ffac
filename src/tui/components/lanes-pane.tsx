import { Box } from 'ink';
import { type ReactNode, useMemo } from 'react';
import type { Player } from '../../replay/player/player.ts';
import type { Timeline } from '../../replay/timeline.ts';
import { type LaneState, podLanes, podsEver } from '../../report/pod-lanes.ts';
import { padded, shortName } from '../columns.ts';
import { cellAt, scrubberWidths } from '../scrubber-line.ts';
import { Words } from '../theme.tsx';
import type { Tone } from '../tones.ts';
import type { ScreenWords } from '../words.ts';
import { Pane } from './pane.tsx';

interface Props {
  readonly timeline: Timeline;
  readonly player: Player;
  readonly words: ScreenWords;
  readonly others: readonly string[];
  readonly width: number;
  readonly height: number;
}

const GLYPHS: Readonly<Record<LaneState, string>> = {
  absent: ' ',
  pending: '░',
  running: '▒',
  ready: '█',
  failing: '✗',
  ending: '▓',
  done: '✓',
};

const TONES: Readonly<Record<LaneState, Tone>> = {
  absent: 'faint',
  pending: 'warning',
  running: 'warning',
  ready: 'good',
  failing: 'bad',
  ending: 'faint',
  done: 'good',
};

/** The pods over the whole run, a line each, right above the same time on the time line. */
export function LanesPane({ timeline, player, words, others, width, height }: Props): ReactNode {
  const { cursor, played } = player;
  const { entries, duration, complete } = timeline;
  const count = entries.length;
  const { head, cells } = scrubberWidths({ clock: player.clock, duration, complete, width });
  const most = height - 2;
  // biome-ignore lint/correctness/useExhaustiveDependencies: entries grow, and are the same object.
  const pods = useMemo(() => podsEver(timeline), [timeline, count]);
  const lanes = podLanes(timeline, pods, { cells, most, cursor });
  const here = cellAt(timeline, cells, played);
  return (
    <Pane title={words.lanes} others={others} width={width} height={height}>
      <Words tone="faint">{pods.length === 0 ? words.noPods : ` ${words.laneLegend}`}</Words>
      {lanes.map(({ name, states, now }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: names may come again.
        <Box key={index}>
          <Words>{` ${padded(shortName(name, head), head)} `}</Words>
          {runsOf(states.with(here, now), here).map(({ from, state, length, isHere }) => (
            <Words key={from} tone={isHere ? 'current' : TONES[state]}>
              {GLYPHS[state].repeat(length)}
            </Words>
          ))}
          <Words tone={TONES[now]}>{` ${words.laneStates[now]}`}</Words>
        </Box>
      ))}
    </Pane>
  );
}

interface Stretch {
  readonly from: number;
  readonly state: LaneState;
  readonly length: number;
  readonly isHere: boolean;
}

/** Cells that look the same are one text; where the reader stands is one of its own. */
function runsOf(states: readonly LaneState[], here: number): readonly Stretch[] {
  const runs: Stretch[] = [];
  for (const [cell, state] of states.entries()) {
    const last = runs.at(-1);
    const isHere = cell === here;
    if (last?.state === state && !isHere && !last.isHere)
      runs.splice(-1, 1, { ...last, length: last.length + 1 });
    else runs.push({ from: cell, state, length: 1, isHere });
  }
  return runs;
}
