import type { Entry } from '../log/entry.ts';
import type { Place } from './place.ts';

/** A piece of due work: its place, and the entry that made it due. */
export interface Due extends Place {
  /** seq of the entry that made it due; null when the clock, a client or a fault begins a chain. */
  readonly cause: number | null;
}

/**
 * The index over what is due. It holds nothing that does not follow from the log and the world: a fork builds
 * a fresh one from `log` and goes on exactly as the run it was forked from.
 */
export interface Agenda<World, Event> {
  /** The earliest due work. */
  peek(): Due | undefined;
  /**
   * Decides the earliest due work: tells what happened, one event after another, is handed the world after
   * each, and keeps nothing.
   */
  perform(world: World, due: Due, happens: (event: Event) => World): void;
  /**
   * The earliest due work was done (with or without an entry): it is due no longer, its actor may want to
   * wake again.
   */
  finish(world: World, due: Due): void;
  /** An entry was appended and folded: what it makes due, and when. */
  observe(world: World, entry: Entry<Event>): void;
}

/** The two things the kernel needs to know of whatever is simulated. */
export interface Model<World, Event> {
  /** Folds one entry; total, since what is in the log has happened. */
  evolve(world: World, entry: Entry<Event>): World;
  /** What is due in `world`, which is the fold of `log`. */
  agenda(world: World, log: readonly Entry<Event>[]): Agenda<World, Event>;
}
