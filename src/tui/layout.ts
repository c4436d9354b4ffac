import type { PaneName } from './pane-names.ts';
import { TURNS } from './pane-names.ts';
import type { Size } from './size.ts';

export interface Box {
  readonly width: number;
  readonly height: number;
}

/** A place on the screen, and the pane that stands there. */
export interface Slot extends Box {
  readonly name: PaneName;
  /** The panes that could stand here as well, in the order in which one turns to them. */
  readonly others: readonly PaneName[];
}

/** Which panes are on the screen, and how large each is. */
export interface Layout {
  /** Side by side, a blank apart; each from top to bottom. */
  readonly columns: readonly (readonly Slot[])[];
  /** Over the whole width, right above the time line. */
  readonly below?: Slot;
  /** There is room for one pane beside the story, and what is opened takes all of it. */
  readonly isSmall: boolean;
}

export const SMALLEST: Size = { columns: 60, rows: 18 };

/** Whether a terminal has no room for the player. */
export function isTooSmall({ columns, rows }: Size): boolean {
  return columns < SMALLEST.columns || rows < SMALLEST.rows;
}

/**
 * The lines that are not panes: header, scrubber, footer; and one that stays empty, so that nothing scrolls.
 */
export const FRAME_ROWS = 4;

/** From here on there is room for panes below each other, and for the pods' lanes below all. */
const TALL_ROWS = 26;
/** From here on two columns stand side by side, and from there on three. */
const WIDE_COLUMNS = 110;
const WIDEST_COLUMNS = 180;
const HIGH_ROWS = 40;

export interface Room {
  readonly columns: number;
  readonly rows: number;
  /** How many rows the table of pods would like. */
  readonly podsRows: number;
  /** Where the reader is, and was before that: the panes that are wanted most, most of all the first. */
  readonly recent: readonly PaneName[];
  /** One pane has all the room. */
  readonly zoomed?: boolean;
  /** Panes stand below each other, so that they can be read out one after another. */
  readonly isLinear?: boolean;
}

/** Divides the screen between the story and what happens in the cluster. */
export function layoutOf(room: Room): Layout {
  const { columns, rows, recent } = room;
  const isWide = columns >= WIDE_COLUMNS && room.isLinear !== true;
  const isTall = rows >= TALL_ROWS;
  const isSmall = !(isWide && isTall);
  if (room.zoomed) {
    const name = recent[0] ?? 'story';
    return { columns: [[{ name, others: [], width: columns, height: rows }]], isSmall };
  }
  if (isSmall) return { ...(isWide ? besideStory(room) : belowStory(room)), isSmall };
  return {
    ...(columns >= WIDEST_COLUMNS && rows >= HIGH_ROWS ? threeColumns(room) : twoColumns(room)),
    isSmall,
  };
}

type Divided = Omit<Layout, 'isSmall'>;

function belowStory({ columns: width, rows, podsRows, recent }: Room): Divided {
  const lanes = rows >= TALL_ROWS ? lanesBelow(width, rows) : undefined;
  const left = rows - (lanes?.height ?? 0);
  const turned = turnedSlot(recent, ['story', ...(lanes ? (['lanes'] as const) : [])], 'pods');
  const half = Math.floor(left / 2);
  const height = turned.name === 'pods' ? Math.min(Math.max(3, podsRows), half) : half;
  const story = slot('story', { width, height: left - height });
  return { columns: [[story, { ...turned, width, height }]], ...(lanes && { below: lanes }) };
}

function besideStory({ columns, rows: height, recent }: Room): Divided {
  const [first, second] = widths(columns, [11, 9]);
  return {
    columns: [
      [slot('story', { width: first, height })],
      [{ ...turnedSlot(recent, ['story'], 'pods'), width: second, height }],
    ],
  };
}

function twoColumns({ columns, rows, recent }: Room): Divided {
  const below = lanesBelow(columns, rows);
  const height = rows - below.height;
  const [first, second] = widths(columns, [11, 9]);
  const [story, entries] = shares(height, [7, 6]);
  const [cluster, turned] = shares(height, [2, 3]);
  return {
    columns: [
      [slot('story', { width: first, height: story }), slot('entries', { width: first, height: entries })],
      [
        slot('cluster', { width: second, height: cluster }),
        {
          ...turnedSlot(recent, ['story', 'entries', 'cluster', 'lanes'], 'object'),
          width: second,
          height: turned,
        },
      ],
    ],
    below,
  };
}

function threeColumns({ columns, rows, recent }: Room): Divided {
  const below = lanesBelow(columns, rows);
  const height = rows - below.height;
  const [first, second, third] = widths(columns, [8, 6, 6]);
  const [story, entries] = shares(height, [1, 1]);
  const [cluster, object] = shares(height, [2, 3]);
  const [pipeline, turned] = shares(height, [1, 1]);
  const fixed = ['story', 'entries', 'cluster', 'object', 'pipeline', 'lanes'] as const;
  return {
    columns: [
      [slot('story', { width: first, height: story }), slot('entries', { width: first, height: entries })],
      [
        slot('cluster', { width: second, height: cluster }),
        slot('object', { width: second, height: object }),
      ],
      [
        slot('pipeline', { width: third, height: pipeline }),
        { ...turnedSlot(recent, fixed, 'pods'), width: third, height: turned },
      ],
    ],
    below,
  };
}

function slot(name: PaneName, box: Box): Slot {
  return { name, others: [], ...box };
}

/** The pane among those that have no place of their own to which the reader turned last. */
function turnedSlot(
  recent: readonly PaneName[],
  fixed: readonly PaneName[],
  first: PaneName,
): Pick<Slot, 'name' | 'others'> {
  const name = recent.find((each) => !fixed.includes(each)) ?? first;
  const turned = TURNS.filter((each) => !fixed.includes(each));
  const at = turned.indexOf(name) + 1;
  return { name, others: [...turned.slice(at), ...turned.slice(0, at)].filter((each) => each !== name) };
}

const LANES_ROWS = { least: 6, most: 12 } as const;

function lanesBelow(width: number, rows: number): Slot {
  const height = Math.max(LANES_ROWS.least, Math.min(LANES_ROWS.most, Math.floor(rows / 4)));
  return slot('lanes', { width, height });
}

/** Of columns side by side, with a blank between them. */
function widths<const Parts extends readonly number[]>(columns: number, parts: Parts): Shares<Parts> {
  return shares(columns - parts.length + 1, parts);
}

type Shares<Parts extends readonly number[]> = { readonly [Index in keyof Parts]: number };

/** A whole number in parts of given weights; what is left over goes to the first. */
function shares<const Parts extends readonly number[]>(whole: number, parts: Parts): Shares<Parts> {
  const sum = parts.reduce((total, part) => total + part, 0);
  const rest = parts.slice(1).map((part) => Math.floor((whole * part) / sum));
  return [whole - rest.reduce((total, part) => total + part, 0), ...rest] as unknown as Shares<Parts>;
}
