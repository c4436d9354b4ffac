import type { Millis } from '../../../kernel/time/millis.ts';
import type { Timeline } from '../../../replay/timeline.ts';
import { PICTURE_STYLE } from '../picture-style.ts';
import { type Drawing, drawing, type Point } from '../svg.ts';
import { styleIn, type Theme } from '../theme.ts';
import { FIELD, type Scale, stepMarks, timeAxis, timeScale } from '../time-axis.ts';

/** One thing over time, with a scale of its own. */
export interface Panel {
  readonly title: string;
  /** What its scale counts: `%`, `replicas`. */
  readonly unit: string;
  readonly series: readonly Series[];
}

export type Series = Stepped | Bars;

/** A value that holds until the next one. */
export interface Stepped {
  readonly kind: 'steps';
  readonly name: string;
  /** `count` is what there is, `wanted` what shall be, `limit` what it may not pass. */
  readonly shape: 'count' | 'wanted' | 'limit';
  /** Ascending; without a value from a time on there is none. */
  readonly points: readonly { readonly at: Millis; readonly value?: number }[];
}

/** How much came together in each span; bars of a panel stand upon each other. */
export interface Bars {
  readonly kind: 'bars';
  readonly name: string;
  readonly shape: 'answered' | 'lost';
  readonly spanMs: Millis;
  readonly values: readonly number[];
}

export interface PanelsPicture {
  readonly title: string;
  readonly desc: string;
  readonly theme: Theme;
}

const TOP = 52;
const PANEL = 96;
/** What a panel leaves to the next one. */
const GAP = 24;
const AXIS = 30;

/**
 * Pictures of several things over the time of a run, below each other, each with its scale and its legend.
 */
export function panelsSvg(timeline: Timeline, panels: readonly Panel[], picture: PanelsPicture): string {
  const bottom = TOP + panels.length * PANEL;
  const height = bottom + AXIS;
  const draw = drawing(FIELD.width, height);
  const { title, desc, theme } = picture;
  const parts = [
    draw.text([12, 20], title, 'title'),
    ...stepMarks(timeline, draw, { from: TOP - 10, to: bottom - GAP / 2 }),
    ...panels.flatMap((panel, index) => drawnPanel(panel, TOP + index * PANEL, timeline, draw)),
    ...timeAxis(timeline.duration, draw, bottom + 12),
  ];
  return draw.svg({ title, desc, style: styleIn(PICTURE_STYLE, theme), parts });
}

function drawnPanel(panel: Panel, top: number, timeline: Timeline, draw: Drawing): readonly string[] {
  const base = top + PANEL - GAP;
  const most = roundAbove(Math.max(1, ...panel.series.map(highest), ...stackOf(panel)));
  const level = (value: number): number => base - (value / most) * (PANEL - GAP);
  const scale = timeScale(timeline);
  const right = FIELD.width - FIELD.right;
  const marks = [0, most / 2, most].filter((value) => Number.isInteger(value) || most < 2);
  const axis = marks.flatMap((value) => [
    draw.line(FIELD.left, level(value), right, level(value)),
    draw.text([FIELD.left - 6, level(value) + 4], `${numberText(value)}`, 'faint', 'end'),
  ]);
  const below: number[] = [];
  const drawn = panel.series.flatMap((series) =>
    series.kind === 'bars'
      ? barsOf(series, { level, scale, below, end: timeline.duration }, draw)
      : stepsOf(series, { level, scale, end: timeline.duration }, draw),
  );
  return [...headOf(panel, top, draw), ...axis, ...drawn];
}

const NAME_LENGTH = 28;

/** Its name, what it counts, and a line of legend for each series. */
function headOf({ title, unit, series }: Panel, top: number, draw: Drawing): readonly string[] {
  const name = title.length <= NAME_LENGTH ? title : `…${title.slice(1 - NAME_LENGTH)}`;
  return [
    draw.text([12, top + 10], name, 'name'),
    draw.text([12, top + 26], unit, 'faint'),
    ...series.flatMap((each, index) => {
      const y = top + 42 + index * 15;
      const swatch =
        each.kind === 'bars'
          ? draw.rect({ x: 12, y: y - 9, width: 16, height: 10 }, each.shape)
          : draw.path([[12, y - 4] as const, [28, y - 4] as const], each.shape);
      return [swatch, draw.text([34, y], each.name, 'faint')];
    }),
  ];
}

interface Placing {
  readonly level: (value: number) => number;
  readonly scale: Scale;
  readonly end: Millis;
}

function stepsOf(
  { points, shape, name }: Stepped,
  { level, scale, end }: Placing,
  draw: Drawing,
): readonly string[] {
  const paths: Point[][] = [];
  let path: Point[] = [];
  for (const [index, { at, value }] of points.entries()) {
    if (value === undefined) continue;
    const next = points[index + 1];
    const [from, to, y] = [scale(at), scale(next?.at ?? end), level(value)];
    if (path.length === 0) paths.push(path);
    path.push([from, y], [to, y]);
    if (next && next.value === undefined) path = [];
  }
  return paths.map((each) => draw.path(each, shape, name));
}

function barsOf(
  { spanMs, values, shape, name }: Bars,
  { level, scale, below, end }: Placing & { readonly below: number[] },
  draw: Drawing,
): readonly string[] {
  return values.flatMap((value, index) => {
    const from = below[index] ?? 0;
    below[index] = from + value;
    if (value <= 0) return [];
    const x = scale(index * spanMs);
    const width = Math.max(1, scale(Math.min(end, (index + 1) * spanMs)) - x - 1);
    const height = Math.max(shape === 'lost' ? 2 : 0.5, level(from) - level(from + value));
    return [draw.rect({ x, y: level(from) - height, width, height }, shape, `${name}: ${numberText(value)}`)];
  });
}

function highest(series: Series): number {
  if (series.kind === 'bars') return 0;
  return Math.max(0, ...series.points.map(({ value = 0 }) => value));
}

/** How high the bars of a panel are together. */
function stackOf({ series }: Panel): readonly number[] {
  const stacks: number[] = [];
  for (const each of series) {
    if (each.kind === 'bars')
      for (const [index, value] of each.values.entries()) stacks[index] = (stacks[index] ?? 0) + value;
  }
  return stacks;
}

/** The end of a scale: 1, 2, 4, 5, 6, 8 or 10 of a power of ten. */
function roundAbove(value: number): number {
  let power = 1;
  while (power * 10 <= value) power *= 10;
  const factor = [1, 2, 4, 5, 6, 8, 10].find((each) => each * power >= value) ?? 10;
  return factor * power;
}

function numberText(value: number): string {
  return String(Math.round(value * 10) / 10);
}
