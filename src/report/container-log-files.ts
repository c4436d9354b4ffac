import type { Event } from '../cluster/contract/event.ts';
import type { LogRow } from '../cluster/contract/machine-rows.ts';
import { asName, criLine, type LogPlace, logPlaceOf } from '../cluster/world/cri-log.ts';
import type { World } from '../cluster/world/world.ts';
import type { Entry } from '../kernel/log/entry.ts';
import type { Millis } from '../kernel/time/millis.ts';
import type { Timeline } from '../replay/timeline.ts';

/** The log of one container as it lies on its machine. */
export interface ContainerLogFile extends LogPlace {
  readonly node: string;
  readonly text: string;
}

/** All that containers have written, in the format of the CRI: `<time> stdout F <text>`. */
export function containerLogFiles(timeline: Timeline): readonly ContainerLogFile[] {
  const logs = new Map<string, OpenLog>();
  const { facts, entries } = timeline;
  for (let seq = 1; seq <= entries.length; seq++) {
    const entry = TELLING.has(facts.type.textAt(seq)) ? entries.of(seq) : undefined;
    if (entry) take(logs, entry, timeline.worldAt(seq));
  }
  return [...logs.values()].flatMap(({ file, lines }) => (file ? [{ ...file, text: lines.join('') }] : []));
}

const TELLING: ReadonlySet<string> = new Set<Event['type']>([
  'PastFound',
  'ContainerLogged',
  'ContainerExited',
]);

interface OpenLog {
  readonly file: Omit<ContainerLogFile, 'text'> | undefined;
  readonly lines: string[];
  /** What has no end of line yet. */
  readonly begun: Record<LogRow['stream'], string>;
}

function take(logs: Map<string, OpenLog>, { event, at }: Entry<Event>, world: World): void {
  if (event.type === 'PastFound') {
    for (const row of Object.values(event.tables['logs'] ?? {})) {
      const { container, ...written } = row as LogRow;
      write(logOf(logs, container, world), { ...written, epochMs: epochOf(world) });
    }
  } else if (event.type === 'ContainerLogged') {
    const { container, stream, text } = event;
    write(logOf(logs, container, world), { stream, text, at, epochMs: epochOf(world) });
  } else if (event.type === 'ContainerExited') {
    const log = logs.get(event.container);
    for (const stream of ['stdout', 'stderr'] as const) {
      if (log && log.begun[stream] !== '') write(log, { stream, text: '\n', at, epochMs: epochOf(world) });
    }
  }
}

function epochOf({ store, seq }: World): number {
  return store.tables.settings.read('cluster', seq)?.epochMs ?? 0;
}

function logOf(logs: Map<string, OpenLog>, container: string, world: World): OpenLog {
  let log = logs.get(container);
  if (!log) {
    log = { file: fileOf(world, container), lines: [], begun: { stdout: '', stderr: '' } };
    logs.set(container, log);
  }
  return log;
}

function fileOf({ store, seq }: World, id: string): OpenLog['file'] {
  const row = store.tables.containers.read(id, seq);
  if (!row) return undefined;
  return { node: asName(row.node), ...logPlaceOf(row) };
}

interface Written {
  readonly stream: LogRow['stream'];
  readonly text: string;
  readonly at: Millis;
  readonly epochMs: number;
}

function write({ begun, lines }: OpenLog, { stream, text, at, epochMs }: Written): void {
  const pieces = (begun[stream] + text).split('\n');
  begun[stream] = pieces.pop() ?? '';
  for (const piece of pieces) lines.push(criLine(epochMs + at, stream, piece));
}
