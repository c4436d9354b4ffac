import type { Event } from '../cluster/contract/event.ts';
import type { LogReading } from '../kernel/log/read-log.ts';
import { readLog } from '../kernel/log/read-log.ts';
import type { RecordedBranch } from '../report/record/recorded-branch.ts';

/** The log that lies in the page, compressed (RFC 1952) and as base64. Rejects when it can't be unpacked. */
export async function readEmbedded(base64: string): Promise<LogReading<Event>> {
  return readLog<Event>((await unpacked(base64)).replace(/\n$/, '').split('\n'));
}

/** The branches that lie in the page, packed as the log is. */
export async function readBranches(base64: string): Promise<readonly RecordedBranch[]> {
  return base64.trim() === '' ? [] : (JSON.parse(await unpacked(base64)) as readonly RecordedBranch[]);
}

async function unpacked(base64: string): Promise<string> {
  const bytes = Uint8Array.from(atob(base64.trim()), (letter) => letter.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Response(stream).text();
}
