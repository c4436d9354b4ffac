import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { hasKubectl } from '../print/oracle/real-kubectl.ts';
import { playHere, playThere } from './play-lines.ts';
import { type Printed, partTranscript, readLines, writeTranscript } from './transcript.ts';

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

  const path = new URL(file, import.meta.url);
  const stored = partTranscript(existsSync(path) ? readFileSync(path, 'utf8') : '', lines);
  let printed: readonly Printed[] | undefined;

  test.each(lines.map((line, index) => [line, index] as const))('%s', (_line, index) => {
    printed ??= playHere(lines, minor);
    expect(writeTranscript(printed.slice(index, index + 1))).toBe(stored[index]);
  });

  test.skipIf(!hasKubectl)(
    'a real kubectl prints what is stored (KUBECTL_FOLDER)',
    async () => {
      await expect(writeTranscript(await playThere(lines, minor))).toMatchFileSnapshot(file);
    },
    600_000,
  );
});
