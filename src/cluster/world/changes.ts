import type { Entry } from '../../kernel/log/entry.ts';
import type { Tables } from '../../kernel/table/store.ts';
import type { Change } from '../contract/api-event.ts';
import type { Event } from '../contract/event.ts';
import type { WorldRows } from './world.ts';

/** What an entry changed in the store, as a watch reports it; undefined if it changed nothing there. */
export function changeOf(tables: Tables<WorldRows>, entry: Entry<Event>): Change | undefined {
  const { event, seq } = entry;
  switch (event.type) {
    case 'ObjectCreated':
      return { type: 'ADDED', resource: event.resource, key: event.key, object: event.object, seq };
    case 'ObjectUpdated': {
      const object = tables.objects.read(event.key, seq);
      const before = tables.objects.read(event.key, seq - 1);
      if (!object || !before) throw new Error(`entry ${seq} updates ${event.key}, which is not stored`);
      return { type: 'MODIFIED', resource: event.resource, key: event.key, object, before, seq };
    }
    case 'ObjectDeleted': {
      const before = tables.objects.read(event.key, seq - 1);
      if (!before) throw new Error(`entry ${seq} deletes ${event.key}, which is not stored`);
      const metadata = { ...before.metadata, resourceVersion: String(event.revision) };
      const object = { ...before, metadata };
      return { type: 'DELETED', resource: event.resource, key: event.key, object, before, seq };
    }
    default:
      return undefined;
  }
}
