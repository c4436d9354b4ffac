import type { Millis } from '../../kernel/time/millis.ts';
import { type Host, type Later, realHost } from './host.ts';
import { createIdling, type Idling, type Order } from './idling.ts';
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
  /**
   * How many writes came so late after what they answer to that time had gone on meanwhile: how long their
   * clients took can be seen in the log.
   */
  late(): number;
  /**
   * Goes on at once to a virtual instant, or until it is enough, whatever the clock is; who is told of
   * something has room to react on the way.
   */
  advance(until: Millis, isEnough?: () => boolean): Promise<void>;
  /** No more. */
  close(): void;
}

interface Given extends Order {
  readonly done: () => void;
}

/** The clock follows the wall at least so often. */
const TICK_MS = 50;

export interface ClockOptions {
  readonly mode: ClockMode;
  readonly host?: Host;
  /** How long a client has at least to react to what it was told, in milliseconds of the wall. */
  readonly roomMs?: number;
}

export function createClock(live: LiveCluster, options: ClockOptions): Clock {
  const { host = realHost, roomMs } = options;
  let { mode } = options;
  let isPaused = false;
  let since = { wall: host.wall(), virtual: live.now() };
  const orders: Given[] = [];
  const idling: Idling = createIdling({ live, host, roomMs, wake: () => timer.in(0) });
  const target = (): Millis => since.virtual + (host.wall() - since.wall) * factorOf(mode);
  const begin = (): void => {
    since = { wall: host.wall(), virtual: live.now() };
    timer.in(0);
  };
  /** Goes on for a while; tells in how many milliseconds to come again. */
  const turn = (): number | undefined => {
    const [order] = orders;
    if (!order && (isPaused || mode.clock === 'manual')) return undefined;
    if (!order) return mode.clock === 'real' ? follow(live, host, target()) : idling.turn();
    const again = idling.turn(order);
    if (again !== undefined) return again;
    if (!order.isEnough()) live.advance(order.until);
    orders.shift();
    order.done();
    begin();
    return undefined;
  };
  const timer = timerOf(host, turn, () => (mode.clock === 'real' && orders.length === 0 ? 1 : TURNS));
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
    late: idling.late,
    advance: (until, isEnough = () => false) =>
      new Promise((done) => {
        orders.push({ until, isEnough, done });
        timer.in(0);
      }),
    close() {
      isPaused = true;
      for (const { done } of orders.splice(0)) done();
      timer.stop();
      idling.close();
    },
  };
}

/** How much virtual time goes by while one millisecond of the wall's does. */
function factorOf(mode: ClockMode): number {
  return mode.clock === 'real' ? mode.factor : 0;
}

/**
 * So many turns of the event loop an answer may take that is on its way: what a client in this very process
 * was told, what it asks because of it, and what it asks then.
 */
const TURNS = 200;

interface Timer {
  /** Comes to it in so many milliseconds, and not when it would have otherwise. */
  in(ms: number): void;
  stop(): void;
}

/** Comes again when each turn says. */
function timerOf(host: Host, turn: () => number | undefined, turns: () => number): Timer {
  let pending: Later | undefined;
  const timer: Timer = {
    in(ms) {
      pending?.cancel();
      pending = host.later(
        ms,
        () => {
          pending = undefined;
          const again = turn();
          if (again !== undefined) timer.in(again);
        },
        turns(),
      );
    },
    stop: () => pending?.cancel(),
  };
  return timer;
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
