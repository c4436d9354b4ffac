import type { Entry } from '../../kernel/log/entry.ts';
import type { Tables } from '../../kernel/table/store.ts';
import type { Event } from '../contract/event.ts';
import type { MachineEvent } from '../contract/machine-event.ts';
import { countServed } from './count-served.ts';
import type { WorldRows } from './world.ts';

type ConnectionEvent = Extract<MachineEvent, { connection: string }>;

export function isConnectionEvent(event: MachineEvent): event is ConnectionEvent {
  return 'connection' in event;
}

/** Requests between programs, from their sending until their answers have been taken. */
export function evolveConnection(
  tables: Tables<WorldRows>,
  event: ConnectionEvent,
  { at, seq }: Entry<Event>,
): void {
  const { connections } = tables;
  const { connection: id } = event;
  if (event.type === 'RequestSent') {
    const { type: _, connection: __, ...sent } = event;
    connections.write(id, { id, ...sent, sentAt: at }, seq);
    return;
  }
  const row = connections.read(id, seq);
  if (!row) return;
  switch (event.type) {
    case 'RequestRouted':
      connections.write(id, { ...row, target: event.target }, seq);
      return;
    case 'RequestDropped':
      connections.write(id, { ...row, dropped: event.dropped }, seq);
      return;
    case 'RequestTaken':
      connections.write(id, { ...row, taken: { proxy: event.proxy, asked: [] } }, seq);
      return;
    case 'RequestForwarded': {
      const { upstream, choice, endpoint } = event;
      const { proxy = '', asked = [] } = row.taken ?? {};
      connections.write(
        id,
        { ...row, taken: { proxy, asked: [...asked, { upstream, choice, endpoint }] } },
        seq,
      );
      return;
    }
    case 'RequestAnswered':
      connections.write(id, { ...row, answer: event.answer, answeredAt: event.answeredAt }, seq);
      countServed(tables, { ...row, answer: event.answer }, { at, seq });
      return;
    case 'ConnectionClosed':
      connections.write(id, undefined, seq);
  }
}
