import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import stringWidth from 'string-width';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { buildCli, builtCli } from '../support/built-cli.ts';
import { writeLog } from '../support/log-files.ts';
import { bundledScenario, playToEnd } from '../support/play-scenario.ts';
import { noTerminal, openTerminal, type Size, type Terminal } from '../support/terminal.ts';

const ESC = '\u001b';
const [TAB, BACK_TAB, UP, DOWN, ENTER] = ['\t', `${ESC}[Z`, `${ESC}[A`, `${ESC}[B`, '\r'];
/** Puts the reader right after the new image was set, with nothing selected. */
const SET_IMAGE = ['g', '/$ kubectl set image\r', '.', '.', '.'];

const folder = mkdtempSync(join(tmpdir(), 'kubereel-'));
const log = join(folder, 'rolling-update.log');
let terminal: Terminal | undefined;

beforeAll(async () => {
  writeLog(log, playToEnd(bundledScenario('rolling-update')).log);
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

async function types(on: Terminal, ...keys: readonly string[]): Promise<void> {
  for (const key of keys) on.type(key);
}

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
    [/━ Pods in time {2}░ pending/, /█+▓+/, / ready +.*▆.* 3\/3/, / lost .* 0/],
  ],
  [
    'pipeline',
    [BACK_TAB, BACK_TAB, BACK_TAB],
    [/━ Pipeline {2}00:/, /API server {2}resolve ✓/, /etcd {2}revision \d+/],
  ],
  ['the log', [BACK_TAB, BACK_TAB], [/━ Log/, /\[nginx\]/]],
  ['events', [BACK_TAB], [/━ Kubernetes events ━/, /LAST SEEN +REASON +OBJECT +MESSAGE/]],
  ['YAML', ['y'], [/━ Deployment web {2}\[yaml\]/, /kind: Deployment/]],
  ['a description', ['d'], [/\[describe\]/, /Name: +web/]],
  ['a history', ['H'], [/\[history\]/, /00:00\.062 kubectl +created Deployment web/]],
  ['owners', ['o'], [/\[owners\]/, /▸ +Deployment web +3\/3/, /└ ReplicaSet web-\S+ +3\/3/, /● +└ Pod web-/]],
  ['what a question is answered with', [':deploy\r'], [/━ kubectl get deploy -A ━/, /default +web +3\/3/]],
  ['help', ['?'], [/━ Keys/, /◇ it changes {3}! a warning {3}✗ a fault/]],
  ['the next language', ['L'], [/━ 이야기 ━/]],
];

describe.skipIf(noTerminal !== undefined).each(SIZES)('at $columns by $rows', (size) => {
  test('every pane shows what it is for', async () => {
    const on = await play(size);
    for (const [name, keys, shows] of PANES) {
      await types(on, ...SET_IMAGE, ...keys);
      for (const pattern of shows)
        await on
          .until((text) => pattern.test(text))
          .catch((error: Error) => {
            throw new Error(`${name}: ${pattern}\n${error.message}`);
          });
      const lines = on.screen();
      expect(lines.at(-1)).toBe('');
      for (const line of lines) expect(stringWidth(line)).toBeLessThanOrEqual(size.columns);
      if (name === 'the next language') await types(on, 'L');
      await types(on, ...(name === 'help' ? ['?'] : []), ESC);
      await on.shows('[ ]');
      await types(on, ESC);
      await on.until((text) => !text.includes('━ Keys'));
      await types(on, ESC, 'g');
      await on.until((text) => text.includes('━ Story ━') && text.includes(' 00:00.000 '));
    }
  }, 120_000);

  test('an object is chosen in a list, opened, followed and let go', async () => {
    const on = await play(size);
    await types(on, ...SET_IMAGE, TAB, TAB, DOWN, DOWN);
    await on.until((text) => /▸.*web-\S+ ● Running/.test(text));
    await types(on, ENTER);
    await on.until((text) => /━ Pod web-\S+ {2}\[yaml\]/.test(text) || /━ Pod web-\S+ .*\[diff\]/.test(text));
    await types(on, 'y', 'n');
    await on.until((text) => /◇/.test(text.split('\n').at(-3) ?? ''));
    await types(on, ESC, ESC);
    await on.until((text) => text.includes('let go of Pod web-') || text.includes('━ Story ━'));
    await types(on, ESC, ESC);
    await on.until((text) => !/◇/.test(text.split('\n').at(-3) ?? ''));
  }, 60_000);

  test('a field is followed back to where it was changed', async () => {
    const on = await play(size);
    await types(on, 'G', '/kind:Deployment\r', 'N', 'y');
    await on.shows('[yaml]');
    for (let line = 0; line < 90; line++) {
      if (/━ Deployment web .*spec\.template\.spec\.containers\.0\.image ━/.test(on.screen().join('\n')))
        break;
      on.type(DOWN);
      await on.until((text) => /› /.test(text));
    }
    await on.shows('spec.template.spec.containers.0.image');
    await types(on, 'G', 'N');
    await on.until((text) => /› +- image: nginx:1\.28/.test(text));
    await types(on, ',');
    await on.until((text) => /› +- image: nginx:1\.27/.test(text));
  }, 90_000);

  test('playing stops where it is told to, and writes no more than what has changed', async () => {
    const on = await play(size);
    await types(on, 'g', ':until deploy/web .status.readyReplicas=2\r');
    await on.shows('until deploy/web');
    const before = on.written().length;
    await types(on, '+', '+', '+', '+', '+');
    await on.shows('Stopped: it has come to be so.');
    const played = on.written().slice(before);
    expect(played).not.toContain(`${ESC}[2J`);
    expect(played).not.toContain(`${ESC}[J`);
    expect(played).not.toContain('\n');
    await types(on, TAB, TAB, DOWN, DOWN, 'F', ' ');
    await on.shows('Stopped: the object has changed.');
    await types(on, 'F', '!');
    await on.shows('until !');
  }, 60_000);

  test('what was in the terminal before is there again, below it nothing of the player', async () => {
    const on = await play(size);
    await types(on, TAB, 'y', UP, '?', '?', ESC, 'G', ' ', 'q');
    expect(await on.exit()).toBe(0);
    expect(on.isAlternate()).toBe(false);
    expect(on.screen().filter((line) => line !== '')).toEqual(['what was there before', 'left 0']);
  }, 60_000);
});
