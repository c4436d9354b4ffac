import { writeFileSync } from 'node:fs';
import type { Event } from '../../src/cluster/contract/event.ts';
import type { Entry } from '../../src/kernel/log/entry.ts';
import { createLogEncoder, LOG_FORMAT_VERSION } from '../../src/kernel/log/log-format.ts';

/** Entries as the text of a log. */
export function logText(entries: readonly Entry<Event>[], formatVersion = LOG_FORMAT_VERSION): string {
  const encoder = createLogEncoder();
  const header = encoder.header({
    kubereel: 'log',
    formatVersion,
    product: 'test',
    seed: '1',
    scenario: { name: 'test', digest: '0'.repeat(16) },
  });
  return [header, ...entries.map((entry) => encoder.entry(entry)), encoder.end()].join('');
}

/** Writes entries to a log file, damaged as one likes. */
export function writeLog(
  path: string,
  entries: readonly Entry<Event>[],
  damage: (text: string) => string = (text) => text,
): void {
  writeFileSync(path, damage(logText(entries)));
}
