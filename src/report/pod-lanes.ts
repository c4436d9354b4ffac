import type { Pod } from '../cluster/objects/kubernetes.ts';
import { momentAt, playedInAll } from '../replay/seek.ts';
import type { Timeline } from '../replay/timeline.ts';

/** How a pod is, as far as one glyph can tell. */
export type LaneState = 'absent' | 'pending' | 'running' | 'ready' | 'failing' | 'ending' | 'done';

/** A pod over the whole run: how it is in each cell of the time line. */
export interface Lane {
  readonly name: string;
  readonly states: readonly LaneState[];
  /** How it is where one stands. */
  readonly now: LaneState;
}

/** A pod that there was at some time. */
interface PodOnce {
  readonly key: string;
  readonly name: string;
  readonly uid: string | undefined;
  /** seq of the entry that created it. */
  readonly seq: number;
}

/** All pods that there ever were, in the order in which they came. */
export function podsEver({ facts, entries }: Timeline): readonly PodOnce[] {
  const created = facts.type.names.find('ObjectCreated');
  const pods: PodOnce[] = [];
  for (let seq = 1; seq <= entries.length; seq++) {
    if (facts.type.idAt(seq) !== created) continue;
    const event = entries.of(seq)?.event;
    if (event?.type !== 'ObjectCreated' || event.resource !== 'pods') continue;
    const { name = '', uid } = event.object.metadata;
    pods.push({ key: event.key, name, uid, seq });
  }
  return pods;
}

interface Room {
  /** How many cells the time of the whole run has. */
  readonly cells: number;
  readonly most: number;
  /** Where one stands: pods that are there go before those that are not. */
  readonly cursor: number;
}

/** So many of the pods over time, the later ones where there is no room for all. */
export function podLanes(
  timeline: Timeline,
  pods: readonly PodOnce[],
  { cells, most, cursor }: Room,
): readonly Lane[] {
  const whole = playedInAll(timeline);
  const places = Array.from(
    { length: cells },
    (_, cell) => momentAt(timeline, ((cell + 1) / cells) * whole).cursor,
  );
  return shownOf(timeline, pods, { most, cursor }).map((pod) => ({
    name: pod.name,
    states: places.map((seq) => stateAt(timeline, pod, seq)),
    now: stateAt(timeline, pod, cursor),
  }));
}

function shownOf(
  timeline: Timeline,
  pods: readonly PodOnce[],
  { most, cursor }: Pick<Room, 'most' | 'cursor'>,
): readonly PodOnce[] {
  if (pods.length <= most) return pods;
  const there: PodOnce[] = [];
  const others: PodOnce[] = [];
  for (let index = pods.length - 1; index >= 0 && there.length < most; index--) {
    const pod = pods[index];
    if (pod) (stateAt(timeline, pod, cursor) === 'absent' ? others : there).push(pod);
  }
  return [...there, ...others].slice(0, most).sort((a, b) => a.seq - b.seq);
}

function stateAt(timeline: Timeline, { key, uid, seq: cameAt }: PodOnce, seq: number): LaneState {
  if (seq < cameAt) return 'absent';
  const pod = timeline.worldAt(seq).store.tables.objects.read(key, seq);
  // Another pod may bear the name later.
  return pod && pod.metadata.uid === uid ? laneState(pod as Pod) : 'absent';
}

function laneState({ metadata, status }: Pod): LaneState {
  if (metadata.deletionTimestamp !== undefined) return 'ending';
  if (status?.phase === 'Succeeded') return 'done';
  const containers = [...(status?.initContainerStatuses ?? []), ...(status?.containerStatuses ?? [])];
  const isFailing = containers.some(({ state: { waiting, terminated } = {} }) => {
    return /BackOff|^Err|Error$|Invalid/.test(waiting?.reason ?? '') || (terminated?.exitCode ?? 0) !== 0;
  });
  if (status?.phase === 'Failed' || isFailing) return 'failing';
  if (status?.conditions?.some((each) => each.type === 'Ready' && each.status === 'True')) return 'ready';
  return status?.phase === 'Running' ? 'running' : 'pending';
}
