import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { hasKubectl } from '../print/oracle/real-kubectl.ts';
import { playHere, playThere } from './play-lines.ts';
import { readLines, writeTranscript } from './transcript.ts';

/**
 * The versions of which transcripts are stored: older ones than 1.30 ask for more than the stand-in of the
 * server answers.
 */
const MINORS = [30, 33] as const;

const folder = new URL('fixtures/', import.meta.url);
const topics = readdirSync(folder)
  .filter((name) => name.endsWith('.lines'))
  .map((name) => name.replace(/\.lines$/, ''));
const runs = topics.flatMap((topic) => MINORS.map((minor) => ({ topic, minor })));

describe.each(runs)('$topic, as with kubectl 1.$minor', ({ topic, minor }) => {
  const lines = readLines(readFileSync(new URL(`${topic}.lines`, folder), 'utf8'));
  const file = `fixtures/${topic}-1.${minor}.txt`;

  test('prints what it printed', () => {
    const stored = readFileSync(new URL(file, import.meta.url), 'utf8');
    expect(writeTranscript(playHere(lines, minor))).toBe(stored);
  });

  test.skipIf(!hasKubectl)(
    'a real kubectl prints what is stored (KUBECTL_FOLDER)',
    async () => {
      await expect(writeTranscript(await playThere(lines, minor))).toMatchFileSnapshot(file);
    },
    600_000,
  );
});
