import type { CommandRow } from '../../cluster/contract/client-rows.ts';
import type { Event } from '../../cluster/contract/event.ts';
import { changeOf } from '../../cluster/world/changes.ts';
import type { World } from '../../cluster/world/world.ts';
import type { Entry } from '../../kernel/log/entry.ts';
import {
  byRevision,
  type Play,
  type RestoredObject,
  type TypedCommand,
  type WatchedChange,
} from '../play.ts';

/** Notes, entry by entry, what a watch over everything and whoever typed would have seen of a log. */
export interface EntryWatch {
  /** Takes an entry and the world that it led to. */
  note(world: World, entry: Entry<Event>): void;
  changes(namespace: string): readonly WatchedChange[];
  /** What was there when etcd had been turned back; absent: it never was. */
  restored(namespace: string): Pick<Play, 'restored'>;
  /** Ids of the commands that were typed, in order. */
  typed(): readonly string[];
  /** What a command printed, on whichever stream, in order. */
  printed(command: string): string;
}

export function watchEntries(): EntryWatch {
  // A restore of etcd begins a new count of revisions.
  const epochs: WatchedChange[][] = [[]];
  const restored: RestoredObject[] = [];
  const keys = new Set<string>();
  const typed: string[] = [];
  const printed = new Map<string, string>();
  return {
    note({ store }, entry) {
      const { at: atMs, actor: by, seq, event } = entry;
      if (event.type === 'CommandTyped') typed.push(event.command);
      if (event.type === 'CommandPrinted') {
        const { command, stdout = '', stderr = '' } = event;
        printed.set(command, `${printed.get(command) ?? ''}${stderr}${stdout}`);
      }
      const change = changeOf(store.tables, entry);
      if (change) keys.add(change.key);
      if (event.type === 'StoreRestored') {
        epochs.push([]);
        for (const key of keys) {
          const object = store.tables.objects.read(key, seq);
          if (object) restored.push({ atMs, object });
        }
      }
      const epoch = epochs.length - 1;
      const told = change && { atMs, type: change.type, object: change.object, by, seq };
      if (told) epochs.at(-1)?.push(epoch > 0 ? { ...told, epoch } : told);
    },
    changes: (namespace) =>
      epochs.flatMap((changes) =>
        byRevision(changes.filter(({ object: { metadata } }) => isCompared(metadata.namespace, namespace))),
      ),
    restored: (namespace) => {
      const own = restored.filter(({ object: { metadata } }) => isCompared(metadata.namespace, namespace));
      return own.length > 0 ? { restored: own } : {};
    },
    typed: () => typed,
    printed: (command) => printed.get(command) ?? '',
  };
}

function isCompared(of: string | undefined, namespace: string): boolean {
  return of === undefined || of === namespace;
}

/** A command as a recording tells of it. */
export function typedCommandOf(
  row: CommandRow,
  { index, output, nowMs }: { readonly index: number; readonly output: string; readonly nowMs: number },
): TypedCommand {
  const { line, typedAt: beginMs, endedAt: endMs = nowMs, exitCode = -1 } = row;
  return { line, beginMs, endMs, output, exitCode, index };
}
