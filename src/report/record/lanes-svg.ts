import { type LaneState, podSpans } from '../../replay/pod-states.ts';
import type { Timeline } from '../../replay/timeline.ts';
import type { RecordWords } from '../../words/record-words.ts';
import { formatClock } from '../clock.ts';
import { walkedOf, walkOn } from '../walked.ts';
import { PICTURE_STYLE } from './picture-style.ts';
import { type Drawing, drawing } from './svg.ts';
import { styleIn, type Theme } from './theme.ts';
import { FIELD, type Scale, stepMarks, timeAxis, timeScale } from './time-axis.ts';

const { width: WIDTH, left: LEFT, right: RIGHT } = FIELD;

export interface LanesOptions {
  readonly title: string;
  readonly theme?: Theme;
  readonly words: LanesWords;
}

type LanesWords = Omit<RecordWords, 'pods' | 'page'> & {
  readonly states: Readonly<Record<LaneState, string>>;
};

const TOP = 44;
const LANE = 18;
const PLOT = 56;
const MOST_LANES = 60;
const SHOWN: readonly LaneState[] = ['pending', 'running', 'ready', 'failing', 'ending', 'done'];

/**
 * A picture of a whole run: a lane for each pod that there ever was, in virtual time, with the steps of the
 * scenario above, and below how many pods were ready and how many requests were lost.
 */
export function lanesSvg(timeline: Timeline, { title, words, theme = 'auto' }: LanesOptions): string {
  const lanes = timeline.pods.ever.slice(0, MOST_LANES);
  const left = timeline.pods.ever.length - lanes.length;
  const below = TOP + lanes.length * LANE + (left > 0 ? LANE : 0);
  const height = below + PLOT + 56;
  const draw = drawing(WIDTH, height);
  const scale = timeScale(timeline);
  const parts = [
    draw.text([12, 20], title, 'title'),
    ...stepMarks(timeline, draw, { from: TOP - 6, to: below + PLOT }),
    ...lanes.flatMap((pod, index) => {
      const y = TOP + index * LANE;
      return [draw.text([LEFT - 8, y + 12], shortened(pod.name), 'name', 'end'), ...laneOf(pod, y)];
    }),
    ...(left > 0 ? [draw.text([LEFT - 8, below - 6], words.more(left), 'faint', 'end')] : []),
    ...countPlot(timeline, draw, { scale, top: below + 10, words }),
    ...timeAxis(timeline.duration, draw, below + PLOT + 16),
    ...legend(draw, words, below + PLOT + 44),
  ];
  return draw.svg({
    title,
    desc: words.lanesDesc(timeline.pods.ever.length, timeline.steps.length),
    style: styleIn(PICTURE_STYLE, theme),
    parts,
  });

  function laneOf(pod: (typeof lanes)[number], y: number): readonly string[] {
    const spans = podSpans(pod);
    return spans.flatMap(({ seq, state }, index) => {
      if (state === 'absent') return [];
      const next = spans[index + 1];
      const from = scale(timeline.timeOf(seq));
      const to = next ? scale(timeline.timeOf(next.seq)) : WIDTH - RIGHT;
      const said = `${pod.name}: ${words.states[state]}, ${formatClock(timeline.timeOf(seq))}`;
      return [
        draw.rect({ x: from, y: y + 2, width: Math.max(to - from, 0.75), height: LANE - 5 }, state, said),
      ];
    });
  }
}

function countPlot(
  timeline: Timeline,
  draw: Drawing,
  { scale, top, words }: { readonly scale: Scale; readonly top: number; readonly words: LanesWords },
): readonly string[] {
  const ready = timeline.pods.ready.changes();
  const most = Math.max(1, ...ready.map(({ count }) => count));
  const bottom = top + PLOT - 12;
  const level = (count: number): number => bottom - (count / most) * (PLOT - 16);
  const points = ready.flatMap(({ seq, count }, index) => {
    const x = scale(timeline.timeOf(seq));
    return [[x, level(ready[index - 1]?.count ?? 0)] as const, [x, level(count)] as const];
  });
  const path = [
    [LEFT, level(0)] as const,
    ...points,
    [WIDTH - RIGHT, level(ready.at(-1)?.count ?? 0)] as const,
  ];
  const losses = lossesOf(timeline).map(({ seq, count }) => ({ x: scale(timeline.timeOf(seq)), count }));
  const mostLost = Math.max(1, ...losses.map(({ count }) => count));
  return [
    draw.text([LEFT - 8, top + 12], `${words.ready} (0–${most})`, 'faint', 'end'),
    ...losses.map(({ x, count }) => {
      const size = Math.max(2, (count / mostLost) * (PLOT - 16));
      return draw.rect({ x, y: bottom - size, width: 2, height: size }, 'lost', `${words.lost}: ${count}`);
    }),
    draw.path(path, 'count'),
    draw.line(LEFT, bottom, WIDTH - RIGHT, bottom),
    ...(losses.length > 0 ? [draw.text([LEFT - 8, top + 30], words.lost, 'faint', 'end')] : []),
  ];
}

/** How many requests were lost at a time, not up to it. */
function lossesOf(timeline: Timeline): readonly { readonly seq: number; readonly count: number }[] {
  while (!walkOn(timeline));
  const lost = walkedOf(timeline).lost.changes();
  return lost
    .map(({ seq, count }, index) => ({ seq, count: count - (lost[index - 1]?.count ?? 0) }))
    .filter(({ count }) => count > 0);
}

function legend(draw: Drawing, { states }: LanesWords, y: number): readonly string[] {
  const room = (WIDTH - LEFT - RIGHT) / SHOWN.length;
  return SHOWN.flatMap((state, index) => {
    const x = LEFT + index * room;
    return [
      draw.rect({ x, y: y - 10, width: 12, height: 12 }, state),
      draw.text([x + 18, y], states[state], 'faint'),
    ];
  });
}

const NAME_LENGTH = 32;

function shortened(name: string): string {
  return name.length <= NAME_LENGTH ? name : `…${name.slice(1 - NAME_LENGTH)}`;
}
