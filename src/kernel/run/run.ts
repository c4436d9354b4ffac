import type { Entry } from '../log/entry.ts';
import type { Millis } from '../time/millis.ts';
import type { Agenda, Due, Model } from './agenda.ts';
import { comparePlaces, type Place } from './place.ts';

/** One due piece of work that changed something: one or more entries that belong together. */
export type Commit<Event> = readonly Entry<Event>[];

/** A running simulation: the world as of now, and what is due in it. The one mutable thing of the kernel. */
export interface Run<World, Event> {
  readonly model: Model<World, Event>;
  readonly agenda: Agenda<World, Event>;
  world: World;
  /** seq of the last entry. */
  seq: number;
  /** Virtual milliseconds: the time of the last piece of work done, silent ones included. */
  now: Millis;
}

/**
 * A run that goes on after `log`, whose fold is `world`. With an empty log it starts; with the first n
 * entries of another run's log it is that run's fork at n.
 */
export function startRun<World, Event>(
  model: Model<World, Event>,
  world: World,
  log: readonly Entry<Event>[] = [],
): Run<World, Event> {
  const last = log.at(-1);
  if (last?.more) throw new Error(`entry ${last.seq} is inside a commit: fork between commits`);
  return { model, world, agenda: model.agenda(world, log), seq: last?.seq ?? 0, now: last?.at ?? 0 };
}

/** The state after `log`, from an initial world: replaying runs no component, no clock, no randomness. */
export function fold<World, Event>(
  model: Pick<Model<World, Event>, 'evolve'>,
  world: World,
  log: Iterable<Entry<Event>>,
): World {
  let state = world;
  for (const entry of log) state = model.evolve(state, entry);
  return state;
}

/**
 * Does the earliest due work that is not after `until` (virtual milliseconds). Returns its commit, which is
 * empty when nothing changed; undefined when nothing is due by then.
 */
export function step<World, Event>(
  run: Run<World, Event>,
  until = Number.POSITIVE_INFINITY,
): Commit<Event> | undefined {
  const due = run.agenda.peek();
  if (!due || due.at > until) return undefined;
  if (due.at < run.now)
    throw new Error(`work is due at ${due.at} ms, before now (${run.now} ms): ${due.actor} ${due.key}`);
  run.now = due.at;
  const commit = perform(run, due);
  run.agenda.finish(run.world, due);
  for (const entry of commit) run.agenda.observe(run.world, entry);
  return commit;
}

/**
 * Something comes in from outside, at a place before which all due work has been done and none after it. A
 * run that has the same thing due at that place says the same.
 */
export function enter<World, Event>(run: Run<World, Event>, place: Place, event: Event): Commit<Event> {
  const due = run.agenda.peek();
  if (place.at < run.now || (due && comparePlaces(due, place) <= 0))
    throw new Error(`${place.actor} ${place.key} comes in at ${place.at} ms, out of its turn`);
  const entry = { seq: ++run.seq, ...place, cause: null, event };
  run.now = place.at;
  run.world = run.model.evolve(run.world, entry);
  run.agenda.observe(run.world, entry);
  return [entry];
}

/**
 * Every commit up to `until`; pulled, so that a screen, a test and a recording all take from the same loop.
 */
export function* commits<World, Event>(
  run: Run<World, Event>,
  until = Number.POSITIVE_INFINITY,
): Generator<Commit<Event>, void, void> {
  for (let commit = step(run, until); commit; commit = step(run, until)) {
    if (commit.length > 0) yield commit;
  }
}

function perform<World, Event>(run: Run<World, Event>, due: Due): Commit<Event> {
  const { at, actor, key, cause } = due;
  let entries: Writable<Event>[] | undefined;
  run.agenda.perform(run.world, due, (event) => {
    const entry: Writable<Event> = { seq: ++run.seq, at, actor, key, cause, event };
    const before = entries?.[entries.length - 1];
    if (before) before.more = true;
    run.world = run.model.evolve(run.world, entry);
    // Most commits are of one entry, and lists that are begun empty take room for many.
    if (entries) entries.push(entry);
    else entries = [entry];
    return run.world;
  });
  return entries ?? NO_ENTRIES;
}

type Writable<Event> = { -readonly [Field in keyof Entry<Event>]: Entry<Event>[Field] };

const NO_ENTRIES: readonly never[] = [];
