import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import stringWidth from 'string-width';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { buildCli, builtCli, failingPlayer } from '../support/built-cli.ts';
import { writeLog } from '../support/log-files.ts';
import { podLog } from '../support/pod-log.ts';
import { SMALL_SCENARIO } from '../support/scenario-folder.ts';
import { noTerminal, openTerminal, type Size, type Terminal } from '../support/terminal.ts';

const SIZE: Size = { columns: 80, rows: 24 };
const SIGINT = 2;
const SIGTERM = 15;
const SIGHUP = 1;
const SIGCONT = 18;

const folder = mkdtempSync(join(tmpdir(), 'kubereel-'));
const log = join(folder, 'pod.log');
const opened: Terminal[] = [];

beforeAll(async () => {
  writeLog(log, podLog);
  await buildCli();
});
afterEach(() => {
  for (const terminal of opened.splice(0)) terminal.kill();
});
afterAll(() => rmSync(folder, { recursive: true }));

function play(size = SIZE, environment: Readonly<Record<string, string>> = {}, path = log): Terminal {
  return open([process.execPath, builtCli, 'play', path], size, environment);
}

function open(command: readonly string[], size = SIZE, environment = {}): Terminal {
  const terminal = openTerminal(command, size, environment);
  opened.push(terminal);
  return terminal;
}

const ESC = '\u001b';

/** What was written while the alternate screen was shown. */
function frames(written: string): string {
  return written.slice(written.indexOf(`${ESC}[?1049h`), written.lastIndexOf(`${ESC}[?1049l`));
}

function expectRestored(terminal: Terminal): void {
  expect(terminal.isAlternate()).toBe(false);
  expect(terminal.isCursorShown()).toBe(true);
  expect(terminal.written().lastIndexOf(`${ESC}[?7h`)).toBeGreaterThan(
    terminal.written().lastIndexOf(`${ESC}[?7l`),
  );
}

if (noTerminal !== undefined) console.warn(`The player is not tested in a terminal: ${noTerminal}.`);

