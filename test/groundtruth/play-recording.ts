import type { Event } from '../../src/cluster/contract/event.ts';
import { changeOf } from '../../src/cluster/world/changes.ts';
import type { World } from '../../src/cluster/world/world.ts';
import { commits, type Run } from '../../src/kernel/run/run.ts';
import { startScenario } from '../../src/scenario/play.ts';
import { commandOfStep as commandId } from '../../src/scenario/teller/next-move.ts';
import {
  byRevision,
  type Play,
  type Recording,
  type TypedCommand,
  type WatchedChange,
} from './read-recording.ts';
import { recordingScenario } from './recording-scenario.ts';

const played = new Map<string, Play>();

/**
 * Plays what was typed in a recording, as its version, in the simulation; each seed once. Commands that are
 * not simulated are absent from the play.
 */
export function playRecording(recording: Recording, seed = '1'): Play {
  const known = played.get(`${recording.name} ${seed}`);
  if (known) return known;
  const { scenario, commandOfStep } = recordingScenario(recording);
  const run = startScenario(scenario, { seed });
  const changes: WatchedChange[] = [];
  const isCut = recording.watchedMs < recording.endMs;
  for (const commit of commits(run)) {
    for (const entry of commit) {
      const change = changeOf(run.world.store.tables, entry);
      if (change && (!isCut || entry.at <= recording.watchedMs))
        changes.push({ atMs: entry.at, type: change.type, object: change.object });
    }
  }
  const replay: Play = {
    name: `simulated ${recording.name}`,
    minor: recording.minor,
    namespace: recording.namespace,
    startMs: recording.startMs,
    endMs: run.world.at,
    watchedMs: isCut ? recording.watchedMs : run.world.at,
    commands: commandOfStep.flatMap((index, step) =>
      index === undefined ? [] : typedCommand(run, step + 1, index),
    ),
    changes: byRevision(changes.filter(({ object }) => object.metadata.namespace === recording.namespace)),
  };
  played.set(`${recording.name} ${seed}`, replay);
  return replay;
}

function typedCommand(run: Run<World, Event>, step: number, index: number): readonly TypedCommand[] {
  const row = run.world.store.tables.commands.read(commandId(step), run.world.seq);
  if (!row) return [];
  const { line, typedAt: beginMs, endedAt: endMs = run.world.at, stdout, stderr, exitCode = -1 } = row;
  return [{ line, beginMs, endMs, output: `${stderr}${stdout}`, exitCode, index }];
}
