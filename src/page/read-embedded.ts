import type { Event } from '../cluster/contract/event.ts';
import type { LogReading } from '../kernel/log/read-log.ts';
import { readLog } from '../kernel/log/read-log.ts';

/** The log that lies in the page, compressed (RFC 1952) and as base64. Rejects when it can't be unpacked. */
export async function readEmbedded(base64: string): Promise<LogReading<Event>> {
  const bytes = Uint8Array.from(atob(base64.trim()), (letter) => letter.charCodeAt(0));
  const unpacked = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  const text = await new Response(unpacked).text();
  return readLog<Event>(text.replace(/\n$/, '').split('\n'));
}