describe.skipIf(noTerminal !== undefined)('in a terminal', () => {
  test('opens on the alternate screen, is played by keys, and leaves all as it was', async () => {
    const terminal = play();
    await terminal.shows('step 1/4');
    expect(terminal.isAlternate()).toBe(true);
    expect(terminal.isCursorShown()).toBe(false);
    terminal.type(']');
    await terminal.shows('pod/web created');
    terminal.type('.\t,');
    await terminal.shows('━ Entries ━');
    terminal.type('q');
    expect(await terminal.exit()).toBe(0);
    expectRestored(terminal);
    expect(terminal.screen().join('')).toBe('');
  });

  test('shows the first scene while it loads, and loses no key that is typed meanwhile', async () => {
    const scenario = join(folder, 'scenario.yaml');
    writeFileSync(scenario, SMALL_SCENARIO);
    const terminal = play(SIZE, {}, scenario);
    const first = await terminal.shows('opening …');
    expect(first).toContain('Once upon a time.');
    expect(first.split('\n')[0]).toContain('step 1/3');
    expect(terminal.isAlternate()).toBe(true);
    terminal.type(']]');
    await terminal.shows('configmap/cm created');
    expect(terminal.screen().join('\n')).not.toContain('opening …');
  });

  test('gives the terminal back and tells what is wrong with a scenario that began well', async () => {
    const scenario = join(folder, 'wrong.yaml');
    writeFileSync(scenario, SMALL_SCENARIO.replace('expect:', 'expcet:'));
    const terminal = play(SIZE, {}, scenario);
    expect(await terminal.exit()).toBe(2);
    expectRestored(terminal);
    await terminal.shows('wrong.yaml:9:5: ');
    expect(terminal.screen().join('\n')).not.toContain('Once upon');
  });

  test('plays by itself to the end', async () => {
    const terminal = play();
    await terminal.shows('step 1/4');
    terminal.type('+++++ ');
    await terminal.shows('playing 32×');
    await terminal.shows('■ the end');
    await terminal.shows('The end: all expectations met.');
  });

  test('never writes a line below the last but one, and no line feed', async () => {
    const terminal = play();
    await terminal.shows('step 1/4');
    terminal.type(']]]\t\t??[[g5G');
    await terminal.shows('■ the end');
    terminal.resize({ columns: 100, rows: 30 });
    await terminal.until((text) => text.split('\n')[28]?.includes('q quit') === true);
    terminal.resize({ columns: 70, rows: 20 });
    await terminal.until((text) => text.split('\n')[18]?.includes('q quit') === true);
    terminal.type('q');
    await terminal.exit();
    const written = frames(terminal.written());
    expect(written).not.toContain('\n');
    const rows = [...written.matchAll(/\[(\d+);1H/g)].map(([, row]) => Number(row));
    expect(Math.max(...rows)).toBe(29);
  });

  test('writes only what changed', async () => {
    const terminal = play();
    await terminal.shows('step 1/4');
    const before = terminal.written().length;
    terminal.type('?');
    await terminal.shows('━ Keys ━');
    const help = terminal.written().slice(before);
    expect(help).not.toContain('step 1/4');
    expect(help.match(/\[\d+;1H/g)?.length).toBeGreaterThan(5);
  });

  test('follows the size, down to nothing and back', async () => {
    const terminal = play();
    await terminal.shows('step 1/4');
    for (const size of [
      { columns: 40, rows: 10 },
      { columns: 2, rows: 2 },
      { columns: 200, rows: 60 },
    ]) {
      terminal.resize(size);
      await terminal.shows(size.columns === 200 ? 'kubereel  A web server' : 'Pl');
    }
    await terminal.until((text) => text.split('\n')[58]?.includes('q quit') === true);
  });

  test('takes a terminal without a size for one of 80 by 24', async () => {
    const terminal = play({ columns: 0, rows: 0 });
    await terminal.shows('step 1/4');
    expect(terminal.screen()[22]).toContain('q quit');
  });

  test.each([
    ['LANG', 'ko_KR.UTF-8'],
    ['LC_ALL', 'ko_KR.UTF-8'],
  ])('speaks Korean with %s=%s, and all columns stay in line', async (name, value) => {
    const terminal = play({ columns: 120, rows: 40 }, { [name]: value });
    await terminal.shows('파드를 만들면');
    terminal.type(']]');
    await terminal.shows('단계 3/4');
    const lines = terminal.screen();
    expect(Math.max(...lines.map((line) => stringWidth(line)))).toBeLessThanOrEqual(120);
    expect(stringWidth(lines[0] ?? '')).toBe(119);
    expect(stringWidth(lines.find((each) => each.startsWith('─ 파드의 시간')) ?? '')).toBe(120);
    const beside = lines.filter((line) => / ─ (?:클러스터|Pod web)/.test(line));
    expect(beside.map((line) => stringWidth(line.slice(0, line.indexOf(' ─ '))))).toEqual([66, 66]);
  });

  test('has colours, and does without them where NO_COLOR asks for it', async () => {
    const colour = /\[(?:3[0-8]|4[0-8]|9[0-7]|10[0-7])[;m]/;
    const coloured = play();
    await coloured.shows('starts nginx in it');
    expect(coloured.written()).toMatch(colour);
    const plain = play(SIZE, { NO_COLOR: '1' });
    await plain.shows('starts `nginx` in it');
    plain.type(']');
    await plain.shows('pod/web created');
    expect(plain.written()).not.toMatch(colour);
  });

  test.each([
    ['ctrl-c', (terminal: Terminal) => terminal.type('\u0003'), 0],
    ['SIGINT', (terminal: Terminal) => terminal.signal(SIGINT), 130],
    ['SIGTERM', (terminal: Terminal) => terminal.signal(SIGTERM), 143],
    ['SIGHUP', (terminal: Terminal) => terminal.signal(SIGHUP), 129],
  ])('leaves the terminal as it was after %s', async (_name, end, code) => {
    const terminal = play();
    await terminal.shows('step 1/4');
    end(terminal);
    expect(await terminal.exit()).toBe(code);
    expectRestored(terminal);
  });

  test('gives the terminal back and tells the error when the simulation fails', async () => {
    const terminal = open([process.execPath, failingPlayer]);
    expect(await terminal.exit()).toBe(70);
    expectRestored(terminal);
    await terminal.shows('it failed: the simulation is broken');
  });

  test('gives the terminal to the shell for ctrl-z, and takes it back', async () => {
    const terminal = open([
      'sh',
      '-i',
      '-c',
      `set -m; ${process.execPath} ${builtCli} play ${log}; echo STOPPED $?; fg`,
    ]);
    await terminal.shows('step 1/4');
    terminal.type('\u001a');
    await terminal.until(() => terminal.written().includes('STOPPED'));
    await terminal.shows('step 1/4');
    terminal.type(']q');
    await terminal.exit();
    expectRestored(terminal);
  });

  test('draws itself anew when it is continued', async () => {
    const terminal = play();
    await terminal.shows('step 1/4');
    const before = terminal.written().length;
    terminal.signal(SIGCONT);
    await terminal.until(() => terminal.written().slice(before).includes('step 1/4'));
    expect(terminal.written().slice(before)).toContain(`${ESC}[?1049h`);
  });

  test('is a transcript in a terminal that cannot draw, and where nobody presses keys', async () => {
    const dumb = play(SIZE, { TERM: 'dumb' });
    expect(await dumb.exit()).toBe(0);
    expect(dumb.written()).toContain('# A web server');
    const keyless = open(['sh', '-c', `${process.execPath} ${builtCli} play ${log} < /dev/null`]);
    expect(await keyless.exit()).toBe(0);
    expect(keyless.written()).toContain('# A web server');
    expect(dumb.written() + keyless.written()).not.toContain(`${ESC}[?1049h`);
  });

  test('tells of damage on the screen, and once more on leaving', async () => {
    const damaged = join(folder, 'damaged.log');
    writeLog(damaged, podLog, (text) => text.slice(0, -400));
    const terminal = play(SIZE, {}, damaged);
    await terminal.shows('! ');
    await terminal.shows('the line is cut off; read up to entry');
    terminal.type('q');
    expect(await terminal.exit()).toBe(0);
    await terminal.shows('damaged.log:20: the line is cut off');
  });
});
