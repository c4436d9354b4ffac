import type { Event } from '../../cluster/contract/event.ts';
import type { Entry } from '../../kernel/log/entry.ts';
import type { Millis } from '../../kernel/time/millis.ts';
import type { Attended } from './attended.ts';

/** A served cluster as a player beside the server needs it. */
export interface PlayerSource {
  readonly entries: readonly Entry<Event>[];
  subscribe(heard: () => void): () => void;
  now(): Millis;
  isMoved(): boolean;
  advance(until: Millis, patienceMs: number): boolean;
  go(until: Millis): void;
  step(until: Millis): boolean;
  type(line: string): void;
}

/** As whom the log names who types at the player. */
const CLIENT = 'player';

/** What a key does is there at once, where it takes no longer than this. */
const PATIENCE_MS = 250;

/** The player moves the cluster's clock where nothing else does: where it is moved by orders alone. */
export function playerSource({ live, clock }: Attended): PlayerSource {
  const advance = (until: Millis, patienceMs: number): boolean => {
    const end = performance.now() + patienceMs;
    while (live.step(until)) if (performance.now() > end) return false;
    live.advance(until);
    return true;
  };
  return {
    entries: live.entries,
    subscribe: (heard) => live.subscribe(heard),
    now: live.now,
    isMoved: () => clock.mode().clock === 'manual',
    advance,
    go(until) {
      if (!advance(until, PATIENCE_MS)) void clock.advance(until);
    },
    step: live.step,
    type: (line) => void live.type({ client: CLIENT, line }),
  };
}
