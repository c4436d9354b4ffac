import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { buildCli, builtCli } from '../support/built-cli.ts';
import { noTerminal, openTerminal, type Terminal } from '../support/terminal.ts';

const SIZE = { columns: 120, rows: 40 };
const folder = mkdtempSync(join(tmpdir(), 'kubereel-'));
let opened: Terminal | undefined;

beforeAll(buildCli);
afterEach(() => opened?.kill());
afterAll(() => rmSync(folder, { recursive: true }));

/** Plays in a folder of its own: what is saved is written there. */
function play(what: string): Terminal {
  opened = openTerminal(['sh', '-c', `cd ${folder} && ${process.execPath} ${builtCli} play ${what}`], SIZE);
  return opened;
}

/** Presses a key again and again until the screen shows a text. */
async function pressUntil(terminal: Terminal, keys: string, text: string): Promise<void> {
  for (let count = 0; count < 40 && !terminal.screen().join('\n').includes(text); count++) {
    const before = terminal.written().length;
    terminal.type(keys);
    await terminal.until(() => terminal.written().length > before);
  }
  await terminal.shows(text);
}

describe.skipIf(noTerminal !== undefined)('in a terminal, what would have happened otherwise', () => {
  test('with failureThreshold 10 is seen beside what happened, saved, and opened again', async () => {
    const terminal = play('liveness-failure');
    await terminal.shows('step 1/');
    // The whole run has been simulated.
    await terminal.until((text) => /07:\d\d\.\d{3}\n/.test(text));
    terminal.type('/reason:killing\r');
    await terminal.shows(' 00:45.');
    terminal.type('e');
    await terminal.shows('Pod liveness-exec ▸');
    terminal.type('failureThreshold=10\r');
    await terminal.shows('branch-1 beside main');
    await terminal.shows('3 → 10');
    await terminal.shows('⎇ branch-1');
    await terminal.shows('Kubernetes Events only in main:');
    await terminal.shows('Killing Pod/liveness-exec');
    await pressUntil(terminal, '\u001b[1;2C', 'restarts 1 → 0');
    terminal.type('vS');
    await terminal.shows('Saved as liveness-failure-branch-1/scenario.yaml');
    terminal.type('s');
    await terminal.shows('Saved as liveness-failure-branch-1.ndjson');
    terminal.type('q');
    expect(await terminal.exit()).toBe(0);
    expect(terminal.isAlternate()).toBe(false);
    const saved = readFileSync(join(folder, 'liveness-failure-branch-1/scenario.yaml'), 'utf8');
    expect(saved).toContain('failureThreshold: 10');
    expect(readdirSync(join(folder, 'liveness-failure-branch-1'))).toContain('http-liveness.yaml');
    const [header = ''] = readFileSync(join(folder, 'liveness-failure-branch-1.ndjson'), 'utf8').split('\n');
    expect(JSON.parse(header)).toMatchObject({ branches: [{ name: 'branch-1', of: 'main' }] });
    const again = play('liveness-failure-branch-1.ndjson');
    await again.shows('⎇ branch-1');
    again.type(':delete pod liveness-exec --wait=false\r');
    await again.shows('⎇ branch-2');
    expect(again.screen().join('\n')).toMatch(/\n branch-1 /);
  });

  test('after a line that was typed, paused, is seen too', async () => {
    const terminal = play('liveness-failure');
    await terminal.shows('step 1/');
    terminal.type(']]');
    await terminal.shows('pod/liveness-exec created');
    terminal.type(`:label pod liveness-exec mine=yes\r`);
    await terminal.shows('⎇ branch-1');
    await terminal.shows('pod/liveness-exec labeled');
    terminal.type(' =');
    await terminal.shows('metadata.labels.mine yes');
    terminal.type('q');
    expect(await terminal.exit()).toBe(0);
  });
});
