import { createLogEncoder, type LogHeader } from '../../kernel/log/log-format.ts';
import { jsonText } from '../../report/json-text.ts';
import { tellEntry } from '../../report/told-entry.ts';
import type { Served } from '../live/clusters.ts';
import type { Stream } from './control-answer.ts';

/** The log of a cluster as a file holds it. */
export function* logParts({ live }: Served, header: LogHeader): Generator<string, void, void> {
  const encoder = createLogEncoder();
  yield encoder.header(header);
  for (const entry of live.entries) yield encoder.entry(entry);
  yield encoder.end();
}

/**
 * Entries as server-sent events, from one seq on, and then as they come: the id is the seq, so that who lost
 * the connection goes on where it was. `told` says what an entry means in one line, as `kubereel log` does.
 */
export function entryStream(served: Served, from: number, isTold: boolean): Stream {
  return (send) => {
    let next = Math.max(1, from);
    const catchUp = (): void => {
      const { entries } = served.live;
      for (; next <= entries.length; next++) {
        const entry = entries[next - 1];
        if (!entry) continue;
        const data = isTold ? { ...tellEntry(served.timeline(), entry, 'en'), event: entry.event } : entry;
        send(`id: ${entry.seq}\nevent: entry\ndata: ${jsonText(data)}\n\n`);
      }
    };
    catchUp();
    return served.live.subscribe(catchUp);
  };
}
