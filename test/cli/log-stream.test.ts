import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { openLogStream } from '../../src/cli/log-stream.ts';
import { parseQuery } from '../../src/replay/query.ts';
import { findNext, findPrevious } from '../../src/replay/search.ts';
import { createTimeline, type Timeline } from '../../src/replay/timeline.ts';
import { writeLog } from '../support/log-files.ts';
import { playedLog } from '../support/play-scenario.ts';

const folder = mkdtempSync(join(tmpdir(), 'kubereel-log-stream-'));
afterAll(() => rmSync(folder, { recursive: true }));

const log = playedLog('liveness-failure');
const path = join(folder, 'whole.ndjson');
writeLog(path, log);
const whole = createTimeline(log);
const { timeline: read, damage } = opened(path);

function opened(file: string): { readonly timeline: Timeline; readonly damage: unknown } {
  const stream = openLogStream(file);
  const timeline = createTimeline([], { archive: stream.archive, keepsEvery: 4 });
  for (const commit of stream.commits()) for (const entry of commit) timeline.append(entry);
  return { timeline, damage: stream.damage() };
}

describe('a log that is read as a stream', () => {
  test('has its entries again, in any order', () => {
    expect(damage).toBeUndefined();
    expect([...read.entries]).toEqual(log);
    expect(read.entries.between(5, 9).map(({ seq }) => seq)).toEqual([5, 6, 7, 8, 9]);
    expect(read.entries.of(0)).toBeUndefined();
    expect(read.entries.of(log.length + 1)).toBeUndefined();
  });

  const words = [
    'nowhere',
    'LIVENESS',
    'healthy',
    '"probe failed"',
    'cat',
    '(',
    '건강',
    'false',
    '/status',
    '1',
  ];
  const fields = ['', 'kind:Pod', 'by:kubelet', 'reason:Unhealthy', 'name:exec type:Object'];

  test('is searched as one that lies in memory', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: log.length + 1 }),
        fc.constantFrom(...words, ...words.map((word) => `${word} ready`)),
        fc.constantFrom(...fields),
        fc.constantFrom('all' as const, 'notable' as const),
        (from, word, field, among) => {
          const query = parseQuery(`${field} ${word}`) ?? [];
          expect(findNext(read, query, { from, among })).toBe(findNext(whole, query, { from, among }));
          expect(findPrevious(read, query, { from, among })).toBe(
            findPrevious(whole, query, { from, among }),
          );
        },
      ),
      { numRuns: 150 },
    );
    expect(findNext(read, parseQuery('"liveness probe failed"') ?? [], { from: 0 })).toBeDefined();
  });

  test('that is cut or changed opens up to its last whole commit, and says in which line it ends', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.05, max: 0.95, noNaN: true }), fc.boolean(), (part, isCut) => {
        const file = join(folder, 'damaged.ndjson');
        let line = 0;
        writeLog(file, log, (text) => {
          const place = Math.floor(text.length * part);
          line = text.slice(0, place).split('\n').length;
          if (isCut) return text.slice(0, place);
          const flipped = String.fromCharCode(text.charCodeAt(place) ^ 1);
          return text.slice(0, place) + flipped + text.slice(place + 1);
        });
        const { timeline, damage: met } = opened(file);
        // A newline that is lost makes one line of two.
        expect([line, line + 1]).toContain((met as { line: number }).line);
        const stop = whole.stops.findLast((seq) => seq <= line - 2) ?? 0;
        expect(timeline.entries.length).toBe(stop);
        expect(timeline.stops).toEqual(whole.stops.filter((seq) => seq <= stop));
      }),
      { numRuns: 15 },
    );
  });
});
