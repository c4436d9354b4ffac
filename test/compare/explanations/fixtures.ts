import { expect } from 'vitest';
import type { Divergence } from '../../../src/compare/divergence.ts';
import { EXPLANATIONS } from '../../../src/compare/explanations/explanations.ts';
import type { Play, TypedCommand, WatchedChange } from '../../../src/compare/play.ts';

const BASE: Play = {
  name: 'x',
  minor: 36,
  namespace: 'n',
  startMs: 0,
  endMs: 100_000,
  watchedMs: 100_000,
  lagMs: 0,
  commands: [],
  changes: [],
};

export type Case = readonly [what: string, divergence: Partial<Divergence>, plays?: Plays];
interface Plays {
  readonly wanted?: Partial<Play>;
  readonly actual?: Partial<Play>;
}

export function explains(id: string, [, divergence, { wanted = {}, actual = {} } = {}]: Case): boolean {
  const explanation = EXPLANATIONS.find((each) => each.id === id) ?? expect.unreachable(id);
  const whole: Divergence = {
    about: 'x',
    aspect: 'events',
    of: 'Events',
    atMs: 5000,
    text: '',
    ...divergence,
  };
  return explanation.explains(whole, {
    wanted: { ...BASE, ...wanted },
    actual: { ...BASE, ...wanted, ...actual },
  });
}

export const told = (says: string, atMs = 5000) => ({ says, atMs });
export const both = (wanted: string, actual: string): Partial<Divergence> => ({
  wanted: told(wanted),
  actual: told(actual),
});
export const typed = (line: string, rest: Partial<TypedCommand> = {}): TypedCommand => ({
  index: 0,
  line,
  beginMs: 4000,
  endMs: 6000,
  output: '',
  exitCode: 0,
  ...rest,
});

export function change(
  kind: string,
  name: string,
  rest: object = {},
  at: Partial<WatchedChange> = {},
): WatchedChange {
  const { metadata = {}, ...others } = rest as { metadata?: object };
  const object = { apiVersion: 'v1', kind, metadata: { name, namespace: 'n', ...metadata }, ...others };
  return { atMs: 5000, type: 'MODIFIED', ...at, object: object as WatchedChange['object'] };
}

export const pod = (name: string, rest: object = {}, at: Partial<WatchedChange> = {}) =>
  change('Pod', name, rest, at);
export const GOING = { metadata: { deletionTimestamp: '2026-11-21T00:00:10Z' } };
export const RESTORE = { commands: [typed('etcdctl snapshot restore snap.db')] };
export const OLD = { minor: 20, lagMs: 6500 };
export const BUSY = { minor: 20, lagMs: 16_000 };

export function sizes(...all: readonly (readonly [atMs: number, replicas: number])[]): Partial<Play> {
  return {
    changes: all.map(([atMs, replicas]) => change('ReplicaSet', 'web', { spec: { replicas } }, { atMs })),
  };
}

/** A container that ended at these seconds, and after the last of them was told so. */
export function ended(seconds: readonly number[], last: 'backs off' | 'is restarted'): Partial<Play> {
  const stamp = (second: number) => new Date(1000 * second).toISOString().replace('.000', '');
  const changes = seconds.map((second, index) => {
    const backsOff = index === seconds.length - 1 && last === 'backs off';
    const waiting = { reason: 'CrashLoopBackOff', message: 'back-off 2m40s restarting failed container=c' };
    const state = backsOff ? { waiting } : { running: {} };
    const status = {
      name: 'c',
      restartCount: index,
      state,
      lastState: { terminated: { finishedAt: stamp(second) } },
    };
    return pod('web', { spec: {}, status: { containerStatuses: [status] } }, { atMs: 1000 * second + 500 });
  });
  return { changes };
}

export const placements = (count: number) =>
  Array.from(
    { length: count },
    (): Divergence => ({ about: 'Pod p', aspect: 'placements', of: 'scores', atMs: 1, text: '' }),
  );
export const forty = Array.from({ length: 40 }, (_, index) =>
  pod(`p${index}`, { metadata: { uid: `${index}` }, spec: { nodeName: 'a' } }),
);

/** What an explanation explains, and what it does not. */
export type Cases = Readonly<Record<string, { readonly yes: readonly Case[]; readonly no: readonly Case[] }>>;
