import type { Size } from './size.ts';

/** A pane beside the story. */
export type PaneName = 'pods' | 'entries' | 'events' | 'lanes';

export interface Box {
  readonly width: number;
  readonly height: number;
}

/** Which panes are on the screen, and how large each is. */
export interface Layout {
  readonly story: Box;
  /** Beside the story, or below it. */
  readonly isBeside: boolean;
  /** The pane that the reader turns to another. */
  readonly turned: Box & { readonly name: PaneName; readonly others: readonly PaneName[] };
  /** Where there is room, the pods are always there. */
  readonly pods?: Box;
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

/** From here on there is room for the pods and one more pane below the story. */
const TALL_ROWS = 26;
/** From here on a story of eighty columns and another pane stand side by side. */
const WIDE_COLUMNS = 150;

export interface Room {
  readonly columns: number;
  readonly rows: number;
  /** How many rows the pods would like. */
  readonly podsRows: number;
  /** How often the reader has turned to the next pane. */
  readonly turns: number;
}

/** Divides the screen between the story and what happens in the cluster. */
export function layoutOf({ columns, rows, podsRows, turns }: Room): Layout {
  const isTall = rows >= TALL_ROWS;
  const names: readonly PaneName[] = isTall
    ? ['entries', 'events', 'lanes']
    : ['pods', 'entries', 'events', 'lanes'];
  const turn = ((turns % names.length) + names.length) % names.length;
  const name = names[turn] ?? 'entries';
  const others = [...names.slice(turn + 1), ...names.slice(0, turn)];
  if (!isTall) {
    const height = name === 'pods' ? Math.min(podsRows, Math.floor(rows / 2)) : Math.floor(rows / 2);
    return {
      story: { width: columns, height: rows - height },
      isBeside: false,
      turned: { name, others, width: columns, height },
    };
  }
  const pods = { width: columns, height: Math.min(podsRows, Math.floor(rows / 3)) };
  const left = rows - pods.height;
  if (columns >= WIDE_COLUMNS) {
    const width = Math.floor((columns - 1) / 2);
    return {
      story: { width, height: left },
      isBeside: true,
      turned: { name, others, width: columns - 1 - width, height: left },
      pods,
    };
  }
  const height = Math.floor(left * 0.45);
  return {
    story: { width: columns, height: left - height },
    isBeside: false,
    turned: { name, others, width: columns, height },
    pods,
  };
}
