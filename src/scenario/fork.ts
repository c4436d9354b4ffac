import type { Event } from '../cluster/contract/event.ts';
import { emptyWorld, type World } from '../cluster/world/world.ts';
import type { Entry } from '../kernel/log/entry.ts';
import { fold, type Run, startRun } from '../kernel/run/run.ts';
import { modelOf } from './play.ts';
import type { Scenario } from './scenario.ts';

/**
 * The run that a log was the beginning of: it goes on after the last entry, which is the end of a commit. The
 * cluster is the one that the log was written with, whatever the scenario says by now.
 */
export function forkScenario(scenario: Scenario, log: readonly Entry<Event>[]): Run<World, Event> {
  const first = log[0]?.event;
  const settings = first?.type === 'ClusterConfigured' ? first.settings : scenario.settings;
  const model = modelOf({ ...scenario, settings });
  return startRun(model, fold(model, emptyWorld(), log), log);
}
