import type { LaneState } from '../../replay/pod-states.ts';
import { availabilityOf } from '../../report/availability.ts';
import { podLanes } from '../../report/pod-lanes.ts';
import type { ScreenWords } from '../../words/screen-words.ts';
import { padded, shortName } from '../columns.ts';
import type { Box } from '../layout.ts';
import { type Line, lineOf, type PaneBody, type Segment } from '../line.ts';
import { cellAt, scrubberWidths } from '../scrubber-line.ts';
import type { Tone } from '../tones.ts';
import { POD_TONES } from './pod-glyphs.ts';
import type { Seen } from './seen.ts';

const GLYPHS: Readonly<Record<LaneState, string>> = {
  absent: ' ',
  pending: '░',
  running: '▒',
  ready: '█',
  failing: '✗',
  ending: '▓',
  done: '✓',
};

const TONES: Readonly<Record<LaneState, Tone>> = { ...POD_TONES, absent: 'faint' };

/** How the time line below is divided, so that the same time stands at the same place. */
interface Division {
  readonly head: number;
  readonly cells: number;
  /** The cell where the reader stands. */
  readonly here: number;
}

/**
 * The pods over the whole run, a line each, and below them how many were ready; right above the time line.
 */
export function lanesLines({ timeline, player, words }: Seen, { width, height }: Box): PaneBody {
  const { clock, cursor, played, selected } = player;
  const { duration, complete } = timeline;
  const { head, cells } = scrubberWidths({ clock, duration, complete, width });
  const division = { head, cells, here: cellAt(timeline, cells, played) };
  const pods = timeline.pods.ever;
  const bars = barLines(availabilityOf(timeline, { cells, cursor }), division, words);
  const most = Math.max(1, height - 1 - bars.length);
  const lanes = podLanes(timeline, pods, { cells, most, cursor, selected });
  const lines = lanes.map(({ key, name, states, now }): Line => {
    const isSelected = key === selected;
    return [
      {
        text: `${isSelected ? '▸' : ' '}${padded(shortName(name, head), head)} `,
        tone: isSelected ? 'current' : 'plain',
      },
      ...runsOf(states.with(division.here, now), division.here),
      { text: ` ${words.laneStates[now]}`, tone: TONES[now] },
    ];
  });
  const title = `${words.lanes}  ${words.laneLegend}`;
  if (pods.length === 0) return { title: words.lanes, lines: [lineOf(` ${words.noPods}`, 'faint')] };
  return { title, lines: [...lines, ...bars], room: { first: 0, last: 0, page: most } };
}

const BARS = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'] as const;

function barLines(
  { ready, mostReady, lost, mostLost, now, hasTraffic }: ReturnType<typeof availabilityOf>,
  { head, here }: Division,
  words: ScreenWords,
): readonly Line[] {
  const line = (name: string, bars: readonly string[], said: string, tone: Tone): Line => [
    { text: ` ${padded(shortName(name, head), head)} ` },
    { text: bars.slice(0, here).join(''), tone },
    { text: bars[here] ?? '', tone: 'current' },
    { text: bars.slice(here + 1).join(''), tone },
    { text: ` ${said}` },
  ];
  const isShort = now.ready < now.present;
  return [
    line(
      words.readyPods,
      ready.map((count) => barOf(count, mostReady)),
      `${now.ready}/${now.present}`,
      isShort ? 'warning' : 'good',
    ),
    ...(hasTraffic
      ? [
          line(
            words.lostRequests,
            lost.map((count) => barOf(count, mostLost)),
            String(now.lost),
            'bad',
          ),
        ]
      : []),
  ];
}

function barOf(count: number, most: number): string {
  if (count <= 0) return ' ';
  return BARS[Math.max(0, Math.ceil((count / most) * BARS.length) - 1)] ?? ' ';
}

/** Cells that look the same are one piece; where the reader stands is one of its own. */
function runsOf(states: readonly LaneState[], here: number): readonly Segment[] {
  const runs: { text: string; state: LaneState; isHere: boolean }[] = [];
  for (const [cell, state] of states.entries()) {
    const last = runs.at(-1);
    const isHere = cell === here;
    if (last?.state === state && !isHere && !last.isHere) last.text += GLYPHS[state];
    else runs.push({ text: GLYPHS[state], state, isHere });
  }
  return runs.map(({ text, state, isHere }) => ({ text, tone: isHere ? 'current' : TONES[state] }));
}
