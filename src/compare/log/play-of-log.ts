import type { Event } from '../../cluster/contract/event.ts';
import type { ClusterSettings } from '../../cluster/contract/settings.ts';
import { evolve } from '../../cluster/world/evolve.ts';
import { emptyWorld } from '../../cluster/world/world.ts';
import type { Entry } from '../../kernel/log/entry.ts';
import { lagOf } from '../lags.ts';
import { namingOf } from '../normal/names.ts';
import type { Play, TypedCommand } from '../play.ts';
import { withoutEdit, withoutVersions } from '../recording/edited-files.ts';
import { typedCommandOf, watchEntries } from './watch-entries.ts';

export interface LogPlayOptions {
  readonly name: string;
  /** The namespace that is compared, if the log knows it; else that of its context. */
  readonly namespace?: string;
}

/** A log of kubereel as a play. */
export function playOfLog(entries: Iterable<Entry<Event>>, { name, namespace }: LogPlayOptions): Play {
  let world = emptyWorld();
  let settings: ClusterSettings | undefined;
  const watch = watchEntries();
  for (const entry of entries) {
    world = evolve(world, entry);
    if (entry.event.type === 'ClusterConfigured') settings = entry.event.settings;
    watch.note(world, entry);
  }
  const minor = settings?.version.minor ?? 36;
  const known =
    namespace !== undefined && watch.changes(namespace).some((change) => change.object.metadata.namespace);
  const compared = known ? namespace : (settings?.namespace ?? 'default');
  const { commands } = world.store.tables;
  const changes = watch.changes(compared);
  const startMs = settings?.epochMs ?? 0;
  return {
    name,
    minor,
    namespace: compared,
    startMs,
    endMs: world.at,
    watchedMs: world.at,
    lagMs: lagOf({ minor, changes, startMs }),
    commands: watch.typed().flatMap((id, index) => {
      const row = commands.read(id, world.seq);
      return row ? [typedCommandOf(row, { index, output: watch.printed(id), nowMs: world.at })] : [];
    }),
    changes,
    ...watch.restored(compared),
  };
}

/** What changes nothing need not be typed for a log to be the same story. */
const ONLY_LOOKS =
  /^kubectl (get|describe|logs|top|explain|events|version|api-resources|rollout (status|history)|wait|diff|config|auth)\b(?!.*(\||>))/;

/**
 * A play whose commands bear the numbers of those that were typed in another: the same lines, in the same
 * order, whatever the generated names in them. What only one of them typed is left out of this one.
 */
export function typedAs(wanted: Play, actual: Play): Play {
  const [says, said] = [namingOf(wanted), namingOf(actual)];
  const lineOf = (command: TypedCommand, naming: (text: string) => string) =>
    withoutVersions(naming(withoutEdit(command.line)))
      .replace(/\s+/g, ' ')
      .trim();
  const looks = new Set<number>();
  let from = 0;
  const commands = wanted.commands.flatMap((command): TypedCommand[] => {
    const line = lineOf(command, says);
    // Nobody edits files here: a log was given each version of one.
    if (line === '') {
      looks.add(command.index);
      return [];
    }
    const at = actual.commands.findIndex((each, index) => index >= from && lineOf(each, said) === line);
    const found = actual.commands[at];
    if (!found) {
      if (ONLY_LOOKS.test(command.line)) looks.add(command.index);
      return [];
    }
    from = at + 1;
    return [{ ...found, index: command.index }];
  });
  return { ...actual, commands, notLooked: looks };
}
