import { describe, expect, test } from 'vitest';
import type { Deployment } from '../../../src/cluster/objects/kubernetes.ts';
import { attend } from '../../../src/server/live/attended.ts';
import type { ClockMode } from '../../../src/server/live/clock.ts';
import type { LiveCluster } from '../../../src/server/live/live-cluster.ts';
import { emptyScenario, openLive } from '../../../src/server/live/open-live.ts';
import { deployment } from './asking.ts';
import { fakeHost } from './fake-host.ts';

const MINUTE = 60_000;
const scenario = emptyScenario({ nodes: 1 });

function attended(mode: ClockMode) {
  const host = fakeHost();
  return { host, ...attend(openLive({ scenario }), { mode, host }) };
}

function available(live: LiveCluster, name: string): number {
  const { store, seq } = live.world();
  const object = store.tables.objects.read(`/registry/deployments/default/${name}`, seq);
  return (object as Deployment | undefined)?.status?.availableReplicas ?? 0;
}

describe('the clock that is moved by hand', () => {
  test('stands still whatever is asked', async () => {
    const { live, host } = attended({ clock: 'manual' });
    await live.ask({ client: 'test', request: deployment('web', 1) });
    host.pass(60 * MINUTE);
    expect(live.now()).toBeLessThan(10);
    live.advance(10_000);
    expect(live.now()).toBe(10_000);
    expect(available(live, 'web')).toBe(1);
  });
});

describe('the real clock', () => {
  test('follows the wall by its factor, and not while it is paused', async () => {
    const { live, host, clock } = attended({ clock: 'real', factor: 10 });
    host.pass(1000);
    expect(live.now()).toBeGreaterThanOrEqual(9500);
    expect(live.now()).toBeLessThanOrEqual(10_000);
    clock.pause();
    const then = live.now();
    host.pass(1000);
    await live.ask({ client: 'test', request: deployment('web', 1) });
    expect(live.now() - then).toBeLessThan(10);
    clock.resume();
    host.pass(1000);
    expect(live.now() - then).toBeGreaterThanOrEqual(9500);
    clock.set({ clock: 'real', factor: 1 });
    const later = live.now();
    host.pass(1000);
    expect(live.now() - later).toBeLessThanOrEqual(1000);
  });

  test('decides a request at its own instant', async () => {
    const { live, host } = attended({ clock: 'real', factor: 1 });
    host.pass(1234);
    await live.ask({ client: 'test', request: deployment('web', 1) });
    const arrived = live.entries.find(({ event }) => event.type === 'RequestArrived');
    expect(arrived?.at).toBe(1234);
  });
});

