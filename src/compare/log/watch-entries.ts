import type { CommandRow } from '../../cluster/contract/client-rows.ts';
import type { Event } from '../../cluster/contract/event.ts';
import { changeOf } from '../../cluster/world/changes.ts';
import type { World } from '../../cluster/world/world.ts';
import type { Entry } from '../../kernel/log/entry.ts';
import { byRevision, type TypedCommand, type WatchedChange } from '../play.ts';

/** Notes, entry by entry, what a watch over everything and whoever typed would have seen of a log. */
export interface EntryWatch {
  /** Takes an entry and the world that it led to. */
  note(world: World, entry: Entry<Event>): void;
  changes(namespace: string): readonly WatchedChange[];
  /** Ids of the commands that were typed, in order. */
  typed(): readonly string[];
}

export function watchEntries(): EntryWatch {
  const changes: WatchedChange[] = [];
  const typed: string[] = [];
  return {
    note({ store }, entry) {
      const { at: atMs, actor: by, seq, event } = entry;
      if (event.type === 'CommandTyped') typed.push(event.command);
      const change = changeOf(store.tables, entry);
      if (change) changes.push({ atMs, type: change.type, object: change.object, by, seq });
    },
    changes: (namespace) =>
      byRevision(changes.filter(({ object: { metadata } }) => isCompared(metadata.namespace, namespace))),
    typed: () => typed,
  };
}

function isCompared(of: string | undefined, namespace: string): boolean {
  return of === undefined || of === namespace;
}

/** A command as a recording tells of it. */
export function typedCommandOf(row: CommandRow, index: number, nowMs: number): TypedCommand {
  const { line, typedAt: beginMs, endedAt: endMs = nowMs, stdout, stderr, exitCode = -1 } = row;
  return { line, beginMs, endMs, output: `${stderr}${stdout}`, exitCode, index };
}
