import type { Event } from '../cluster/contract/event.ts';
import type { Entry } from '../kernel/log/entry.ts';
import { createTimeline } from '../replay/timeline.ts';
import type { RecordedBranch } from '../report/record/recorded-branch.ts';
import { createTravel, type Travel } from './travel.ts';

/** The story of a page and its branches, in one of which the reader is. */
export interface Runs {
  readonly branches: readonly RecordedBranch[];
  /** How the reader moves in it; where they stood in the others is kept. */
  readonly travel: Travel;
  /** To a branch, or to the story itself; false for one that there is not. */
  choose(name: string | undefined): boolean;
}

/** `told`: what is done with each way of moving before anybody moves. */
export function createRuns(
  entries: readonly Entry<Event>[],
  branches: readonly RecordedBranch[],
  told: (travel: Travel) => void,
): Runs {
  const logOf = (name: string | undefined): readonly Entry<Event>[] => {
    const branch = branches.find((each) => each.name === name);
    if (!branch) return entries;
    const shared = (branch.entries[0]?.seq ?? 1) - 1;
    return [...logOf(branch.of).slice(0, shared), ...branch.entries];
  };
  const travels = new Map<string | undefined, Travel>();
  const travelOf = (name: string | undefined): Travel => {
    const known = travels.get(name);
    if (known) return known;
    const timeline = createTimeline(logOf(name));
    timeline.finish();
    const travel = createTravel(timeline, name);
    travels.set(name, travel);
    told(travel);
    const own = branches.find((each) => each.name === name)?.entries[0];
    if (own) travel.toEntry(own.seq);
    return travel;
  };
  let current: string | undefined;
  return {
    branches,
    get travel() {
      return travelOf(current);
    },
    choose(name) {
      if (name !== undefined && !branches.some((each) => each.name === name)) return false;
      if (travelOf(current).isPlaying) travelOf(current).playOrPause();
      current = name;
      return true;
    },
  };
}
