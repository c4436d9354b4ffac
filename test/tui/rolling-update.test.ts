import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import stringWidth from 'string-width';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { buildCli, builtCli } from '../support/built-cli.ts';
import { writeLog } from '../support/log-files.ts';
import { playedLog } from '../support/play-scenario.ts';
import { noTerminal, openTerminal, type Size, type Terminal } from '../support/terminal.ts';

const ESC = '\u001b';
const [TAB, BACK_TAB, UP, DOWN, ENTER] = ['\t', `${ESC}[Z`, `${ESC}[A`, `${ESC}[B`, '\r'];
/** Puts the reader right after the new image was set, with nothing selected. */
const SET_IMAGE = ['g', '/$ kubectl set image\r', '.', '.', '.'];

const folder = mkdtempSync(join(tmpdir(), 'kubereel-'));
const log = join(folder, 'rolling-update.log');
let terminal: Terminal | undefined;

beforeAll(async () => {
  writeLog(log, playedLog('rolling-update'));
  await buildCli();
});
afterEach(() => terminal?.kill());
afterAll(() => rmSync(folder, { recursive: true }));

/** Opens the rolling update in a shell that has printed something before. */
async function play(size: Size): Promise<Terminal> {
  const command = `echo what was there before; '${process.execPath}' '${builtCli}' play '${log}'; echo left $?`;
  terminal = openTerminal(['sh', '-c', command], size);
  await terminal.shows('step 1/18');
  // The whole run, so that a part of it is a part of the whole.
  await terminal.until((text) => / \d\d:\d\d\.\d{3}$/m.test(text));
  return terminal;
}

/**
 * Types keys, and waits until the screen is as they make it. An escape alone must not run into what follows.
 */
async function then(on: Terminal, keys: readonly string[], shows: RegExp): Promise<void> {
  for (const key of keys) on.type(key);
  await on
    .until((text) => shows.test(text))
    .catch((error: Error) => {
      throw new Error(`${JSON.stringify(keys)} ${shows}\n${error.message}`);
    });
}

/** The line where the reader is, in an object. */
const lineAtHand = (text: string): string | undefined => /›.*/.exec(text)?.[0];

/** The line of the time line, which is the last but one. */
const MARKED = /◇.*\n.*\n$/;
const UNMARKED = /\n[^◇\n]*\n[^◇\n]*\n$/;

const SIZES = [
  { columns: 80, rows: 24 },
  { columns: 120, rows: 40 },
  { columns: 200, rows: 60 },
] as const;

/** What is typed, and what then stands on the screen. */
const PANES: readonly (readonly [name: string, keys: readonly string[], shows: readonly RegExp[]])[] = [
  ['entries', [TAB], [/━ Entries ━/, /▸ *\d+ 00:\d\d\.\d{3} \S+ +/, /─ Why ─/]],
  [
    'the cluster',
    [TAB, TAB],
    [/━ Cluster ━/, /node-1 {2}Ready {2}cpu ░+ 0\/4 {2}mem ░+ 0\/7\.9Gi/, / ● Running 1\/1 {2}nginx:1\.27/],
  ],
  [
    'the object at hand',
    [TAB, TAB, TAB],
    [/━ Deployment web {2}(?:yaml describe history )?\[diff\]/, /image: nginx:1\.28/],
  ],
  ['pods', [TAB, TAB, TAB, TAB], [/━ Pods ━/, /NAME +READY +STATUS +RESTARTS/, /web-\S+ +1\/1 +Running/]],
  [
    'lanes',
    [BACK_TAB, BACK_TAB, BACK_TAB, BACK_TAB],
    [/━ Pods in time {2}░ pending/, /█+▓+/, / ready +\S.* 3\/3/, / lost .* 0/],
  ],
  [
    'pipeline',
    ['.', BACK_TAB, BACK_TAB, BACK_TAB],
    [/━ Pipeline {2}00:/, /API server {2}who ✓/, /etcd {2}revision \d+/],
  ],
  ['the log', [BACK_TAB, BACK_TAB], [/━ Log/, /\[nginx\]/]],
  ['events', [BACK_TAB], [/━ Kubernetes events ━/, /LAST SEEN +REASON +OBJECT/]],
  ['YAML', ['y'], [/━ Deployment web {2}\[yaml\]/, /kind: Deployment/]],
  ['a description', ['d'], [/\[describe\]/, /Name: +web/]],
  ['a history', ['H'], [/\[history\]/, /00:00\.062 kubectl +created Deployment web/]],
  ['owners', ['o'], [/\[owners\]/, /▸ +Deployment web +3\/3/, /└ ReplicaSet web-\S+ +3\/3/, /● +└ Pod web-/]],
  ['what a question is answered with', [':deploy\r'], [/━ kubectl get deploy -A ━/, /default +web +3\/3/]],
  ['help', ['?'], [/━ Keys/, /◇ change {3}! warning {3}✗ fault/]],
  ['the next language', ['L'], [/━ 이야기 ━/]],
];

