import { afterEach, describe, expect, test } from 'vitest';
import type { Event } from '../../src/cluster/contract/event.ts';
import type { Entry } from '../../src/kernel/log/entry.ts';
import { playedLog } from '../support/play-scenario.ts';
import { type Shown, showPlayer } from '../support/show-player.tsx';
import { logOf } from '../support/small-log.ts';

const ENTER = '\r';
const ESC = '\u001b';
const BACKSPACE = '\u007f';
const CTRL_C = '\u0003';
const DOWN = '\u001b[B';
const UP = '\u001b[A';
const PAGE_DOWN = '\u001b[6~';
const PAGE_UP = '\u001b[5~';

const log = playedLog('liveness-failure');

let shown: Shown | undefined;
afterEach(() => shown?.close());

async function show(entries: readonly Entry<Event>[] = log, language = 'en'): Promise<Shown> {
  shown = await showPlayer(entries, { size: { columns: 90, rows: 28 }, language });
  return shown;
}

const footer = (frame: string): string => frame.split('\n').at(-1) ?? '';

describe('a line that is typed after a colon', () => {
  test('shows itself with its suggestions, takes the first with tab, and goes away with escape', async () => {
    const { press, frame } = await show();
    await press(':get po');
    expect(footer(frame())).toMatch(/^ :get po█ {2}poddisruptionbudgets pods/);
    await press('d', 's', '\t');
    expect(footer(frame())).toMatch(/^ :get pods/);
    await press(BACKSPACE, BACKSPACE, BACKSPACE);
    await press(ESC);
    expect(footer(frame())).toContain('space play');
    await press(':', CTRL_C, ':', BACKSPACE, ':', ENTER);
    expect(frame()).toContain('━ Story');
  });

  test('asks the cluster as it is where one stands, and again wherever one goes', async () => {
    const { press, frame } = await show();
    await press(':30s\r', ':pods\r');
    expect(frame()).toContain('━ kubectl get pods -A ━');
    expect(footer(frame())).not.toContain('n N');
    expect(frame()).toMatch(/default +liveness-exec +1\/1 +Running +0 +/);
    await press(':1m20s\r');
    expect(frame()).toMatch(/default +liveness-exec +1\/1 +Running +1 \(\d+s ago\) +/);
    await press('g');
    expect(frame()).toMatch(/No resources found|there is no cluster yet/);
    await press(ESC);
    expect(frame()).toContain('━ Story');
  });

  test.each([
    [':1:00\r', ' 01:00.000 '],
    [':#1\r', ' 00:00.000 '],
    [':step 4\r', 'step 4/'],
    [':end\r', '■ the end'],
    [':99999999\r', 'There is nothing of that.'],
    [':step 999\r', 'There is nothing of that.'],
    [':get nods\r', `the server doesn't have a resource type "nods"`],
    [':delete pod x\r', '! This was recorded from a real cluster'],
    [':emacs notes\r', 'kubectl has no command "emacs"'],
    [':vim notes\r', 'there is no screen to edit on'],
    [':get pods -w\r', '… and it would go on.'],
    [':kubectl get ns -o name | grep kube\r', 'namespace/kube-system'],
  ])('%j', async (keys, says) => {
    const { press, frame } = await show();
    await press(':40s\r');
    await press(keys);
    expect(frame()).toContain(says);
  });
});

describe('the object of an entry', () => {
  const [yaml, describe] = ['y', 'd'];

  test('is read as YAML or described, and followed through its changes', async () => {
    const { press, frame } = await show();
    await press(':30s\r', '/reason:Killing\r', yaml);
    expect(frame()).toContain('━ Pod liveness-exec  [yaml] describe history diff owners ━');
    expect(frame()).toContain('  kind: Pod');
    expect(footer(frame())).toContain('n N its changes');
    await press(describe);
    expect(frame()).toContain('━ Pod liveness-exec  yaml [describe] history diff owners  ↓ ');
    await press(...Array.from({ length: 30 }, () => PAGE_DOWN));
    expect(frame()).toMatch(/▸ +Normal +Killing +0s/);
    const clock = (): string => / (\d\d:\d\d\.\d\d\d) /.exec(frame().split('\n').at(-2) ?? '')?.[1] ?? '';
    const before = clock();
    await press('n');
    const after = clock();
    expect(after > before).toBe(true);
    await press('N', 'n');
    expect(clock()).toBe(after);
  });

  test('is scrolled no further than it goes', async () => {
    const { press, frame } = await show();
    await press(':30s\r', ':describe pod liveness-exec\r', UP);
    const top = frame();
    expect(top).toContain('Name:             liveness-exec');
    await press(DOWN);
    expect(frame()).not.toContain('Name:             liveness-exec');
    await press(...Array.from({ length: 20 }, () => PAGE_DOWN), UP);
    expect(frame()).toMatch(/↑ \d+ {2}↓ 1 ━/);
  });

  test('is not there for an entry that is about none', async () => {
    const { press, frame } = await show(logOf([[5, { type: 'CommandTyped', command: 'a', line: 'ls' }]]));
    await press(yaml);
    expect(footer(frame())).toBe(' ! This entry is about no object.');
    await press('g');
    expect(footer(frame())).toContain('space play');
  });
});

