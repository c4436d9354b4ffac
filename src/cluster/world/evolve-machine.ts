import type { Entry } from '../../kernel/log/entry.ts';
import type { Tables } from '../../kernel/table/store.ts';
import { nameKey } from '../contract/dns-record.ts';
import type { Event } from '../contract/event.ts';
import type { MachineEvent } from '../contract/machine-event.ts';
import type { RecorderRow } from '../contract/recorder-row.ts';
import { evolveController, isControllerEvent } from './evolve-controllers.ts';
import { evolveConnection, isConnectionEvent } from './evolve-machine-connections.ts';
import { evolveContainer, isContainerEvent } from './evolve-machine-containers.ts';
import { evolveNode, isNodeEvent } from './evolve-machine-node.ts';
import { evolvePod } from './evolve-machine-pods.ts';
import { evolveProxy, isProxyEvent } from './evolve-proxy.ts';
import { evolveScheduling, isSchedulingEvent } from './evolve-scheduling.ts';
import type { WorldRows } from './world.ts';

/** What is true on the machines, after one fact. */
export function evolveMachine(tables: Tables<WorldRows>, event: MachineEvent, entry: Entry<Event>): void {
  if (event.type === 'EventRecorded') {
    const row = tables.recorders.read(event.recorder, entry.seq) ?? NOTHING;
    tables.recorders.write(event.recorder, recorderAfter(row, event), entry.seq);
  } else if (isControllerEvent(event)) {
    evolveController(tables, event, entry.seq);
  } else if (isSchedulingEvent(event)) {
    evolveScheduling(tables, event, entry);
  } else if (event.type === 'NameKept') {
    const { question, answer, until } = event;
    tables.names.write(nameKey(question), { answer, until }, entry.seq);
  } else if (isProxyEvent(event)) {
    evolveProxy(tables, event, entry);
  } else if (isNodeEvent(event)) {
    evolveNode(tables, event, entry);
  } else if (isConnectionEvent(event)) {
    evolveConnection(tables, event, entry);
  } else if (isContainerEvent(event)) {
    evolveContainer(tables, event, entry);
  } else {
    evolvePod(tables, event, entry);
  }
}

const NOTHING: RecorderRow = { buckets: {}, similar: {}, written: {} };

function recorderAfter(
  row: RecorderRow,
  { bucket, similar, written }: Extract<MachineEvent, { type: 'EventRecorded' }>,
): RecorderRow {
  return {
    buckets: bucket ? { ...row.buckets, [bucket.of]: { tokens: bucket.tokens, at: bucket.at } } : row.buckets,
    similar: similar
      ? { ...row.similar, [similar.of]: { messages: similar.messages, at: similar.at } }
      : row.similar,
    written: { ...row.written, [written.of]: writtenAs(written) },
  };
}

function writtenAs({
  of: _,
  ...written
}: Extract<MachineEvent, { type: 'EventRecorded' }>['written']): RecorderRow['written'][string] {
  return written;
}
