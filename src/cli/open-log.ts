import type { Event } from '../cluster/contract/event.ts';
import type { Entry } from '../kernel/log/entry.ts';
import type { LogHeader } from '../kernel/log/log-format.ts';
import { BadInput } from './exit.ts';
import { readLogFile, wholeCommits } from './log-file.ts';

export interface OpenedLog {
  readonly header: LogHeader;
  readonly entries: readonly Entry<Event>[];
  /** Where and why it could not be read further, as it was told. */
  readonly damage?: string;
}

/**
 * Opens a log up to its last whole commit. Damage is told; a log without a header is
 * refused.
 */
export function openLog(path: string, tell: (text: string) => void): OpenedLog {
  const reading = readLogFile(path);
  const { header, damage } = reading;
  if (!header) {
    const { line = 1, reason } = damage ?? {};
    throw new BadInput(({ files }) => files.damagedHead(`${path}:${line}`, reason));
  }
  const entries = wholeCommits(reading);
  if (!damage) return { header, entries };
  const read = entries.length === 0 ? 'nothing could be read' : `read up to entry ${entries.length}`;
  const told = `${path}:${damage.line}: ${damage.reason}; ${read}`;
  tell(`${told}\n`);
  return { header, entries, damage: told };
}
