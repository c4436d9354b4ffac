import { HOUR, MINUTE, type Millis, SECOND } from '../../kernel/time/millis.ts';
import { createAskers, type Known, noteQuestion, noteTold, roomOf } from './askers.ts';
import { watchForCalm } from './calm.ts';
import type { Host } from './host.ts';
import type { LiveCluster } from './live-cluster.ts';
import { SLICE_MS, type Waiting, type WaitsFor } from './waiting.ts';

/** Goes on as fast as clients wait: `docs/serving.md` tells the rule. */
export interface Idling {
  waits(client: string, what: WaitsFor): Waiting;
  asked(client: string, what: string, writes: boolean): void;
  /** How many writes came so late after what they answer to that time had gone on. */
  late(): number;
  /**
   * Goes on for a while, by its own rule or as an order says; tells in how many milliseconds of the wall to
   * come again, undefined: there is nothing to do for now.
   */
  turn(order?: Order): number | undefined;
  close(): void;
}

/** To go on until a virtual instant, or until something is so. */
export interface Order {
  readonly until: Millis;
  readonly isEnough: () => boolean;
}

/** Where nobody waits, time goes on when nobody has asked for so long. */
const LULL_MS = 100;

/** So much virtual time somebody has who waits for one thing. */
const PATIENCE_MS: Millis = HOUR;

/**
 * Where nothing is to be expected any more, whoever waits for one thing may be about to go: time goes on by a
 * second, and by twice as much each time, in milliseconds of the wall.
 */
const STRETCH_MS: Millis = SECOND;
const STRETCH_MAX_MS: Millis = MINUTE;
const STRETCH_ROOM_MS = 10;

interface OpenWait {
  readonly what: WaitsFor;
  /** Virtual. */
  readonly since: Millis;
}

export interface IdlingOptions {
  readonly live: LiveCluster;
  readonly host: Host;
  /** The least room for anybody. */
  readonly roomMs?: number | undefined;
  /** There may be something to do again. */
  readonly wake: () => void;
}

export function createIdling({ live, host, roomMs, wake }: IdlingOptions): Idling {
  const { calm, stop } = watchForCalm(live);
  const waits = new Set<OpenWait>();
  const askers = createAskers();
  const quiet = createQuiet(host);
  let isTold = false;
  /** How far time has gone on beyond what is to be expected, and from where. */
  let stretch: Stretch | undefined;
  const stir = (client: Known): void => {
    quiet.stir(client, roomOf(client, roomMs));
    stretch = undefined;
  };
  return {
    waits(name, what) {
      const wait: OpenWait = { what, since: live.now() };
      const client = askers.named(name);
      waits.add(wait);
      if (what === 'any') client.waitsFor = what;
      stir(client);
      wake();
      return {
        told() {
          isTold = true;
          noteTold(client, { wall: host.wall(), virtual: live.now() });
          stir(client);
        },
        end() {
          waits.delete(wait);
          client.toldAt = undefined;
        },
      };
    },
    asked(name, question, writes) {
      const client = askers.named(name);
      const isPoll = noteQuestion(client, { question, writes, at: host.wall(), virtual: live.now() });
      // Who asks the same again has nothing to do but to wait, however often he asks.
      if (!isPoll) stir(client);
      wake();
    },
    late: askers.late,
    turn(order) {
      const until = order?.until ?? Math.max(calm.until(), patienceOf(waits));
      if (order?.isEnough()) return undefined;
      const due = live.nextDue();
      if (due === undefined || due > until) return undefined;
      const now = host.wall();
      const isWaiting = order !== undefined || waits.size > 0 || askers.polls(now);
      const rest = quiet.rest(isWaiting ? 0 : LULL_MS);
      if (rest > 0) return rest;
      isTold = false;
      const isStretched = order === undefined && due > calm.until();
      if (isStretched) stretch = stretched(stretch, live.now());
      const end = isStretched && stretch ? Math.min(until, stretch.from + stretch.ms) : until;
      while (live.step(end) && !isTold && !order?.isEnough()) if (host.wall() - now > SLICE_MS) break;
      return isStretched ? STRETCH_ROOM_MS : 0;
    },
    close: stop,
  };
}

interface Quiet {
  /** Somebody came or was told of something, and has so much room from now on, whatever he had before. */
  stir(client: Known, roomMs: number): void;
  /** For how long it is to be quiet yet; 0 when it has been. */
  rest(lullMs: number): number;
}

function createQuiet(host: Host): Quiet {
  const rooms = new Map<Known, number>();
  let from = host.wall();
  let isStirred = false;
  return {
    stir(client, roomMs) {
      rooms.set(client, host.wall() + roomMs);
      isStirred = true;
    },
    rest(lullMs) {
      const now = host.wall();
      let until = from;
      for (const [client, end] of rooms) {
        until = Math.max(until, end);
        if (end > now) continue;
        rooms.delete(client);
        from = Math.max(from, end);
      }
      // What follows from it may be on its way, however late it is: everybody has a turn first.
      const least = isStirred ? 1 : 0;
      isStirred = false;
      return Math.max(least, until + lullMs - now, 0);
    },
  };
}

/** Until when those who wait for one thing do so. */
function patienceOf(waits: Iterable<OpenWait>): Millis {
  let until = Number.NEGATIVE_INFINITY;
  for (const { what, since } of waits) if (what === 'one') until = Math.max(until, since + PATIENCE_MS);
  return until;
}

type Stretch = { readonly from: Millis; readonly ms: Millis };

function stretched(before: Stretch | undefined, now: Millis): Stretch {
  if (!before) return { from: now, ms: STRETCH_MS };
  return { ...before, ms: before.ms + Math.min(before.ms, STRETCH_MAX_MS) };
}
