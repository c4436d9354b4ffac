import { createScannedEntries, textOf } from '../../src/cli/scanned-entries.ts';
import type { Event } from '../../src/cluster/contract/event.ts';
import type { Entry } from '../../src/kernel/log/entry.ts';
import { createLogScan } from '../../src/replay/scan/scan-log.ts';
import { logText } from './log-files.ts';

/** A log as one that is opened from its file: the events of most updates are not parsed. */
export function scannedEntries(log: readonly Entry<Event>[]): readonly Entry<Event>[] {
  const bytes = new Uint8Array(Buffer.from(logText(log)));
  const scan = createLogScan(textOf);
  return createScannedEntries().entriesOf(scan.take({ bytes, length: bytes.length, start: 0, isLast: true }));
}
