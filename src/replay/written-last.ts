import type { Written } from '../kernel/table/versioned-table.ts';
import type { Timeline } from './timeline.ts';

interface Wanted {
  /** The etcd folder of a resource: `/registry/pods/`. */
  readonly folder: string;
  readonly cursor: number;
  readonly most: number;
}

/**
 * The objects of a resource that are there at an instant and were written last, newest first, so many of
 * them. There may be ten thousand, and a frame is short: so one goes back over what the entries are about,
 * and looks at all objects only where most entries are about something else.
 */
export function writtenLast(timeline: Timeline, wanted: Wanted): readonly Written[] {
  const { objects } = timeline.worldAt(wanted.cursor).store.tables;
  const count = objects.countBy('resource', wanted.folder, wanted.cursor);
  const most = Math.min(count, wanted.most);
  const found =
    most > 0 && count > most && count > FEW ? goneBackTo(timeline, { ...wanted, most }) : undefined;
  if (found) return found;
  return [...objects.writtenBy('resource', wanted.folder, wanted.cursor)]
    .sort((a, b) => b.seq - a.seq)
    .slice(0, Math.max(0, most));
}

/** So many are looked at sooner than entries are. */
const FEW = 200;
/** So many entries are gone back over. */
const PATIENCE = 5000;

/** Undefined where that would take too long, or where an entry wrote more than the object that it names. */
function goneBackTo(timeline: Timeline, { folder, cursor, most }: Wanted): readonly Written[] | undefined {
  const { facts } = timeline;
  const { objects } = timeline.worldAt(cursor).store.tables;
  const [restored, past] = [facts.type.names.find('StoreRestored'), facts.type.names.find('PastFound')];
  const deleted = facts.type.names.find('ObjectDeleted');
  const seen = new Set<number>();
  const found: Written[] = [];
  const last = Math.max(0, cursor - PATIENCE);
  for (let seq = cursor; seq > last; seq--) {
    const type = facts.type.idAt(seq);
    if (type === restored || type === past) return undefined;
    const id = facts.object.idAt(seq);
    if (id === 0 || seen.has(id)) continue;
    seen.add(id);
    const key = facts.object.names.of(id);
    if (type === deleted || !key.startsWith(folder) || objects.changedAt(key, cursor) !== seq) continue;
    found.push({ key, seq });
    if (found.length === most) return found;
  }
  return undefined;
}
