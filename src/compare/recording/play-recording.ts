import type { Event } from '../../cluster/contract/event.ts';
import { emptyWorld } from '../../cluster/world/world.ts';
import { outcomeKey } from '../../kernel/chance/outcomes.ts';
import type { Entry } from '../../kernel/log/entry.ts';
import { commits, startRun } from '../../kernel/run/run.ts';
import { modelOf } from '../../scenario/play.ts';
import type { Scenario } from '../../scenario/scenario.ts';
import { commandOfStep as commandId } from '../../scenario/teller/command-of-step.ts';
import { MODERN_MINOR } from '../lags.ts';
import { typedCommandOf, watchEntries } from '../log/watch-entries.ts';
import { isCut, type Play } from '../play.ts';
import { withoutEdit, withoutVersions } from './edited-files.ts';
import { oddPlacements } from './odd-placements.ts';
import { recordedHeartbeats } from './recorded-heartbeats.ts';
import { recordedOutcomes } from './recorded-outcomes.ts';
import type { Recording } from './recording.ts';
import { recordingScenario } from './recording-scenario.ts';

export interface PlayingOptions {
  readonly seed?: string;
  /** Is given the scenario that is played, before it is. */
  readonly onStart?: (scenario: Scenario) => void;
  /** Is given each commit of the log, as it comes to be. */
  readonly onCommit?: (entries: readonly Entry<Event>[]) => void;
}

/**
 * Plays what was typed in a recording, as its version, in the simulation. Commands that are not simulated are
 * absent from the play.
 */
export function playRecording(
  recording: Recording,
  { seed = '1', onStart, onCommit }: PlayingOptions = {},
): Play {
  const { scenario, commandOfStep, leftOut } = recordingScenario(recording);
  onStart?.(scenario);
  const outcomes = {
    ...recordedOutcomes(recording, scenario.settings.nodes),
    ...recordedHeartbeats(recording, scenario.settings.nodes),
    ...startUps(recording, commandOfStep),
  };
  const run = startRun(modelOf(scenario, { seed, outcomes }), emptyWorld());
  const watch = watchEntries();
  const log: Entry<Event>[] = [];
  for (const commit of commits(run)) {
    log.push(...commit);
    for (const entry of commit) watch.note(run.world, entry);
    onCommit?.(commit);
  }
  const { name, minor, namespace, startMs, lagMs } = recording;
  const watchedMs = Math.min(run.world.at, isCut(recording) ? recording.watchedMs : run.world.at);
  const commands = run.world.store.tables.commands;
  return {
    name: `simulated ${name}`,
    minor,
    namespace,
    startMs,
    lagMs,
    endMs: run.world.at,
    watchedMs,
    leftOut,
    notLooked: onlyEdits(recording),
    settled: true,
    odd: oddPlacements(log, outcomes),
    commands: commandOfStep.flatMap((index, step) => {
      const id = commandId(step + 1);
      const row = index === undefined ? undefined : commands.read(id, run.world.seq);
      if (!row || index === undefined) return [];
      const output = withoutVersions(watch.printed(id));
      return [typedCommandOf(row, { index, output, nowMs: run.world.at })];
    }),
    changes: watch.changes(namespace).filter(({ atMs }) => atMs <= watchedMs),
    ...watch.restored(namespace),
  };
}

/** Commands that did nothing but edit a file: each version of it is there. */
function onlyEdits({ commands }: Recording): ReadonlySet<number> {
  return new Set(commands.flatMap(({ line, index }) => (withoutEdit(line) === '' ? [index] : [])));
}

/** A command that took no longer waited for nothing but its own start and its requests. */
const QUICK_MS = 400;
/** From what a command did last to its end. */
const ENDING_MS = 8;

/**
 * How long the programs that were typed took to begin: the draw of `clients/kubectl-client.ts`, by step.
 * Those of old versions took very differently long, 40 to 250 ms; newer ones are all alike.
 */
function startUps(
  { commands, minor }: Recording,
  commandOfStep: readonly (number | undefined)[],
): Readonly<Record<string, string>> {
  if (minor >= MODERN_MINOR) return {};
  const settled = commandOfStep.flatMap((index, step) => {
    const { beginMs = 0, endMs = QUICK_MS } = commands[index ?? -1] ?? {};
    const took = Math.round(endMs - beginMs - ENDING_MS);
    return took > 0 && took < QUICK_MS - ENDING_MS
      ? [[outcomeKey('start-up', commandId(step + 1)), String(took)]]
      : [];
  });
  return Object.fromEntries(settled);
}
