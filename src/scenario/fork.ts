import type { Event } from '../cluster/contract/event.ts';
import { emptyWorld, type World } from '../cluster/world/world.ts';
import type { Entry } from '../kernel/log/entry.ts';
import { fold, type Run, startRun } from '../kernel/run/run.ts';
import { modelOf, type PlayOptions } from './play.ts';
import type { Scenario } from './scenario.ts';
import { settingsOf } from './settings-of.ts';

/**
 * With all that has been and will be typed by whoever has taken the story over, and all that has come and
 * will come from outside.
 */
export interface ForkOptions extends Pick<PlayOptions, 'typed' | 'arrivals' | 'answered'> {
  /** The fold of the log, where it is known. */
  readonly world?: World;
}

/**
 * The run that a log was the beginning of: it goes on after the last entry, which is the end of a commit. The
 * cluster is the one that the log was written with, whatever the scenario says by now.
 */
export function forkScenario(
  scenario: Scenario,
  log: readonly Entry<Event>[],
  { world, ...asked }: ForkOptions = {},
): Run<World, Event> {
  const settings = settingsOf(log) ?? scenario.settings;
  const model = modelOf({ ...scenario, settings }, asked);
  return startRun(model, world ?? fold(model, emptyWorld(), log), log);
}
