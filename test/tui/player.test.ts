import { afterEach, describe, expect, test } from 'vitest';
import { podLog } from '../support/pod-log.ts';
import { type Showing, type Shown, showPlayer } from '../support/show-player.tsx';
import { logOf } from '../support/small-log.ts';

const SMALL = { columns: 80, rows: 24 };

let shown: Shown | undefined;
afterEach(() => shown?.close());

async function show(log = podLog, showing: Partial<Showing> = {}): Promise<Shown> {
  shown = await showPlayer(log, { size: SMALL, ...showing });
  return shown;
}

describe('keys', () => {
  test('that come together, held or typed ahead, all count', async () => {
    const { press, frame } = await show();
    await press(']\t]');
    expect(frame()).toContain('step 3/4');
    expect(frame()).toContain('━ Entries ━');
  });

  test('that have no meaning do nothing', async () => {
    const { press, frame } = await show();
    const before = frame();
    await press('x', '\u001b[15~', '한', '\u0001');
    expect(frame()).toBe(before);
  });

  test('go by entries, by seconds, by tenths, to the ends', async () => {
    const { press, frame } = await show();
    await press('g', '.', '.', '.');
    expect(frame()).toContain(' 00:00.001 ');
    await press('\u001b[C');
    expect(frame()).toContain(' 00:01.001 ');
    await press('\u001b[1;2C');
    expect(frame()).toContain(' 00:11.001 ');
    await press('\u001b[D', ',');
    expect(frame()).toContain(' 00:03.010 ');
    await press('G');
    expect(frame()).toContain('■ the end');
    await press('5', '0');
    expect(frame()).toContain(' 00:00.000 ');
  });

  test('play, and change the speed', async () => {
    const { press, frame } = await show();
    await press(' ');
    expect(frame()).toContain('▶ playing 1×');
    await press('+', '+', ' ');
    expect(frame()).toContain('● paused 4×');
  });

  test('lead to the cause, and to its cause', async () => {
    const { press, frame } = await show();
    await press(']', ']', '\t', 'w');
    expect(frame()).toContain('▸13 00:03.000 kubelet/node-1    web: container nginx started');
    await press('w', 'w');
    expect(frame()).toContain('▸ 6 00:01.060 kubectl           created Pod web');
  });

  test('turn the panes, forth and back', async () => {
    const { press, frame } = await show();
    const title = (): string | undefined => frame().match(/^━ (\w+(?: \w+)?)/m)?.[1];
    const titles = [title()];
    expect(frame()).toContain('─ Pods ─');
    for (let turn = 0; turn < 8; turn++) {
      await press('\t');
      titles.push(title());
    }
    expect(titles.join()).toBe('Story,Entries,Cluster,Object,Pods,Pods in,Pipeline,Log,Kubernetes events');
    await press('\t', '\u001b[Z', '\u001b[Z');
    expect(title()).toBe('Log');
  });

  test('change the language', async () => {
    const { press, frame } = await show();
    await press('L');
    expect(frame()).toContain('파드를 만들면');
    await press('L');
    expect(frame()).toContain('A pod is created');
  });

  test('suspend', async () => {
    let suspended = 0;
    const { press } = await show(podLog, { onSuspend: () => suspended++ });
    await press('\u001a');
    expect(suspended).toBe(1);
  });
});

describe('a story that is longer than its pane', () => {
  const long = logOf([
    [0, { type: 'ScenarioOpened', name: 'long', title: { en: 'Long' }, steps: 2 }],
    [1, { type: 'StepBegan', step: 1, kind: 'say', told: true, text: { en: 'What is told.' } }],
    [2, { type: 'StepBegan', step: 2, kind: 'run', text: { en: 'seq 99' } }, 'more'],
    [2, { type: 'CommandTyped', command: 'step-2', line: 'seq 99' }],
    [
      3,
      {
        type: 'CommandPrinted',
        command: 'step-2',
        stdout: Array.from({ length: 99 }, (_, line) => `line ${line + 1}\n`).join(''),
      },
    ],
    [4, { type: 'ScenarioEnded', passed: true }],
  ]);

  test('keeps what is told and the command at the top, and shows the end of the output', async () => {
    const { press, frame } = await show(long);
    await press(']');
    for (const text of ['What is told.', '$ seq 99', 'line 99\n', '⋮ 88 more lines above: ↑'])
      expect(frame()).toContain(text);
    expect(frame()).not.toContain('line 88\n');
  });

  test('is scrolled by lines and pages, no further than there is', async () => {
    const { press, frame } = await show(long);
    await press(']', '\u001b[A');
    expect(frame()).toContain('line 84\n');
    await press(...Array.from({ length: 9 }, () => '\u001b[5~'));
    expect(frame()).toContain('line 1\n');
    expect(frame()).toContain('What is told.\n\n$ seq 99\nline 1\n');
    await press('\u001b[6~', '\u001b[B');
    expect(frame()).not.toContain('What is told.');
    await press('[', ']');
    expect(frame()).toContain('line 99\n');
  });
});

describe('the screen', () => {
  test.each([
    { columns: 59, rows: 24 },
    { columns: 80, rows: 17 },
    { columns: 8, rows: 4 },
    { columns: 1, rows: 1 },
  ])('of $columns by $rows says that it is too small, and comes back', async (size) => {
    const { resize, frame, press } = await show();
    await resize(size);
    expect(frame().replaceAll(/\s/g, '')).toContain('Pleasemaketheterminal');
    await press(']');
    await resize(SMALL);
    expect(frame()).toContain('step 2/4');
  });

  test('tells a notice until one goes on', async () => {
    const { press, frame } = await show(podLog, { notice: () => 'a.log:12: the line is cut off' });
    expect(frame()).toContain('! a.log:12: the line is cut off');
    await press(']');
    expect(frame()).not.toContain('cut off');
  });

  test('keeps the backticks of code where there are no colours', async () => {
    const { frame, resize } = await show(podLog, { colours: false });
    expect(frame()).toContain('starts `nginx` in it.');
    await resize({ columns: 61, rows: 24 });
    expect(frame()).toContain('asks `GET /` every');
  });

  test('shows an empty log', async () => {
    const { press, frame } = await show([]);
    await press('.', ',', ']', '[', ' ', 'w', 'G', 'g', '5', '\t', '?', '?', '\t', 'l');
    expect(frame()).toContain('step 0/0');
  });

  test('opens a log that has no steps where it begins', async () => {
    const { frame } = await show(
      logOf([
        [5, { type: 'CommandTyped', command: 'a', line: 'ls' }],
        [9, { type: 'CommandTyped', command: 'b', line: 'pwd' }],
      ]),
    );
    expect(frame()).toContain(' 00:00.005 ');
    expect(frame()).toContain('$ ls');
    expect(frame()).not.toContain('$ pwd');
  });

  test('does not act on what a program prints', async () => {
    const log = logOf([
      [0, { type: 'StepBegan', step: 1, kind: 'run', text: { en: 'x' } }, 'more'],
      [0, { type: 'CommandTyped', command: 'step-1', line: 'x' }],
      [1, { type: 'CommandPrinted', command: 'step-1', stdout: '\u001b[2J\u0007a\tb\r\n' }],
    ]);
    const { frame, styled } = await show(log);
    expect(frame()).toContain('^[[2J^Ga');
    expect(styled()).not.toContain('\u001b[2J');
  });
});
