import { describe, expect, test } from 'vitest';
import { createTimeline } from '../../src/replay/timeline.ts';
import { placesOfCells } from '../../src/report/time-cells.ts';
import { walkOn } from '../../src/report/walked.ts';
import { MARK_KINDS, MARKS, type MarkKind, marksOf } from '../../src/tui/scrubber-marks.ts';
import { playedLog } from '../support/play-scenario.ts';

const log = playedLog('node-failure');
const timeline = createTimeline(log);
timeline.finish();
while (!walkOn(timeline));
const CELLS = 60;

function cellOf(seq: number): number {
  return placesOfCells(timeline, CELLS).findIndex((place) => place >= seq);
}

function kinds(marks: ReadonlyMap<number, MarkKind>): ReadonlySet<MarkKind> {
  return new Set(marks.values());
}

describe('a time line is marked', () => {
  test('where steps begin, where Kubernetes warns and where a machine fails: a fault above all', () => {
    const marks = marksOf(timeline, CELLS, { bookmarks: [] });
    const stopped = log.find(({ event }) => event.type === 'KubeletStopped')?.seq ?? 0;
    expect(marks.get(cellOf(stopped))).toBe('fault');
    expect(kinds(marks)).toEqual(new Set(['step', 'warning', 'fault']));
    for (const seq of timeline.steps) expect(marks.has(cellOf(seq))).toBe(true);
    for (const seq of timeline.warnings) expect(marks.get(cellOf(seq))).toMatch(/warning|fault/);
  });

  test('at bookmarks, which nothing hides', () => {
    const [seq = 0] = timeline.steps.slice(-1);
    expect(marksOf(timeline, CELLS, { bookmarks: [seq] }).get(cellOf(seq))).toBe('bookmark');
  });

  test('where the object that is followed has changed, if nothing graver is there', () => {
    const marks = marksOf(timeline, CELLS, { bookmarks: [], selected: '/registry/minions/node-2' });
    expect(kinds(marks).has('change')).toBe(true);
    expect(kinds(marksOf(timeline, CELLS, { bookmarks: [] })).has('change')).toBe(false);
  });

  test('in no more cells than there are, and each kind with a glyph of its own', () => {
    for (const cell of marksOf(timeline, CELLS, { bookmarks: [1] }).keys()) {
      expect(cell).toBeGreaterThanOrEqual(0);
      expect(cell).toBeLessThan(CELLS);
    }
    expect(new Set(MARK_KINDS.map((kind) => MARKS[kind].glyph)).size).toBe(MARK_KINDS.length);
  });
});