describe('the idle clock', () => {
  test('stands still before anybody has asked for anything', () => {
    const { live, host, clock } = attended({ clock: 'idle' });
    clock.waits('k9s', 'any');
    host.pass(MINUTE);
    expect(live.now()).toBe(0);
  });

  test('brings whoever waits for one thing to it in milliseconds, with room to react', async () => {
    const { live, host, clock } = attended({ clock: 'idle' });
    await live.ask({ client: 'kubectl', request: deployment('web', 1) });
    const waiting = clock.waits('kubectl', 'one');
    const told: number[] = [];
    live.subscribe((entries) => {
      const isAbout = entries.some(({ event }) => 'key' in event && event.key.endsWith('/default/web'));
      if (!isAbout) return;
      told.push(host.wall());
      waiting.told();
      if (available(live, 'web') === 1) waiting.end();
    });
    const began = host.wall();
    while (available(live, 'web') === 0 && host.wall() - began < 1000) host.pass(1);
    expect(host.wall() - began).toBeLessThan(100);
    expect(told.length).toBeGreaterThan(2);
    for (const [index, at] of told.entries()) {
      if (index > 0) expect(at - (told[index - 1] ?? 0)).toBeGreaterThanOrEqual(5);
    }
    expect(live.now()).toBeLessThan(10_000);
  });

  test('goes on until nothing more is to be expected, and stands still under an open watch', async () => {
    const { live, host, clock } = attended({ clock: 'idle' });
    clock.waits('k9s', 'any');
    await live.ask({ client: 'kubectl', request: deployment('web', 1) });
    host.pass(1000);
    expect(available(live, 'web')).toBe(1);
    const settled = live.now();
    expect(settled).toBeGreaterThan(30_000);
    expect(settled).toBeLessThan(2 * MINUTE);
    host.pass(60 * MINUTE);
    expect(live.now()).toBe(settled);
  });

  test('goes on by more and more for one who waits for what is not to be expected yet', async () => {
    const { live, host, clock } = attended({ clock: 'idle' });
    await live.type({ client: 'me', line: 'kubectl create job j --image=busybox -- sleep 1200' });
    host.pass(1000);
    const settled = live.now();
    expect(settled).toBeLessThan(3 * MINUTE);
    const waiting = clock.waits('kubectl', 'one');
    host.pass(30);
    expect(live.now() - settled).toBeLessThan(10_000);
    host.pass(500);
    expect(live.now() - settled).toBeGreaterThan(18 * MINUTE);
    waiting.end();
    const ended = live.now();
    host.pass(60 * MINUTE);
    expect(live.now() - ended).toBeLessThanOrEqual(MINUTE);
  });

  test('where nobody waits, goes on when nobody has asked for a moment', async () => {
    const { live, host } = attended({ clock: 'idle' });
    await live.ask({ client: 'kubectl', request: deployment('web', 1) });
    host.pass(90);
    expect(live.now()).toBeLessThan(10);
    host.pass(1000);
    expect(available(live, 'web')).toBe(1);
  });

  test('takes one who asks the same again and again for one who waits', async () => {
    const { live, host } = attended({ clock: 'idle' });
    await live.ask({ client: 'test', request: deployment('web', 1) });
    const request = { verb: 'get', resource: 'deployments.apps', namespace: 'default', name: 'web' } as const;
    for (let polls = 0; polls < 10 && available(live, 'web') === 0; polls++) {
      await live.ask({ client: 'test', request });
      host.pass(20);
    }
    expect(available(live, 'web')).toBe(1);
  });

  test('takes one who asks several things in turn for one who waits, however little he pauses', async () => {
    const { live, host } = attended({ clock: 'idle' });
    await live.ask({ client: 'test', request: deployment('web', 1) });
    const at = { verb: 'get', resource: 'deployments.apps', namespace: 'default', name: 'web' } as const;
    const questions = [at, { ...at, resource: 'services' }, { ...at, name: 'other' }] as const;
    const began = host.wall();
    while (available(live, 'web') === 0 && host.wall() - began < 1000) {
      for (const request of questions) await live.ask({ client: 'test', request });
      host.pass(1);
    }
    expect(available(live, 'web')).toBe(1);
    expect(host.wall() - began).toBeLessThan(100);
  });

  test('is held for a moment by one who writes the same without a pause, and no longer', async () => {
    const { live, host, clock } = attended({ clock: 'idle' });
    clock.waits('watcher', 'one');
    await live.ask({ client: 'test', request: deployment('web', 1) });
    const began = host.wall();
    while (available(live, 'web') === 0 && host.wall() - began < 3000) {
      await live.ask({ client: 'test', request: deployment('web', 1) });
      host.pass(1);
    }
    expect(host.wall() - began).toBeGreaterThan(400);
    expect(host.wall() - began).toBeLessThan(1000);
  });

  test('is held as long as somebody writes one thing after the other', async () => {
    const { live, host } = attended({ clock: 'idle' });
    for (let time = 0; time < 30; time++) {
      await live.ask({ client: 'test', request: deployment(`web-${time}`, 1) });
      host.pass(50);
    }
    expect(live.now()).toBeLessThan(10);
  });

  test('gives less room again to one who was slow once', async () => {
    const { live, host, clock } = attended({ clock: 'idle' });
    const waiting = clock.waits('watcher', 'one');
    const room = async (name: string, takes: number): Promise<number> => {
      waiting.told();
      host.pass(takes);
      await live.ask({ client: 'watcher', request: deployment(name, 1) });
      const [from, then] = [host.wall(), live.now()];
      while (live.now() === then && host.wall() - from < 1000) host.pass(1);
      return host.wall() - from;
    };
    expect(await room('slow', 60)).toBeGreaterThan(150);
    for (let time = 0; time < 12; time++) await room(`quick-${time}`, 1);
    expect(await room('quick', 1)).toBeLessThan(10);
  });

  test('has an end with what never comes to rest', async () => {
    const { live, host, clock } = attended({ clock: 'idle' });
    clock.waits('k9s', 'any');
    await live.type({ client: 'me', line: 'kubectl create deployment bad --image=nginx:nope' });
    host.pass(MINUTE);
    const stood = live.now();
    expect(stood).toBeGreaterThan(5 * MINUTE);
    expect(stood).toBeLessThanOrEqual(11 * MINUTE);
    host.pass(60 * MINUTE);
    expect(live.now()).toBe(stood);
  });

  test('waits longer for a client that takes longer to react', async () => {
    const { live, host, clock } = attended({ clock: 'idle' });
    await live.ask({ client: 'slow', request: deployment('web', 1) });
    const waiting = clock.waits('slow', 'any');
    waiting.told();
    host.pass(8);
    await live.ask({ client: 'slow', request: deployment('other', 1) });
    waiting.told();
    const then = live.now();
    host.pass(20);
    expect(live.now()).toBe(then);
    host.pass(10);
    expect(live.now()).toBeGreaterThan(then);
  });

  test('gives a newcomer that watches everything time to warm up, and an onlooker little', async () => {
    const { live, host, clock } = attended({ clock: 'idle' });
    const waiting = clock.waits('onlooker', 'any');
    const room = async (name: string): Promise<number> => {
      await live.ask({ client: 'maker', request: deployment(name, 1) });
      waiting.told();
      const [from, then] = [host.wall(), live.now()];
      while (live.now() === then && host.wall() - from < 1000) host.pass(1);
      return host.wall() - from;
    };
    expect(await room('one')).toBeGreaterThanOrEqual(100);
    for (let look = 0; look < 10; look++) waiting.told();
    expect(await room('two')).toBeLessThanOrEqual(20);
  });

  test('tells how many writes came after time had gone on since what they answer to', async () => {
    const { live, host, clock } = attended({ clock: 'idle' });
    await live.ask({ client: 'slow', request: deployment('web', 1) });
    const waiting = clock.waits('slow', 'any');
    waiting.told();
    host.pass(50);
    await live.ask({ client: 'slow', request: deployment('in-time', 1) });
    expect(clock.late()).toBe(0);
    waiting.told();
    host.pass(1000);
    await live.ask({ client: 'slow', request: deployment('too-late', 1) });
    expect(clock.late()).toBe(1);
  });
});
