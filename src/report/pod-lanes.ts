import type { Pod } from '../cluster/objects/kubernetes.ts';
import type { Timeline } from '../replay/timeline.ts';
import { type PodState, podState } from './pod-state.ts';
import { placesOfCells } from './time-cells.ts';
import type { PodOnce } from './walked.ts';

/** How a pod is over time: there are times at which it is not there. */
export type LaneState = PodState | 'absent';

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
  return shownOf(timeline, pods, room).map((pod) => ({
    key: pod.key,
    name: pod.name,
    states: places.map((seq) => stateAt(timeline, pod, seq)),
    now: stateAt(timeline, pod, room.cursor),
  }));
}

function shownOf(
  timeline: Timeline,
  pods: readonly PodOnce[],
  { most, cursor, selected }: Omit<Room, 'cells'>,
): readonly PodOnce[] {
  if (pods.length <= most) return pods;
  const there: PodOnce[] = [];
  const others: PodOnce[] = [];
  for (let index = pods.length - 1; index >= 0 && there.length < most; index--) {
    const pod = pods[index];
    if (pod) (stateAt(timeline, pod, cursor) === 'absent' ? others : there).push(pod);
  }
  const chosen = pods.findLast(({ key }) => key === selected);
  const first = [...new Set([...(chosen ? [chosen] : []), ...there, ...others])];
  return first.slice(0, most).sort((a, b) => a.seq - b.seq);
}

function stateAt(timeline: Timeline, { key, uid, seq: cameAt }: PodOnce, seq: number): LaneState {
  if (seq < cameAt) return 'absent';
  const pod = timeline.worldAt(seq).store.tables.objects.read(key, seq);
  // Another pod may bear the name later.
  return pod && pod.metadata.uid === uid ? podState(pod as Pod) : 'absent';
}
