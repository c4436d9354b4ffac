import type { Event } from '../cluster/contract/event.ts';
import type { Entry } from '../kernel/log/entry.ts';
import { commits } from '../kernel/run/run.ts';
import { startScenario } from '../scenario/play.ts';
import { openLog } from './open-log.ts';
import { openScenario } from './open-scenario.ts';
import type { Played } from './played.ts';

/** A story that can be played, commit after commit. */
export interface Playable {
  readonly name: string;
  /** What the reader should know of it first. */
  readonly notice?: string;
  commits(): Iterable<readonly Entry<Event>[]>;
}

/**
 * Opens what is to be played, and runs it if it is a scenario. What is doubtful about it is told; what is
 * wrong is thrown as BadInput.
 */
export function openPlayable(
  played: Played,
  seed: string | undefined,
  tell: (text: string) => void,
): Playable {
  if ('log' in played) return logOf(played.log, tell);
  const scenario = openScenario(played.scenario, tell, played.reading);
  return {
    name: scenario.name,
    commits: () => commits(startScenario(scenario, { seed: seed ?? scenario.settings.seed })),
  };
}

function logOf(path: string, tell: (text: string) => void): Playable {
  const { header, entries, damage } = openLog(path, tell);
  return {
    name: header.scenario.name,
    ...(damage !== undefined && { notice: damage }),
    *commits() {
      let commit: Entry<Event>[] = [];
      for (const entry of entries) {
        commit.push(entry);
        if (entry.more) continue;
        yield commit;
        commit = [];
      }
    },
  };
}
