import type { Entry } from '../../kernel/log/entry.ts';
import type { Tables } from '../../kernel/table/store.ts';
import type { Event } from '../contract/event.ts';
import { NEXT_NODE, type SchedulingEvent } from '../contract/scheduling-row.ts';
import type { WorldRows } from './world.ts';

export function isSchedulingEvent(event: Event): event is SchedulingEvent {
  return (
    event.type === 'SchedulingFailed' ||
    event.type === 'SchedulingReserved' ||
    event.type === 'SchedulingBackedOff' ||
    event.type === 'SchedulingForgotten' ||
    event.type === 'NodesLookedAt'
  );
}

/** The plugin that is asked whether news concern a pod that waits for its volumes. */
const VOLUMES = 'VolumeBinding';

/** What the scheduler keeps in mind, after one fact. */
export function evolveScheduling(
  { scheduling, counters }: Tables<WorldRows>,
  event: SchedulingEvent,
  { seq, at }: Entry<Event>,
): void {
  if (event.type === 'NodesLookedAt') {
    counters.write(NEXT_NODE, { value: event.next }, seq);
    return;
  }
  const { podKey } = event;
  const row = scheduling.read(podKey, seq);
  switch (event.type) {
    case 'SchedulingFailed': {
      const { uid, plugins } = event;
      const attempts = (row?.uid === uid ? row.attempts : 0) + 1;
      scheduling.write(podKey, { podKey, uid, attempts, failedAt: at, plugins }, seq);
      break;
    }
    case 'SchedulingReserved': {
      const { uid, node } = event;
      const attempts = row?.uid === uid ? row.attempts : 0;
      const reserved = { node, since: at };
      scheduling.write(podKey, { podKey, uid, attempts, failedAt: at, plugins: [VOLUMES], reserved }, seq);
      break;
    }
    case 'SchedulingBackedOff':
      if (row) scheduling.write(podKey, { ...row, retryAt: event.until }, seq);
      break;
    case 'SchedulingForgotten':
      scheduling.write(podKey, undefined, seq);
  }
}
