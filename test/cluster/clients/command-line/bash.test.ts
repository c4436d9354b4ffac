import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import type { Files } from '../../../../src/cluster/clients/files.ts';
import { runInShell } from '../kubectl/oracle/run-in-shell.ts';
import { type Printed, partTranscript, writeTranscript } from '../kubectl/oracle/transcript.ts';
import { typeLines } from '../type-lines.ts';
import { SHELL_LINES } from './shell-lines.ts';

const folder = fileURLToPath(new URL('fixtures/', import.meta.url));
const files: Files = Object.fromEntries(
  ['words.txt', 'table.txt', 'commas.txt'].map((name) => [name, readFileSync(`${folder}${name}`, 'utf8')]),
);

/** Other systems' tools print other things: transcripts are made on Linux, where GNU's tools are. */
const hasShell = process.env['RECORD_SHELL'] !== undefined && existsSync('/bin/bash');

describe('a line is understood as bash understands it', () => {
  const stored = partTranscript(readFileSync(`${folder}bash.txt`, 'utf8'), SHELL_LINES);

  test.each(SHELL_LINES.map((line, index) => [line, index] as const))('%s', (line, index) => {
    const { commands } = typeLines([[1000, line]], { files });
    expect(writeTranscript(commands.map(printed))).toBe(stored[index]);
  });

  test.skipIf(!hasShell)('bash prints what is stored (RECORD_SHELL)', async () => {
    const all: string[] = [];
    const env = { PATH: '/usr/bin:/bin', LC_ALL: 'C' };
    for (const line of SHELL_LINES) all.push(writeTranscript([await runInShell(line, folder, env)]));
    await expect(all.join('\n')).toMatchFileSnapshot('fixtures/bash.txt');
  });
});

function printed({
  line,
  stdout,
  stderr,
  exitCode = -1,
}: {
  readonly line: string;
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode?: number;
}): Printed {
  return { line, stdout, stderr, exitCode };
}
