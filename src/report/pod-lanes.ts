import { firstAbove } from '../kernel/table/first-above.ts';
import { type LaneState, type PodOnce, podStateAt } from '../replay/pod-states.ts';
import type { Timeline } from '../replay/timeline.ts';

import { placesOfCells } from './time-cells.ts';

/** A pod over the whole run: how it is in each cell of the time line. */
export interface Lane {
  /** Its etcd key. */
  readonly key: string;
  readonly name: string;
  readonly states: readonly LaneState[];
  /** How it is where one stands. */
  readonly now: LaneState;
}

interface Room {
  /** How many cells the time of the whole run has. */
  readonly cells: number;
  readonly most: number;
  /** Where one stands: pods that are there go before those that are not. */
  readonly cursor: number;
  /** The etcd key of a pod that is shown in any case. */
  readonly selected?: string | undefined;
}

/** So many of the pods over time, the later ones where there is no room for all. */
export function podLanes(
  timeline: Timeline,
  pods: readonly PodOnce[],
  { cells, ...room }: Room,
): readonly Lane[] {
  const places = placesOfCells(timeline, cells);
  return shownOf(pods, room).map((pod) => ({
    key: pod.key,
    name: pod.name,
    states: places.map((seq) => podStateAt(pod, seq)),
    now: podStateAt(pod, room.cursor),
  }));
}

function shownOf(
  pods: readonly PodOnce[],
  { most, cursor, selected }: Omit<Room, 'cells'>,
): readonly PodOnce[] {
  if (pods.length <= most) return pods;
  // Those that came later are not there, and need not be asked.
  const born = firstAbove(pods, cursor, ({ seq }) => seq);
  const there: PodOnce[] = [];
  const others: PodOnce[] = pods.slice(Math.max(born, pods.length - most)).reverse();
  for (let index = born - 1; index >= 0 && there.length < most; index--) {
    const pod = pods[index];
    if (pod && podStateAt(pod, cursor) !== 'absent') there.push(pod);
    else if (pod && others.length < most) others.push(pod);
  }
  const chosen = selected === undefined ? undefined : pods.findLast(({ key }) => key === selected);
  const first = [...new Set([...(chosen ? [chosen] : []), ...there, ...others])];
  return first.slice(0, most).sort((a, b) => a.seq - b.seq);
}
