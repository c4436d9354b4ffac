import { afterEach, describe, expect, test } from 'vitest';
import type { Saved } from '../../src/tui/session.ts';
import { bundledScenario, playedLog } from '../support/play-scenario.ts';
import { type Showing, type Shown, showPlayer } from '../support/show-player.tsx';

const scenario = bundledScenario('self-healing');
const log = playedLog('self-healing');
const SMALL = { columns: 80, rows: 24 };
const ESC = '\u001b';

let shown: Shown | undefined;
afterEach(() => shown?.close());

async function show(showing: Partial<Showing> = {}): Promise<Shown> {
  shown = await showPlayer(log, { size: SMALL, ground: { scenario }, ...showing });
  return shown;
}

/** Goes on by entries until the screen shows a text. */
async function goOnTo(text: string, { press, frame }: Shown): Promise<void> {
  for (let count = 0; count < 60 && !frame().includes(text); count++) await press('.');
  expect(frame()).toContain(text);
}

describe('a line that changes something', () => {
  test('asks nothing: it forks, says so, and the time line splits', async () => {
    const player = await show();
    const { press, frame } = player;
    await press(']', ']', ':create ns mine\r');
    expect(frame()).toContain('⎇ branch-1');
    expect(frame()).toContain('▶ playing');
    expect(frame()).toContain('From here on, yours: branch-1.');
    await goOnTo('namespace/mine created', player);
    expect(frame()).toContain('▸ From here on, yours.\n$ kubectl create ns mine\n');
    expect(frame()).toMatch(/\n main +━.*┬.*\n \d\d:\d\d\.\d{3} +╰[━┿]*●/);
    expect(frame().split('\n')).toHaveLength(SMALL.rows - 1);
  });

  test('goes on in the same branch where nothing of it has been seen, and else leaves it too', async () => {
    const player = await show();
    const { press, frame } = player;
    await press(']', ':create ns one\r', ':create ns two\r');
    expect(frame()).toContain('branch-1 goes on');
    await goOnTo('namespace/two created', player);
    expect(frame()).toContain('namespace/one created');
    await press('g', ']', ':create ns three\r');
    expect(frame()).toContain('⎇ branch-2');
    await goOnTo('namespace/three created', player);
    expect(frame()).not.toContain('namespace/two');
  });

  test('can break a machine that is there', async () => {
    const player = await show();
    await player.press(']', ']', ':stop kubelet node-1\r');
    expect(player.frame()).toContain('⎇ branch-1');
    await goOnTo('From here on, yours.\n00:00.576 stop kubelet node-1\n', player);
    await player.press('\t');
    expect(player.frame()).toContain('the kubelet of node-1 stopped');
  });

  test('is not one that only reads', async () => {
    const { press, frame } = await show();
    await press(']', ':get ns\r');
    expect(frame()).not.toContain('branch-1');
    expect(frame()).toContain('kube-system');
  });
});

describe('branches', () => {
  async function forked(): Promise<Shown> {
    const player = await show();
    await player.press(']', ']', ':create ns mine\r');
    await goOnTo('namespace/mine created', player);
    return player;
  }

  test('are made by f, and go on as the original does until something is typed', async () => {
    const { press, frame } = await show();
    await press(']', 'f');
    expect(frame()).toContain(' :█');
    await press(ESC);
    expect(frame()).toContain('⎇ branch-1');
    await press('=');
    expect(frame()).toContain('nothing tells them apart so far');
  });

  test('are listed, named, gone to, and one is where one was', async () => {
    const { press, frame } = await forked();
    await press('v');
    expect(frame()).toMatch(
      / +main +what was opened\n ● +branch-1 +left main at .* +\$ kubectl create ns mine/,
    );
    await press('n', 'mine\r');
    expect(frame()).toContain('⎇ mine');
    await press(`${ESC}[A`, '\r');
    expect(frame()).toContain('⎇ main');
    expect(frame()).not.toContain('namespace/mine');
    await press('v', `${ESC}[B`, '\r');
    expect(frame()).toContain('namespace/mine created');
  });

  test('are compared with the one that they left', async () => {
    const { press, frame } = await forked();
    await press('=');
    expect(frame()).toContain('━ branch-1 beside main ━');
    expect(frame()).toContain('+ Namespace mine');
    await press(ESC, 'v', `${ESC}[A`, '=');
    expect(frame()).toContain('━ branch-1 beside main ━');
  });

  test('are saved, and it is told where; or why not', async () => {
    const orders: string[] = [];
    const save = (branch: { readonly name: string }, _among: unknown, as: string): Saved => {
      orders.push(`${branch.name} ${as}`);
      if (as === 'log') return { path: 'x' };
      throw new Error('the folder is full');
    };
    const { press, frame } = await show({ save });
    await press(']', 'f', ESC, 'v', 's');
    expect(frame()).toContain('! Saved as x');
    await press('S');
    expect(frame()).toContain('! the folder is full');
    expect(orders).toEqual(['branch-1 log', 'branch-1 scenario']);
  });

  test('of a log whose scenario is not at hand have no story of their own', async () => {
    const player = await show({ ground: { scenario: { ...scenario, steps: [] }, isUnknown: true } });
    await player.press(']', 'f', ESC);
    expect(player.frame()).toContain('its story ends here');
    await player.press(':create ns mine\r');
    await goOnTo('namespace/mine created', player);
  });
});
