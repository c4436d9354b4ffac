import type { Millis } from '../../kernel/time/millis.ts';
import { type Host, type Later, realHost } from './host.ts';
import { createIdling, type Idling } from './idling.ts';
import type { LiveCluster } from './live-cluster.ts';
import { SLICE_MS, type Waiting, type WaitsFor } from './waiting.ts';

/**
 * By what virtual time goes on: by the wall's, times a factor; as fast as those who wait for something can
 * take it; or by nothing but an order.
 */
export type ClockMode =
  | { readonly clock: 'real'; readonly factor: number }
  | { readonly clock: 'idle' }
  | { readonly clock: 'manual' };

/** Moves a live cluster on. */
export interface Clock {
  mode(): ClockMode;
  isPaused(): boolean;
  set(mode: ClockMode): void;
  pause(): void;
  resume(): void;
  /** A client begins to wait. */
  waits(client: string, what: WaitsFor): Waiting;
  /** A client asks for something: `what` is the same for the same question. It may write. */
  asked(client: string, what: string, writes: boolean): void;
  /** No more. */
  close(): void;
}

/** The clock follows the wall at least so often. */
const TICK_MS = 50;

export interface ClockOptions {
  readonly mode: ClockMode;
  readonly host?: Host;
  /** How long a client has at least to react to what it was told, in milliseconds of the wall. */
  readonly roomMs?: number;
}

export function createClock(
  live: LiveCluster,
  { mode: first, host = realHost, roomMs }: ClockOptions,
): Clock {
  let mode = first;
  let isPaused = false;
  let timer: Later | undefined;
  let since = { wall: host.wall(), virtual: live.now() };
  const idling: Idling = createIdling({ live, host, roomMs, wake: () => arm(0) });
  const turn = (): void => {
    timer = undefined;
    arm(mode.clock === 'real' ? follow(live, host, target()) : idling.turn());
  };
  const target = (): Millis =>
    since.virtual + (host.wall() - since.wall) * (mode.clock === 'real' ? mode.factor : 0);
  /** Comes to it again in so many milliseconds; not at all where nothing is to be done. */
  const arm = (ms: number | undefined): void => {
    timer?.cancel();
    timer = undefined;
    if (!isPaused && mode.clock !== 'manual' && ms !== undefined) timer = host.later(ms, turn);
  };
  const begin = (): void => {
    since = { wall: host.wall(), virtual: live.now() };
    arm(0);
  };
  begin();
  return {
    mode: () => mode,
    isPaused: () => isPaused,
    set(next) {
      mode = next;
      begin();
    },
    pause() {
      isPaused = true;
      arm(undefined);
    },
    resume() {
      isPaused = false;
      begin();
    },
    waits: idling.waits,
    asked(client, what, writes) {
      if (mode.clock === 'real' && !isPaused) follow(live, host, target());
      idling.asked(client, what, writes);
    },
    close() {
      isPaused = true;
      arm(undefined);
      idling.close();
    },
  };
}

/** Does what is due by now, for a while; tells in how many milliseconds of the wall to come again. */
function follow(live: LiveCluster, host: Host, target: Millis): number {
  const began = host.wall();
  while (live.step(target)) {
    if (host.wall() - began > SLICE_MS) return 0;
  }
  live.advance(Math.floor(target));
  return TICK_MS;
}
