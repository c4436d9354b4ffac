import type { Event } from '../cluster/contract/event.ts';
import type { Entry } from '../kernel/log/entry.ts';
import type { LogHeader } from '../kernel/log/log-format.ts';
import { BadInput } from './exit.ts';
import { readLogFile, wholeCommits } from './log-file.ts';

/**
 * Opens a log up to its last whole commit. Damage is told on standard error; a log without a header is
 * refused.
 */
export function openLog(path: string): {
  readonly header: LogHeader;
  readonly entries: readonly Entry<Event>[];
} {
  const reading = readLogFile(path);
  const entries = wholeCommits(reading);
  const { header, damage } = reading;
  if (!header)
    throw new BadInput(`${path}:${damage?.line ?? 1}: ${damage?.reason ?? 'this is not a kubereel log'}`);
  if (damage) {
    const read = `read up to entry ${entries.length}`;
    process.stderr.write(`${path}:${damage.line}: ${damage.reason}; ${read}\n`);
  }
  return { header, entries };
}
