import type { Pod } from '../../cluster/objects/kubernetes.ts';
import type { Millis } from '../../kernel/time/millis.ts';
import type { TypedCommand, WatchedChange } from '../play.ts';
import { containersOf } from '../pods/pod-states.ts';
import type { TraceReading } from './read-trace.ts';

/**
 * When a trace ends before what was typed: its last line was cut off, or a command that was typed later tells
 * of more than its watches had seen by then. Undefined where nothing says that it ended too soon.
 */
export function traceEnd(
  { changes, isCutOff = false }: Pick<TraceReading, 'changes' | 'isCutOff'>,
  commands: readonly TypedCommand[],
): Millis | undefined {
  const lastMs = changes.reduce((latest, { atMs }) => Math.max(latest, atMs), 0);
  const later = commands.filter(({ beginMs }) => beginMs > lastMs);
  const seen = seenIn(changes);
  return isCutOff || later.some((command) => tellsMore(command, seen)) ? lastMs : undefined;
}

interface Seen {
  /** How often the containers of each pod were restarted, all in all, at most. */
  readonly restarts: ReadonlyMap<string, number>;
  /** Kinds that were watched, in small letters. */
  readonly kinds: ReadonlySet<string>;
}

function seenIn(changes: readonly WatchedChange[]): Seen {
  const restarts = new Map<string, number>();
  for (const { object } of changes) {
    if (object.kind !== 'Pod') continue;
    const { name = '' } = object.metadata;
    const all = containersOf({ pod: object as Pod });
    const count = all.reduce((sum, { restartCount }) => sum + restartCount, 0);
    restarts.set(name, Math.max(count, restarts.get(name) ?? 0));
  }
  return { restarts, kinds: new Set(changes.map(({ object }) => object.kind.toLowerCase())) };
}

/** `NAME READY STATUS RESTARTS`, perhaps behind its kind. */
const POD_ROW = /^(?:pod\/)?([a-z0-9][a-z0-9.-]*)\s+\d+\/\d+\s+[A-Z]\S*\s+(\d+)\b/;
/**
 * `deployment.apps/web created`, `pod "web" deleted`; what is only tried, or stays as it is, writes nothing.
 */
const WRITTEN =
  /^([a-z]+)(?:\.\S+)?(?:\/| ")\S+ (?:force )?(?:created|configured|deleted|replaced|edited)\b(?!.*\bdry run\b)/;

function tellsMore({ line, output, exitCode }: TypedCommand, { restarts, kinds }: Seen): boolean {
  const isOfPods =
    /^kubectl (get|delete|apply|create|replace)\b/.test(line) && !/ (-A|-n|--all-names|--names)/.test(line);
  if (!isOfPods || exitCode !== 0) return false;
  return output.split('\n').some((text) => {
    const [, pod = '', count] = POD_ROW.exec(text) ?? [];
    if (count !== undefined && restarts.has(pod) && Number(count) > (restarts.get(pod) ?? 0)) return true;
    const [, kind] = WRITTEN.exec(text) ?? [];
    return kind !== undefined && kinds.has(kind);
  });
}
