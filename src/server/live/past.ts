import type { Event } from '../../cluster/contract/event.ts';
import type { Refused } from '../../cluster/contract/response.ts';
import type { World } from '../../cluster/world/world.ts';
import type { Entry } from '../../kernel/log/entry.ts';
import { firstAbove } from '../../kernel/table/first-above.ts';
import type { Millis } from '../../kernel/time/millis.ts';
import type { Clock } from './clock.ts';
import { isRead, type LiveCluster, readIn, settingsIn } from './live-cluster.ts';

/** A place in the log of a live cluster: after a commit, at or after its time. */
export interface PastMoment {
  /** seq of the last entry that is past. */
  readonly seq: number;
  readonly at: Millis;
}

/** The last moment not after a virtual time; the time itself where it is not in the future. */
export function momentAt(live: LiveCluster, at: Millis): PastMoment {
  const { entries } = live;
  const seq = firstAbove(entries, at, (entry) => entry.at);
  return { seq: Math.max(seq, commitEnd(entries, 1)), at: Math.max(0, Math.min(at, live.now())) };
}

/** The moment after the commit of an entry. */
export function momentAfter(live: LiveCluster, entry: number): PastMoment {
  const seq = commitEnd(live.entries, Math.max(1, Math.min(entry, live.entries.length)));
  return { seq, at: live.entries[seq - 1]?.at ?? 0 };
}

function commitEnd(entries: readonly Entry<Event>[], from: number): number {
  let seq = from;
  while (entries[seq - 1]?.more) seq++;
  return seq;
}

/** The world of a moment, which shares everything with the present one. */
export function worldAt(live: LiveCluster, { seq }: Pick<PastMoment, 'seq'>): World {
  return { seq, at: live.entries[seq - 1]?.at ?? 0, store: live.world().store };
}

/** Of what has been one can only be told. */
const IS_PAST: Refused = {
  ok: false,
  status: {
    code: 405,
    reason: 'MethodNotAllowed',
    message: 'this is the past of the cluster: it can be read, and nothing can be changed in it',
  },
};

/** A cluster as it was at a moment: it answers whoever reads, and nothing ever happens in it. */
export function createPast(live: LiveCluster, moment: PastMoment): LiveCluster {
  const world = worldAt(live, moment);
  const refuse = async (): Promise<never> => {
    throw new Error(IS_PAST.status.message);
  };
  return {
    now: () => moment.at,
    world: () => world,
    settings: () => settingsIn(world),
    get entries() {
      return live.entries.slice(0, moment.seq);
    },
    ask: async ({ request }) => (isRead(request) ? readIn(world, request, moment.at) : IS_PAST),
    tell: refuse,
    suffer: refuse,
    type: refuse,
    subscribe: () => () => {},
    nextDue: () => undefined,
    advance: () => {},
    step: () => false,
  };
}

/** Of what has been no clock is moved. */
export function stillClock(): Clock {
  const waiting = { told: () => {}, end: () => {} };
  return {
    mode: () => ({ clock: 'manual' }),
    isPaused: () => true,
    set: () => {},
    pause: () => {},
    resume: () => {},
    waits: () => waiting,
    asked: () => {},
    late: () => 0,
    advance: async () => {},
    close: () => {},
  };
}
