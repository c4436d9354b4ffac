import type { Entry } from '../../kernel/log/entry.ts';
import type { Tables } from '../../kernel/table/store.ts';
import type { ApiEvent } from '../contract/api-event.ts';
import { managerOfActor } from '../contract/writer-row.ts';
import { applyDelta } from './object-delta.ts';
import type { WorldRows } from './world.ts';

/** Whoever types: of what programs write, their kinds tell who it was. */
export const TYPING = 'kubectl';

type StoreEvent = Exclude<ApiEvent, { type: 'RequestRefused' }>;

/** What etcd holds, after one write. Its revision is that of the object written, or the deletion's own. */
export function evolveApi(
  tables: Tables<WorldRows>,
  event: StoreEvent,
  { seq, at, actor }: Pick<Entry<StoreEvent>, 'seq' | 'at' | 'actor'>,
): void {
  if (event.type !== 'ObjectDeleted' && (event.manager !== undefined || actor === TYPING))
    tables.writers.write(event.key, { manager: event.manager ?? managerOfActor(actor), at }, seq);
  switch (event.type) {
    case 'ObjectCreated':
      tables.objects.write(event.key, event.object, seq);
      tables.counters.write('revision', { value: Number(event.object.metadata.resourceVersion) }, seq);
      countGenerated(tables, event, seq);
      return;
    case 'ObjectUpdated': {
      const stored = tables.objects.read(event.key, seq);
      if (!stored) throw new Error(notStored(seq, event.key));
      const object = applyDelta(stored, event);
      tables.objects.write(event.key, object, seq);
      tables.counters.write('revision', { value: Number(object.metadata.resourceVersion) }, seq);
      return;
    }
    case 'ObjectDeleted':
      tables.objects.write(event.key, undefined, seq);
      tables.counters.write('revision', { value: event.revision }, seq);
  }
}

/**
 * How many names have been generated from one base: the next is drawn by its number, whatever else was made.
 */
function countGenerated(
  tables: Tables<WorldRows>,
  { key, object }: Extract<StoreEvent, { type: 'ObjectCreated' }>,
  seq: number,
): void {
  const { generateName } = object.metadata;
  if (generateName === undefined) return;
  const counter = `generated ${key.slice(0, key.lastIndexOf('/') + 1)}${generateName}`;
  tables.counters.write(counter, { value: (tables.counters.read(counter, seq)?.value ?? 0) + 1 }, seq);
}

/** What is said of a log that changes an object without it being there. */
export function notStored(seq: number, key: string): string {
  return `entry ${seq} updates ${key}, which is not stored`;
}
