import { branchWorld } from '../../cluster/world/world.ts';
import { createTimeline, type Timeline } from '../../replay/timeline.ts';
import { typedIn } from '../../replay/typed.ts';
import { type Attended, attend } from './attended.ts';
import type { ClockOptions } from './clock.ts';
import { type Beginning, openLive } from './open-live.ts';
import { createPast, type PastMoment, stillClock, worldAt } from './past.ts';

/** A cluster that is served, present or past. */
export interface Served extends Attended {
  /** `main`, or what the branch is called. */
  readonly name: string;
  /** Of a branch: which one it left, and the seq of the last entry that the two share. */
  readonly forked?: { readonly from: Served; readonly at: number };
  /** It is a moment of the past: it can only be read. */
  readonly moment?: PastMoment;
  /** Its log in time, as far as it has come. */
  timeline(): Timeline;
  /** From where it is served: `` or `/branches/b1`. */
  readonly prefix: string;
}

/** What was asked of whom. */
export interface Found {
  readonly served: Served;
  /** The path in its own terms: `/api/v1/pods`. */
  readonly path: string;
}

/** All that a server serves: a live cluster, the branches that were forked from it, and their pasts. */
export interface Clusters {
  /** Whom a path means: `/api/…` the cluster itself, `/branches/b1/api/…`, `/at/1m30s/api/…`. */
  find(path: string): Found | { readonly problem: string };
  /** A new branch, which goes on from a moment. */
  fork(from: Served, moment: PastMoment, name?: string): Served;
  /** The cluster that it was started with, as of now. */
  readonly main: Served;
  /** The main one first. */
  all(): readonly Served[];
  named(name: string): Served | undefined;
  remove(name: string): boolean;
  /** Shows a moment of its past at a cluster's own paths; its present, where none is given. */
  seek(name: string, moment: PastMoment | undefined): void;
  close(): void;
}

export interface ClustersOptions {
  readonly beginning: Beginning;
  readonly clock: ClockOptions;
  /** Which moment of a cluster's past a text means; a message where it means none. */
  momentOf(served: Served, text: string): PastMoment | string;
}

export function createClusters({ beginning, clock, momentOf }: ClustersOptions): Clusters {
  const all = new Map<string, Served>();
  const sought = new Map<string, Served>();
  const add = (name: string, start: Beginning, forked?: Served['forked']): Served => {
    const attended = attend(openLive(start), clock);
    const prefix = name === MAIN ? '' : `/branches/${name}`;
    const served = { name, prefix, ...(forked && { forked }), ...attended, timeline: growing(attended) };
    all.set(name, served);
    return served;
  };
  const past = (served: Served, moment: PastMoment): Served => {
    const live = createPast(served.live, moment);
    return { ...served, live, moment, clock: stillClock(), timeline: () => createTimeline(live.entries) };
  };
  return {
    main: add(MAIN, beginning),
    all: () => [...all.values()],
    named: (name) => all.get(name),
    find(path) {
      const [, name = MAIN, ofBranch = path] = /^\/branches\/([^/]+)(\/.*)?$/.exec(path) ?? [];
      const present = all.get(name);
      if (!present) return { problem: `there is no branch "${name}"` };
      const [, at, ofPast = '/'] = /^\/at\/([^/]+)(\/.*)?$/.exec(ofBranch) ?? [];
      if (at === undefined) return { served: sought.get(name) ?? present, path: ofBranch };
      const moment = momentOf(present, decoded(at));
      if (typeof moment === 'string') return { problem: moment };
      return { served: past(present, moment), path: ofPast };
    },
    fork(from, moment, wanted) {
      const { live } = from;
      const log = live.entries.slice(0, moment.seq);
      const world = branchWorld(worldAt(live, moment));
      const typed = typedIn(from.timeline(), moment.seq);
      const name = wanted ?? freeName(all);
      const start = { scenario: beginning.scenario, log, world, typed };
      const branch = add(name, start, { from, at: moment.seq });
      branch.live.advance(moment.at);
      return branch;
    },
    remove(name) {
      if (name === MAIN) return false;
      all.get(name)?.clock.close();
      sought.delete(name);
      return all.delete(name);
    },
    seek(name, moment) {
      const present = all.get(name);
      if (present && moment) sought.set(name, past(present, moment));
      else sought.delete(name);
    },
    close() {
      for (const { clock: each } of all.values()) each.close();
    },
  };
}

/** The cluster that a server was started with. */
const MAIN = 'main';

function freeName(taken: ReadonlyMap<string, unknown>): string {
  let number = 1;
  while (taken.has(`branch-${number}`)) number++;
  return `branch-${number}`;
}

/** A timeline that takes in, whenever it is asked for, what has happened since. */
function growing({ live }: Attended): () => Timeline {
  let timeline: Timeline | undefined;
  return () => {
    timeline ??= createTimeline();
    for (let seq = timeline.entries.length; seq < live.entries.length; seq++) {
      const entry = live.entries[seq];
      if (entry) timeline.append(entry);
    }
    return timeline;
  };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
