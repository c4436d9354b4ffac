import type { Millis } from '../../kernel/time/millis.ts';
import { type LaneState, podSpans } from '../../replay/pod-states.ts';
import type { Timeline } from '../../replay/timeline.ts';
import type { RecordWords } from '../../words/record-words.ts';
import { formatClock } from '../clock.ts';
import { walkedOf, walkOn } from '../walked.ts';
import { type Drawing, drawing } from './svg.ts';

export interface LanesOptions {
  readonly title: string;
  readonly words: LanesWords;
}

type LanesWords = Omit<RecordWords, 'pods' | 'page'> & {
  readonly states: Readonly<Record<LaneState, string>>;
};

/** Where time begins and ends in the picture, in pixels of its own. */
export const LANES = { width: 960, left: 250, right: 20 } as const;
const { width: WIDTH, left: LEFT, right: RIGHT } = LANES;
const TOP = 44;
const LANE = 18;
const PLOT = 56;
const MOST_LANES = 60;
const SHOWN: readonly LaneState[] = ['pending', 'running', 'ready', 'failing', 'ending', 'done'];

/**
 * States differ in their brightness too: a print without colour, or a reader who does not see it, tells them
 * apart.
 */
const STYLE = `
  svg { font: 12px ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; background: #fff; }
  text { fill: #1f2328; } .faint { fill: #59636e; } .line { stroke: #d1d9e0; } .title { font-size: 14px; font-weight: 600; }
  .pending { fill: #d4c26a; } .running { fill: #8fb8de; } .ready { fill: #1a7f37; } .failing { fill: #cf222e; }
  .ending { fill: #818b98; } .done { fill: #54aeff; } .count { fill: none; stroke: #1a7f37; stroke-width: 1.5; } .lost { fill: #cf222e; }
  @media (prefers-color-scheme: dark) {
    svg { background: #0d1117; } text { fill: #e6edf3; } .faint { fill: #9198a1; } .line { stroke: #3d444d; }
    .ready { fill: #3fb950; } .failing { fill: #f85149; } .count { stroke: #3fb950; } .lost { fill: #f85149; }
  }`;

/**
 * A picture of a whole run: a lane for each pod that there ever was, in virtual time, with the steps of the
 * scenario above, and below how many pods were ready and how many requests were lost.
 */
export function lanesSvg(timeline: Timeline, { title, words }: LanesOptions): string {
  const lanes = timeline.pods.ever.slice(0, MOST_LANES);
  const left = timeline.pods.ever.length - lanes.length;
  const below = TOP + lanes.length * LANE + (left > 0 ? LANE : 0);
  const height = below + PLOT + 56;
  const draw = drawing(WIDTH, height);
  const scale = scaleOf(timeline);
  const parts = [
    draw.text([12, 20], title, 'title'),
    ...stepMarks(timeline, draw, { scale, height: below + PLOT }),
    ...lanes.flatMap((pod, index) => {
      const y = TOP + index * LANE;
      return [draw.text([LEFT - 8, y + 12], shortened(pod.name), 'name', 'end'), ...laneOf(pod, y)];
    }),
    ...(left > 0 ? [draw.text([LEFT - 8, below - 6], words.more(left), 'faint', 'end')] : []),
    ...countPlot(timeline, draw, { scale, top: below + 10, words }),
    ...timeAxis(timeline.duration, draw, { scale, y: below + PLOT + 16 }),
    ...legend(draw, words, below + PLOT + 44),
  ];
  return draw.svg({ title, style: STYLE, parts });

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

type Scale = (at: Millis) => number;

function scaleOf({ duration }: Timeline): Scale {
  const whole = Math.max(1, duration);
  return (at) => LEFT + (Math.max(0, at) / whole) * (WIDTH - LEFT - RIGHT);
}

interface Field {
  readonly scale: Scale;
}

/** A number is left out where it would stand on the one before it. */
const STEP_ROOM = 18;

function stepMarks(
  timeline: Timeline,
  draw: Drawing,
  { scale, height }: Field & { readonly height: number },
): readonly string[] {
  let last = Number.NEGATIVE_INFINITY;
  return timeline.steps.flatMap((seq, index) => {
    const x = scale(timeline.timeOf(seq));
    if (x - last < STEP_ROOM) return [];
    last = x;
    return [draw.line(x, TOP - 6, x, height), draw.text([x, TOP - 10], String(index + 1), 'faint', 'middle')];
  });
}

function countPlot(
  timeline: Timeline,
  draw: Drawing,
  { scale, top, words }: Field & { readonly top: number; readonly words: LanesWords },
): readonly string[] {
  const { ready } = timeline.pods;
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
  const { lost } = walkedOf(timeline);
  return lost
    .map(({ seq, count }, index) => ({ seq, count: count - (lost[index - 1]?.count ?? 0) }))
    .filter(({ count }) => count > 0);
}

/** Seconds between two marks: the smallest that leaves room for the times. */
const TICKS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 43_200, 86_400];
const TICK_ROOM = 90;

function timeAxis(
  duration: Millis,
  draw: Drawing,
  { scale, y }: Field & { readonly y: number },
): readonly string[] {
  const most = Math.floor((WIDTH - LEFT - RIGHT) / TICK_ROOM);
  const tick = (TICKS.find((seconds) => duration / 1000 / seconds <= most) ?? 86_400 * 7) * 1000;
  const count = Math.floor(duration / tick) + 1;
  return Array.from({ length: count }, (_, index) =>
    draw.text([scale(index * tick), y], formatClock(index * tick).replace(/\.\d+$/, ''), 'faint', 'middle'),
  );
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
