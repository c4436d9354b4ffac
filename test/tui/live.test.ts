import { afterEach, expect, test } from 'vitest';
import { attend } from '../../src/server/live/attended.ts';
import type { ClockMode } from '../../src/server/live/clock.ts';
import { emptyScenario, openLive } from '../../src/server/live/open-live.ts';
import { playerSource } from '../../src/server/live/player-source.ts';
import { openLiveSession } from '../../src/tui/live-session.ts';
import { deployment } from '../server/live/asking.ts';
import { type Shown, showSession } from '../support/show-player.tsx';

const scenario = emptyScenario({ nodes: 1 });
let shown: Shown | undefined;
afterEach(() => shown?.close());

/** A cluster whose clock is moved by hand, and the player that shows it. */
async function beside(mode: ClockMode = { clock: 'manual' }) {
  const attended = attend(openLive({ scenario }), { mode });
  const { live } = attended;
  const source = playerSource(attended);
  const session = openLiveSession(source, { ground: { scenario } });
  const player = await showSession(session, { size: { columns: 100, rows: 30 } });
  shown = player;
  /** Nothing is pressed, but whatever waits for its turn has it. */
  const look = async (): Promise<string> => {
    await player.press('');
    await new Promise((resolve) => setTimeout(resolve, 120));
    await player.press('');
    return player.frame();
  };
  return { live, look, press: player.press, frame: player.frame };
}

test('follows what clients do, and shows the past while they go on', async () => {
  const { live, look, press, frame } = await beside();
  await press('\t');
  await live.ask({ client: 'kubectl', request: deployment('web', 1) });
  expect(await look()).toMatch(/▸\d+ .* created Deployment web/);
  const before = live.entries.length;
  await press('g', '.');
  expect(frame()).toContain('▸ 1 00:00.000');
  await live.ask({ client: 'kubectl', request: deployment('other', 1) });
  expect(live.entries.length).toBeGreaterThan(before);
  expect(await look()).toContain('▸ 1 00:00.000');
  await press('G');
  expect(frame()).toMatch(/▸\d+ .* created Deployment other/);
});

test('moves a clock that nothing else moves: by seconds, to what happens next, and by playing', async () => {
  const { live, press } = await beside();
  await live.ask({ client: 'kubectl', request: deployment('web', 1) });
  const began = live.now();
  await press('.');
  expect(live.now() - began).toBeLessThan(1000);
  await press('G', '\u001b[C', '\u001b[1;2C');
  for (let turn = 0; turn < 500 && live.now() - began < 10_900; turn++)
    await new Promise((resolve) => setTimeout(resolve, 10));
  const later = live.now();
  expect(later - began).toBeGreaterThanOrEqual(10_900);
  const pod = [...live.entries].some(({ event }) => event.type === 'ContainerStarted');
  expect(pod).toBe(true);
  await press('+', '+', '+', '+', ' ');
  await new Promise((resolve) => setTimeout(resolve, 300));
  await press(' ');
  const played = live.now() - later;
  expect(played).toBeGreaterThan(500);
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(live.now() - later).toBe(played);
});

test('goes nowhere in the past, nor where the clock goes by itself', async () => {
  const { live, press } = await beside();
  await press('\u001b[1;2C', '\u001b[1;2C', 'g', '.');
  const now = live.now();
  expect(now).toBeGreaterThanOrEqual(20_000);
  await press('\u001b[C', '.');
  expect(live.now()).toBe(now);
  shown?.close();
  const other = await beside({ clock: 'idle' });
  await other.press('\u001b[C', '.');
  expect(other.live.now()).toBe(0);
});

test('what is typed at the latest place reaches the served cluster; in the past it is a branch', async () => {
  const { live, press, look, frame } = await beside();
  await press('\u001b[C', ':');
  await press(...'kubectl create configmap here', '\r');
  await press('\u001b[C');
  const names = live.entries.flatMap(({ event }) =>
    event.type === 'ObjectCreated' && event.resource === 'configmaps' ? [event.object.metadata.name] : [],
  );
  expect(names).toContain('here');
  await look();
  await press('g', '.', '.', ':');
  const length = live.entries.length;
  await press(...'kubectl create configmap there', '\r');
  await look();
  expect(frame()).toContain('⎇');
  expect(live.entries.length).toBe(length);
});
