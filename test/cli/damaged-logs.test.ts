import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildCli, kubereel } from '../support/built-cli.ts';
import { logText } from '../support/log-files.ts';
import { podLog } from '../support/pod-log.ts';
import { createScratch } from '../support/scenario-folder.ts';

const scratch = createScratch();
const whole = logText(podLog);
const lines = whole.split('\n');

let played = '';

beforeAll(async () => {
  await buildCli();
  played = kubereel(['play', scratch.write('whole.log', whole)]).stdout;
});
afterAll(() => scratch.remove());

/** The line, counted from 1, that a byte of the log lies in. */
function lineOf(byte: number): number {
  return Buffer.from(whole).subarray(0, byte).toString().split('\n').length;
}

function lastWholeCommit(entries: number): number {
  let count = entries;
  while (podLog[count - 1]?.more) count--;
  return count;
}

describe('a log that was cut', () => {
  const size = Buffer.byteLength(whole);
  const header = Buffer.byteLength(lines[0] ?? '') + 1;
  const cuts = Array.from({ length: 12 }, (_, part) =>
    Math.floor(header + ((size - header - 2) * part) / 11),
  );

  test.each(cuts)('at byte %i is played up to its last whole commit, and says so', (cut) => {
    const path = scratch.write(`cut-${cut}.log`, Buffer.from(whole).subarray(0, cut).toString());
    const { code, stdout, stderr } = kubereel(['play', path]);
    expect(code).toBe(0);
    const line = lineOf(cut);
    const entries = lastWholeCommit(line - 2);
    const read = entries === 0 ? 'nothing could be read' : `read up to entry ${entries}`;
    expect(stderr).toMatch(new RegExp(`^${path}:${line}: .*; ${read}\n$`));
    expect(played.startsWith(stdout)).toBe(true);
  });

  test.each([0, 1, header - 2])('at byte %i is no log any more', (cut) => {
    const path = scratch.write('stump.log', whole.slice(0, cut));
    const { code, stdout, stderr } = kubereel(['play', path]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(`${path}:1: this is no log of kubereel, or its first line is damaged: `);
  });

  test('is exported as far as it goes, and the exit code says that it is not all', () => {
    const path = scratch.write('cut.log', whole.slice(0, -300));
    const { code, stdout, stderr } = kubereel(['export', path, '--format', 'watch']);
    expect(code).toBe(2);
    expect(stdout.split('\n').length).toBeGreaterThan(3);
    expect(stderr).toContain('cut.log:');
  });
});

describe('a log with a flipped byte', () => {
  test.each([1, 2, 7, lines.length - 2, lines.length - 1])('is read up to line %i', (line) => {
    const changed = lines.map((text, index) =>
      index === line - 1 ? `${text.slice(0, 20)}${text[20] === 'x' ? 'y' : 'x'}${text.slice(21)}` : text,
    );
    const path = scratch.write(`flipped-${line}.log`, changed.join('\n'));
    const { code, stderr } = kubereel(['play', path]);
    expect(stderr).toContain(`${path}:${line}: `);
    expect(stderr).toContain('it was changed');
    expect(code).toBe(line === 1 ? 2 : 0);
  });
});

describe('what is no log', () => {
  test.each([
    ['text.log', 'Dear diary,\n'],
    ['binary.log', '\u0000\u0001\ufffd'],
    ['other.ndjson', '{"a":1}\n{"b":2}\n'],
    ['empty.log', ''],
  ])('%s is refused', (name, text) => {
    const path = scratch.write(name, text);
    for (const args of [
      ['play', path],
      ['export', path, '--format', 'watch'],
    ]) {
      const { code, stdout, stderr } = kubereel(args);
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
      expect(stderr).toContain(`${path}:1: this is no log of kubereel`);
    }
  });

  test('a folder, or nothing at all, is refused', () => {
    expect(kubereel(['export', scratch.path, '--format', 'watch'])).toMatchObject({ code: 2 });
    expect(kubereel(['export', 'nowhere.log', '--format', 'watch']).stderr).toBe(
      'there is no log nowhere.log\n',
    );
  });

  test('a log of a later format is refused', () => {
    const path = scratch.write('later.log', logText([], 99));
    expect(kubereel(['play', path]).stderr).toContain('format version 99 is not known here');
  });
});
