import type { KubeObject } from '../../cluster/objects/kube-object.ts';
import { byRevision, type WatchedChange } from '../play.ts';

/** What the watches of a recording reported, as far as it can be read. */
export interface TraceReading {
  readonly changes: readonly WatchedChange[];
  /** Objects that were there before, or were listed anew after a watch had broken. */
  readonly listed: readonly KubeObject[];
  /** Lines that could not be read, in words. */
  readonly damage: readonly string[];
  /** Whether its last line was cut off. */
  readonly isCutOff?: boolean;
}

/** Takes a trace line by line, so that it may be of any length. */
export interface TraceReader {
  line(text: string): void;
  finish(): TraceReading;
}

/** How many damaged lines are told one by one. */
const TOLD = 5;

/**
 * Reads `{"t_ms": …, "type": "ADDED|MODIFIED|DELETED|…", "object": {…}}`, one line a watch event. A list
 * that follows a lost watch (`RELIST`) begins a new count of revisions: an etcd may have been restored.
 */
export function createTraceReader(): TraceReader {
  const epochs: WatchedChange[][] = [[]];
  const listed: KubeObject[] = [];
  const damage: string[] = [];
  let number = 0;
  let listing = false;
  let isCutOff = false;
  const take = (text: string): string | undefined => {
    const event = parseLine(text);
    if (typeof event === 'string') return event;
    const { t_ms: atMs, type, object } = event;
    if (/LIST$/.test(type)) {
      listed.push(object);
      if (!listing && type === 'RELIST') epochs.push([]);
      listing = true;
      return undefined;
    }
    listing = false;
    if (isChange(type)) epochs.at(-1)?.push({ atMs, type, object });
    return undefined;
  };
  return {
    line(text) {
      number++;
      const line = text.trim();
      if (line === '') return;
      const reason = take(line);
      isCutOff = reason !== undefined;
      if (reason !== undefined) damage.push(`line ${number}: ${reason}`);
    },
    finish() {
      const more = damage.length - TOLD;
      const told = more > 0 ? [...damage.slice(0, TOLD), `and ${more} more`] : damage;
      const changes = epochs.flatMap(byRevision);
      return { changes, listed, damage: told, isCutOff };
    },
  };
}

interface TraceLine {
  readonly t_ms: number;
  readonly type: string;
  readonly object: KubeObject;
}

/** What a line says, or why it can't be read. */
function parseLine(text: string): TraceLine | string {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return 'it is no JSON, or was cut off';
  }
  if (!isTraceLine(value)) return 'it is no watch event {t_ms, type, object}';
  return value;
}

function isTraceLine(value: unknown): value is TraceLine {
  if (typeof value !== 'object' || value === null) return false;
  const { t_ms, type, object } = value as Partial<TraceLine>;
  return (
    typeof t_ms === 'number' &&
    typeof type === 'string' &&
    typeof object === 'object' &&
    object !== null &&
    typeof object.metadata === 'object'
  );
}

function isChange(type: string): type is WatchedChange['type'] {
  return /^(ADDED|MODIFIED|DELETED)$/.test(type);
}
