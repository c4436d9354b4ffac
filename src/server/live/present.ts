import type { Event } from '../../cluster/contract/event.ts';
import type { World } from '../../cluster/world/world.ts';
import type { Entry } from '../../kernel/log/entry.ts';
import { comparePlaces, type Place } from '../../kernel/run/place.ts';
import { enter, type Run, step } from '../../kernel/run/run.ts';
import type { Millis } from '../../kernel/time/millis.ts';

export type Heard = (entries: readonly Entry<Event>[]) => void;

/** The end of a run that goes on: where it stands, its entries, and who hears of them. */
export interface Present {
  readonly now: () => Millis;
  readonly entries: readonly Entry<Event>[];
  subscribe(heard: Heard): () => void;
  /** Tells of what has happened. Who hears it may ask at once: so it is told when nothing is half done. */
  publish(): void;
  /** Does the next piece of work if it is due until an instant; false when there is none. */
  step(until: Millis): boolean;
  /** Nothing is due until then: it is then. */
  waitUntil(until: Millis): void;
  /**
   * Lets something in at the first instant from now at which nothing of later places has been done, and has
   * it taken up.
   */
  enter(actor: string, key: string, event: Event): void;
}

/** After all places of an instant, and after all that belong to a key. */
const LAST = '\uffff';

export function createPresent(run: Run<World, Event>, log: readonly Entry<Event>[]): Present {
  const entries = [...log];
  const heard = new Set<Heard>();
  let untold: (readonly Entry<Event>[])[] = [];
  let now = run.now;
  let done: Place = log.at(-1) ?? { at: 0, actor: '', key: '' };
  const take = (commit: readonly Entry<Event>[]): void => {
    if (commit.length === 0) return;
    for (const entry of commit) entries.push(entry);
    untold.push(commit);
  };
  const stepBefore = (place: Place): boolean => {
    const due = run.agenda.peek();
    if (!due || comparePlaces(due, place) > 0) return false;
    done = { at: due.at, actor: due.actor, key: due.key };
    now = Math.max(now, due.at);
    take(step(run) ?? []);
    return true;
  };
  return {
    now: () => now,
    entries,
    subscribe(hear) {
      heard.add(hear);
      return () => heard.delete(hear);
    },
    publish() {
      const commits = untold;
      untold = [];
      for (const commit of commits) for (const hear of [...heard]) hear(commit);
    },
    step: (until) => stepBefore({ at: until, actor: LAST, key: LAST }),
    waitUntil(until) {
      now = Math.max(now, until);
    },
    enter(actor, key, event) {
      const isFree = comparePlaces({ at: now, actor, key }, done) > 0;
      const place = { at: isFree ? now : now + 1, actor, key };
      while (stepBefore(place));
      now = place.at;
      done = place;
      take(enter(run, place, event));
      stepBefore({ ...place, key: `${key}/${LAST}` });
    },
  };
}
