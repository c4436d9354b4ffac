import { printTables } from '../cluster/clients/kubectl/print/table/print-table.ts';
import { objectReader, rowReader } from '../cluster/world/readers.ts';
import type { World } from '../cluster/world/world.ts';
import type { Timeline } from '../replay/timeline.ts';
import { formatClock } from '../report/clock.ts';
import { entryLine } from '../report/entry-line.ts';

/** The pods at an instant, as `kubectl get pods -o wide` prints them then. */
export function podLines(world: World): string[] {
  const position = { tables: world.store.tables, seq: world.seq };
  const settings = rowReader(position).row('settings', 'cluster');
  const pods = objectReader(position).list('pods');
  if (!settings || pods.length === 0) return ['No pods yet.'];
  const resource = { name: 'pods', kind: 'Pod', group: '', isNamespaced: true };
  const text = printTables([{ resource, objects: pods }], {
    now: settings.epochMs + world.at,
    version: settings.version,
  });
  return text.trimEnd().split('\n');
}

/** Entries around the cursor, and which line is the cursor's. */
export function entryLines(
  timeline: Timeline,
  cursor: number,
  height: number,
): { lines: string[]; current: number } {
  const after = Math.min(Math.floor(height / 3), timeline.entries.length - cursor);
  const last = Math.min(timeline.entries.length, Math.max(cursor + after, height));
  const first = Math.max(0, last - height);
  const lines = timeline.entries.slice(first, last).map((entry) => {
    const what = entryLine(entry, timeline.worldAt(entry.seq)).replace(/\s+/g, ' ');
    return `${String(entry.seq).padStart(5)} ${formatClock(entry.at)} ${entry.actor.padEnd(18).slice(0, 18)} ${what}`;
  });
  return { lines, current: cursor - 1 - first };
}
