import { HOUR, type Millis } from '../../kernel/time/millis.ts';
import { createAskers, type Known, noteQuestion, roomOf } from './askers.ts';
import { watchForCalm } from './calm.ts';
import type { Host } from './host.ts';
import type { LiveCluster } from './live-cluster.ts';
import { SLICE_MS, type Waiting, type WaitsFor } from './waiting.ts';

/** Goes on as fast as clients wait: `docs/serve.md` tells the rule. */
export interface Idling {
  waits(client: string, what: WaitsFor): Waiting;
  asked(client: string, what: string, writes: boolean): void;
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
  let quietFrom = host.wall();
  let isTold = false;
  const stir = (client: Known): void => {
    quietFrom = Math.max(quietFrom, host.wall() + roomOf(client, roomMs));
  };
  const limit = (): Millis =>
    [...waits].reduce(
      (until, { what, since }) => (what === 'one' ? Math.max(until, since + PATIENCE_MS) : until),
      calm.until(),
    );
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
          client.toldAt ??= host.wall();
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
      noteQuestion(client, { question, writes, at: host.wall() });
      stir(client);
      wake();
    },
    turn(order) {
      const until = order?.until ?? limit();
      if (order?.isEnough()) return undefined;
      const due = live.nextDue();
      if (due === undefined || due > until) return undefined;
      const now = host.wall();
      const isWaiting = order !== undefined || waits.size > 0 || askers.polls(now);
      const from = isWaiting ? quietFrom : quietFrom + LULL_MS;
      if (now < from) return from - now;
      isTold = false;
      while (live.step(until) && !isTold && !order?.isEnough()) if (host.wall() - now > SLICE_MS) break;
      return 0;
    },
    close: stop,
  };
}
