import type { Event } from '../cluster/contract/event.ts';
import type { Entry } from '../kernel/log/entry.ts';
import type { LogHeader } from '../kernel/log/log-format.ts';
import type { TimelineOptions } from '../replay/timeline.ts';
import { BadInput } from './exit.ts';
import { openLogStream } from './log-stream.ts';

/** A log that is being read: where its entries are found again, and what there is to say of it. */
export interface LogReading extends Required<TimelineOptions> {
  readonly header: LogHeader;
  /** The commits, each read when it is asked for; when there are no more, damage has been told. */
  commits(): Generator<readonly Entry<Event>[], void, void>;
  /** How much of the file has been read, 0 to 1; absent where that takes no time worth telling. */
  readonly part?: () => number;
  /** Where and why it could not be read further, as it was told; known at the end. */
  damage(): string | undefined;
}

/**
 * Opens a log, to be read up to its last whole commit. Damage is told where it is met; a log without a header
 * is refused.
 */
export function readLog(path: string, tell: (text: string) => void): LogReading {
  const { header, archive, size, part, damage, commits } = openLogStream(path);
  if (!header) {
    const { line = 1, reason } = damage() ?? {};
    throw new BadInput(({ files }) => files.damagedHead(`${path}:${line}`, reason));
  }
  let told: string | undefined;
  return {
    header,
    archive,
    keepsEvery: Math.max(1, Math.ceil(size / WHOLE_BYTES)),
    ...(size > QUICK_BYTES && { part }),
    damage: () => told,
    *commits() {
      let count = 0;
      for (const commit of commits()) {
        count += commit.length;
        yield commit;
      }
      const met = damage();
      if (!met) return;
      const read = count === 0 ? 'nothing could be read' : `read up to entry ${count}`;
      told = `${path}:${met.line}: ${met.reason}; ${read}`;
      tell(`${told}\n`);
    },
  };
}

/** So much is read while one blinks. */
const QUICK_BYTES = 8 << 20;

/** Of a log up to this size every row that there ever was is kept, which takes half as much again. */
const WHOLE_BYTES = 64 << 20;

export interface OpenedLog {
  readonly header: LogHeader;
  readonly entries: readonly Entry<Event>[];
  /** Where and why it could not be read further, as it was told. */
  readonly damage?: string;
}

/** All of a log at once: for those who go through it from its beginning to its end. */
export function openLog(path: string, tell: (text: string) => void): OpenedLog {
  const { header, commits, damage } = readLog(path, tell);
  const entries = [...commits()].flat();
  const told = damage();
  return { header, entries, ...(told !== undefined && { damage: told }) };
}
