import type { Entry } from '../../kernel/log/entry.ts';
import type { Tables } from '../../kernel/table/store.ts';
import { type ControllerEvent, controllerRowKey } from '../contract/controller-row.ts';
import type { Event } from '../contract/event.ts';
import type { WorldRows } from './world.ts';

const OF_CONTROLLERS: readonly ControllerEvent['type'][] = ['LookPutOff', 'FailuresCounted', 'PresenceNoted'];

export function isControllerEvent(event: Event): event is ControllerEvent {
  return (OF_CONTROLLERS as readonly string[]).includes(event.type);
}

/** What controllers keep in mind, after one fact. */
export function evolveController(
  tables: Tables<WorldRows>,
  event: ControllerEvent,
  { seq }: Entry<Event>,
): void {
  const { actor, about: key } = event;
  const rowKey = controllerRowKey(actor, key);
  const row = tables.controllerKeys.read(rowKey, seq) ?? { actor, key };
  if (event.type === 'LookPutOff') {
    tables.controllerKeys.write(rowKey, { ...row, lookAt: event.until }, seq);
    return;
  }
  if (event.type === 'PresenceNoted') {
    tables.controllerKeys.write(rowKey, { ...row, isKnown: event.isKnown }, seq);
    return;
  }
  const { failures, failedAt } = event;
  const { failures: _, failedAt: __, ...rest } = row;
  const next = { ...rest, failures, ...(failedAt !== undefined && { failedAt }) };
  tables.controllerKeys.write(rowKey, next, seq);
}