describe.skipIf(noTerminal !== undefined).each(SIZES)('at $columns by $rows', (size) => {
  test('every pane shows what it is for', async () => {
    const on = await play(size);
    for (const [name, keys, shows] of PANES) {
      for (const pattern of shows)
        await then(on, pattern === shows[0] ? [...SET_IMAGE, ...keys] : [], pattern);
      const lines = on.screen();
      expect(lines.at(-1)).toBe('');
      for (const line of lines) expect(stringWidth(line)).toBeLessThanOrEqual(size.columns);
      const back = name === 'help' ? '?' : name === 'the next language' ? 'L' : ESC;
      await then(on, [back], /━ Story ━/);
    }
  }, 200_000);

  test('an object is chosen in a list, opened, followed and let go', async () => {
    const on = await play(size);
    await then(on, [...SET_IMAGE, TAB, TAB], /━ Cluster ━/);
    await then(on, [DOWN], /▸node-1/);
    await then(on, [DOWN], /▸ +web-\S+ ● Running/);
    await then(on, [ENTER], /━ Pod web-\S+ .*\[diff\]/);
    await then(on, ['y', 'n'], MARKED);
    await then(on, [ESC], /━ Cluster ━/);
    await then(on, [ESC], /━ Story ━/);
    expect(on.screen().at(-2)).toContain('let go of Pod web-');
    await then(on, [ESC], UNMARKED);
  }, 120_000);

  test('a field is followed back to where it was changed', async () => {
    const on = await play(size);
    const field = /━ Deployment web .*containers\.0\.image ━/;
    await then(on, ['G', '/kind:Deployment name:web\r', 'N', 'y'], /\[yaml\]/);
    await then(on, [DOWN], /━ Deployment web .* kind ━/);
    for (let line = 0; line < 60 && !field.test(on.screen().join('\n')); line++) {
      const before = lineAtHand(on.screen().join('\n'));
      on.type(DOWN);
      await on.until((text) => lineAtHand(text) !== before);
    }
    await then(on, ['G', 'N'], /› +- image: nginx:1\.28/);
    await then(on, [','], /› +- image: nginx:1\.27/);
  }, 120_000);

  test('playing stops where it is told to, and writes no more than what has changed', async () => {
    const on = await play(size);
    await then(on, ['g', ':until deploy/web .status.readyReplicas=2\r'], /until deploy/);
    const before = on.written().length;
    await then(on, ['+', '+', '+', '+', '+'], /Stopped: it has come to be so\./);
    const played = on.written().slice(before);
    expect(played).not.toContain(`${ESC}[2J`);
    expect(played).not.toContain(`${ESC}[J`);
    expect(played).not.toContain('\n');
    await then(on, [TAB, TAB], /━ Cluster ━/);
    await then(on, [DOWN], /▸node-1/);
    await then(on, [DOWN], /▸ +web-/);
    await then(on, ['F', ' '], /Stopped: the object has changed\./);
    await then(on, ['F', '!'], /until !/);
  }, 120_000);

  test('what was in the terminal before is there again, below it nothing of the player', async () => {
    const on = await play(size);
    await then(on, [TAB, 'y', UP, '?', '?', 'G', ' ', 'q'], /left 0/);
    expect(on.isAlternate()).toBe(false);
    expect(on.screen().filter((line) => line !== '')).toEqual(['what was there before', 'left 0']);
  }, 60_000);
});
