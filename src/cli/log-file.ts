import { closeSync, openSync, writeSync } from 'node:fs';
import type { Event } from '../cluster/contract/event.ts';
import type { Entry } from '../kernel/log/entry.ts';
import { createLogEncoder, type LogHeader } from '../kernel/log/log-format.ts';

const CHUNK = 1 << 20;

/** A log being written, entry by entry. */
export interface LogFile {
  append(entries: readonly Entry<Event>[]): void;
  /** What was appended is in the file now. */
  flush(): void;
  close(): void;
}

export function createLogFile(path: string, header: LogHeader): LogFile {
  const file = openSync(path, 'w');
  const encoder = createLogEncoder();
  let pending = encoder.header(header);
  const flush = (): void => {
    if (pending !== '') writeSync(file, pending);
    pending = '';
  };
  return {
    flush,
    append(entries) {
      for (const entry of entries) pending += encoder.entry(entry);
      if (pending.length > CHUNK) flush();
    },
    close() {
      pending += encoder.end();
      flush();
      closeSync(file);
    },
  };
}
