import type { Event } from '../cluster/contract/event.ts';
import type { LogRow } from '../cluster/contract/machine-rows.ts';
import type { World } from '../cluster/world/world.ts';
import type { Entry } from '../kernel/log/entry.ts';
import type { Millis } from '../kernel/time/millis.ts';
import { formatRfc3339 } from '../kernel/time/rfc3339.ts';
import type { Timeline } from '../replay/timeline.ts';

/** The log of one container as it lies on its machine. */
export interface ContainerLogFile {
  readonly node: string;
  /** Below `/var/log/pods`: `default_web_UID/nginx/0.log`. */
  readonly path: string;
  /** The link to it below `/var/log/containers`, by which collectors find it. */
  readonly link: string;
  readonly text: string;
}

/** What runtimes cut lines at (containerd: max_container_log_line_size). */
const LONGEST_PIECE = 16_384;

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
  const [namespace = '', pod = '', uid = ''] = row.pod.split('/').map(asName);
  const name = asName(row.name);
  return {
    node: asName(row.node),
    path: `${namespace}_${pod}_${uid}/${name}/${row.attempt}.log`,
    link: `${pod}_${namespace}_${name}-${asName(id)}.log`,
  };
}

/** Names of the API are names of files; a log that somebody has made up shall lead nowhere else. */
function asName(text: string): string {
  return text.replace(/[^A-Za-z0-9._-]/g, '-').replace(/^\.+$/, '-');
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
  const head = `${timeText(epochMs + at)} ${stream}`;
  for (const piece of pieces) {
    let rest = piece;
    for (; rest.length > LONGEST_PIECE; rest = rest.slice(LONGEST_PIECE)) {
      lines.push(`${head} P ${rest.slice(0, LONGEST_PIECE)}\n`);
    }
    lines.push(`${head} F ${rest}\n`);
  }
}

/** Go's RFC3339Nano, which leaves zeros at the end out. */
function timeText(epochMs: number): string {
  const ms = ((epochMs % 1000) + 1000) % 1000;
  const fraction = ms === 0 ? '' : `.${String(ms).padStart(3, '0').replace(/0+$/, '')}`;
  return formatRfc3339(epochMs - ms).replace(/Z$/, `${fraction}Z`);
}
