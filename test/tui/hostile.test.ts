import { stripVTControlCharacters } from 'node:util';
import fc from 'fast-check';
import stringWidth from 'string-width';
import { expect, test } from 'vitest';
import type { Event } from '../../src/cluster/contract/event.ts';
import type { Entry } from '../../src/kernel/log/entry.ts';
import { createTimeline } from '../../src/replay/timeline.ts';
import { playedLog } from '../support/play-scenario.ts';
import { showPlayer } from '../support/show-player.tsx';

const log = playedLog('liveness-failure');

/**
 * Names, labels, images, paths, messages and logs of the scenario, which here are whatever somebody likes.
 */
const WORDS = [
  'liveness-exec',
  'liveness',
  'node-2',
  'busybox',
  '/tmp/healthy',
  'probe failed',
  'No such file',
  'Started container',
  'kubelet does not',
] as const;

/** What terminals act on: sequences, single control characters, and what turns the direction of a text. */
const HOSTILE = [
  '\u001b[2J',
  '\u001b[5m',
  '\u001b]0;title\u0007',
  '\u001b]52;c;AAAA\u0007',
  '\u001bP1$r\u001b\\',
  '\u001b[6n',
  '\u009b5m',
  '\u009d0;x\u009c',
  '\u0007',
  '\b\b\b',
  '\r',
  '\n',
  '\t',
  '\u000e',
  '\u007f',
  '\u2028',
  '\u202e',
  '\u2066',
  '\u200f',
  '한글',
  '日本',
  '👩‍👩‍👧',
  'e\u0301',
] as const;

/** The same log, with other words in it wherever they stand: keys, names and texts alike. */
function withWords(words: readonly string[]): readonly Entry<Event>[] {
  const text = WORDS.reduce(
    (all, word, index) => all.replaceAll(word, JSON.stringify(words[index] ?? word).slice(1, -1)),
    JSON.stringify(log),
  );
  const entries = JSON.parse(text) as readonly Entry<Event>[];
  // It is still a log of the same.
  expect(createTimeline(entries).entries.length).toBe(log.length);
  return entries;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
const OURS = /\u001b\[(?:0|1|2|7|22|27|3[0-9])m/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
const ACTED_ON = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/;

const KEYS = [
  ...['\t', '\t', '\u001b[B', '\t', '\t', '\t', '\t', '\t', '\t'],
  ...['y', 'd', 'H', 'D', 'o', 'l', 'p', '\u001b', 'W', '\u001b', '=', '.', '=', '\u001b', ':pods\r'],
  ...[':get pods -o yaml\r', ':logs \r', '\u001b', '/probe\r', '!', 'n', '?', '?', 'a', 'w', 's', 'F'],
];

test('whatever is in a log, nothing of it reaches the terminal as more than a text', async () => {
  const word = fc
    .array(fc.oneof(fc.constantFrom(...HOSTILE), fc.constantFrom('a', 'b-', '0')), {
      minLength: 1,
      maxLength: 5,
    })
    .map((pieces) => pieces.join(''));
  // Each has something of its own: what has one name is one thing.
  const words = fc
    .array(word, { minLength: WORDS.length, maxLength: WORDS.length })
    .map((texts) => texts.map((text, index) => `x${index}${text}`));
  const size = fc.constantFrom(
    { columns: 80, rows: 24 },
    { columns: 120, rows: 40 },
    { columns: 200, rows: 60 },
  );
  await fc.assert(
    fc.asyncProperty(words, size, fc.constantFrom('en', 'ko'), async (chosen, room, language) => {
      const { press, styled, close } = await showPlayer(withWords(chosen), { size: room, language });
      try {
        await press(':1m20s\r');
        for (const key of KEYS) {
          await press(key);
          const shown = styled().replace(OURS, '');
          expect(ACTED_ON.exec(shown)?.[0]).toBe(undefined);
          const lines = stripVTControlCharacters(shown).split('\n');
          expect(lines.length).toBeLessThan(room.rows);
          for (const line of lines) expect(stringWidth(line)).toBeLessThanOrEqual(room.columns);
        }
      } finally {
        close();
      }
    }),
    { numRuns: 5 },
  );
}, 300_000);