describe('the history of an object', () => {
  test('tells all its changes, and where in it one stands', async () => {
    const { press, frame } = await show();
    await press(':30s\r', '/reason:Killing\r', 'H');
    expect(frame()).toContain('━ Pod liveness-exec  yaml describe [history] diff owners ━');
    const here = (): string => frame().match(/^▸ .*$/m)?.[0] ?? '';
    const before = here();
    await press('n');
    expect(here() > before).toBe(true);
    await press('g');
    expect(frame()).toMatch(/^[▸ ] 00:0\S+ kubectl +created\b/m);
  });

  test('is shown around where one stands, and scrolled from there', async () => {
    const { press, frame } = await show();
    await press('g', 'a', '/kind:Lease ns:kube-node-lease\r', 'H', 'G');
    expect(frame()).toMatch(/Lease kube-node-lease\/node-\d .*\[history\] .* {2}↑ \d+/);
    await press(...Array.from({ length: 30 }, () => PAGE_UP));
    expect(frame()).toMatch(/created Lease kube-node-lease/);
    expect(frame()).toMatch(/Lease kube-node-lease\/node-\d .*\[history\] .* {2}↓ \d+/);
  });
});

test('what followed from an entry is told in its order', async () => {
  const { press, frame } = await show();
  await press('/reason:Killing\r', 'W');
  expect(frame()).toMatch(/━ What followed from 00:45\.\d{3} ━/);
  expect(frame()).toMatch(
    /SIGKILL sent to container liveness[\s\S]*container liveness ended[\s\S]*restarts 0 → 1/,
  );
  await press('\u001b', 'G', 'W');
  expect(frame()).toContain('Nothing followed from it so far.');
});

describe('how the scheduler decided', () => {
  const scheduled = playedLog('unschedulable');

  test('is told of the pod at hand, as of where one stands', async () => {
    const { press, frame } = await show(scheduled);
    await press('g', '/reason:FailedScheduling\r', 'x');
    expect(frame()).toContain('━ The scheduler decided ━');
    expect(frame()).toMatch(/default\/hungry → Pending \(by the profile default-scheduler\)/);
    expect(frame()).toMatch(/2 NodeResourcesFit: Insufficient cpu, Insufficient memory \(node-1, node-2\)/);
  });

  test('is told of nothing that it has not looked at', async () => {
    const { press, frame } = await show(scheduled, 'ko');
    await press('g', '/created Pod orphan\r', 'x');
    expect(frame()).toContain('아직 스케줄러가 결정한 것이 없습니다.');
  });
});

describe('another place compared with a bookmark', () => {
  test('tells what came, what went, and what became of the rest', async () => {
    const { press, frame } = await show();
    await press('g', '=');
    expect(footer(frame())).toMatch(/^ ! Marked. Go elsewhere/);
    await press(':1m20s\r', '=');
    expect(frame()).toContain('━ Otherwise than at 00:00.000 ━');
    expect(frame()).toContain('  + Pod liveness-exec');
    await press('b', ':2m40s\r', '=');
    expect(frame()).toContain('━ Otherwise than at 01:17.015');
    expect(frame()).toMatch(/ {2}~ Pod liveness-exec: .*restarts 1 → 2/);
    await press('B', 'g', '=');
    await press(':1m20s\r');
    expect(frame()).toMatch(/Otherwise than at|Nothing is otherwise/);
  });
});

describe('what is looked for', () => {
  test('is gone to, and from there to the next and back', async () => {
    const { press, frame } = await show();
    await press('\t', '/reason:unhealthy\r');
    expect(frame()).toMatch(/▸ *\d+ \d\d:\d\d\.\d{3} kubelet\S* +Warning liveness-exec: Unhealthy/);
    const first = frame();
    await press('n');
    expect(frame()).not.toBe(first);
    await press('N');
    expect(frame()).toBe(first);
  });

  test('may be what is seen of an entry, though the entry has other words', async () => {
    const { press, frame } = await show();
    await press('\t', '/"started, restart 1"\r');
    expect(frame()).toMatch(/ 01:1\d\.\d{3} .*liveness-exec: container liveness started, restart 1\n▸/);
  });

  test('may not be there, which is told', async () => {
    const { press, frame } = await show();
    await press('/nowhere at all\r');
    expect(footer(frame())).toBe(' ! There is nothing of that.');
    await press('.');
    expect(footer(frame())).toContain('space play');
    const before = frame();
    await press('/', ENTER);
    expect(frame()).toBe(before);
  });

  test('is told of in Korean as well', async () => {
    const { press, frame } = await show(log, 'ko');
    await press('/없음\r');
    expect(footer(frame())).toBe(' ! 그런 것이 없습니다.');
  });
});

test('bookmarks are on the time line, and lead back', async () => {
  const { press, frame } = await show();
  await press(':30s\r', '.', 'b');
  const marked = frame().replaceAll('◆', '●');
  await press('G');
  expect(frame().split('\n').at(-2)).toContain('◆');
  await press('B');
  expect(frame().replaceAll('◆', '●')).toBe(marked);
  await press('b', 'G');
  expect(frame()).not.toContain('◆');
  await press('B');
  expect(footer(frame())).toBe(' ! There is nothing of that.');
});
