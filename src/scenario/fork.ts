import type { Event } from '../cluster/contract/event.ts';
import type { ClusterSettings } from '../cluster/contract/settings.ts';
import { emptyWorld, type World } from '../cluster/world/world.ts';
import type { Entry } from '../kernel/log/entry.ts';
import { fold, type Run, startRun } from '../kernel/run/run.ts';
import type { Typed } from './hand.ts';
import { modelOf } from './play.ts';
import type { Scenario } from './scenario.ts';

export interface ForkOptions {
  /** All that has been and will be typed by whoever has taken the story over. */
  readonly typed?: readonly Typed[];
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
  { typed = [], world }: ForkOptions = {},
): Run<World, Event> {
  const settings = settingsOf(log) ?? scenario.settings;
  const model = modelOf({ ...scenario, settings }, { typed });
  return startRun(model, world ?? fold(model, emptyWorld(), log), log);
}

/** The scenario of a log, where only the log is at hand: no story, no files, the cluster as it was. */
export function scenarioOfLog(name: string, log: readonly Entry<Event>[]): Scenario | undefined {
  const settings = settingsOf(log);
  if (!settings) return undefined;
  return { name, title: {}, tags: [], digest: '', settings, files: {}, steps: [], always: [] };
}

/** The cluster that a log was written with. */
export function settingsOf([first]: Iterable<Entry<Event>>): ClusterSettings | undefined {
  return first?.event.type === 'ClusterConfigured' ? first.event.settings : undefined;
}
