import type { Tone } from './tones.ts';

/** A piece of a line, and what it is. */
export interface Segment {
  readonly text: string;
  readonly tone?: Tone;
}

/** A line of a pane, cut where the pane ends. */
export type Line = readonly Segment[];

export function lineOf(text: string, tone: Tone = 'plain'): Line {
  return [{ text, tone }];
}

/** What stands in a pane. */
export interface PaneBody {
  readonly title: string;
  readonly lines: readonly Line[];
  /** How far the reader can go in it by lines; absent where there is nothing to go through. */
  readonly room?: LineRoom;
}

/**
 * How far one can go by lines, up and down from where the pane is shown by itself, and by how much at a time.
 */
export interface LineRoom {
  readonly first: number;
  readonly last: number;
  readonly page: number;
}

export const NO_ROOM: LineRoom = { first: 0, last: 0, page: 1 };

/**
 * The first of so many lines that are shown, so that one of them is among them and the last is not wasted.
 */
export function windowFrom(count: number, at: number, height: number): number {
  return Math.max(0, Math.min(at - Math.floor(height / 2), count - height));
}
