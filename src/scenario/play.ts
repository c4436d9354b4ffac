import { kubectlClient } from '../cluster/clients/kubectl-client.ts';
import type { Event } from '../cluster/contract/event.ts';
import type { ClusterSettings } from '../cluster/contract/settings.ts';
import { createClusterModel } from '../cluster/model.ts';
import { emptyWorld, type World } from '../cluster/world/world.ts';
import type { Entry } from '../kernel/log/entry.ts';
import { type Commit, commits, fold, type Run, startRun } from '../kernel/run/run.ts';
import type { Scenario } from './scenario.ts';
import { createTeller } from './teller/teller.ts';

/** A run of a scenario, before its first entry. */
export function startScenario(scenario: Scenario, { seed }: { readonly seed: string }): Run<World, Event> {
  return continueScenario(scenario, { ...scenario.settings, seed }, []);
}

/**
 * The run that a scenario's log was the beginning of: it goes on after the last entry, which is the end of a
 * commit. The cluster is the one that the log was written with, whatever the scenario says by now.
 */
export function forkScenario(scenario: Scenario, log: readonly Entry<Event>[]): Run<World, Event> {
  const first = log[0]?.event;
  const settings = first?.type === 'ClusterConfigured' ? first.settings : scenario.settings;
  return continueScenario(scenario, settings, log);
}

/** What happens until the scenario's end. A cluster never stops by itself: its kubelets go on renewing their leases. */
export function* tellScenario(run: Run<World, Event>): Generator<Commit<Event>, void, void> {
  for (const commit of commits(run)) {
    yield commit;
    if (commit.some(({ event }) => event.type === 'ScenarioEnded')) return;
  }
}

function continueScenario(
  scenario: Scenario,
  settings: ClusterSettings,
  log: readonly Entry<Event>[],
): Run<World, Event> {
  const model = createClusterModel(settings, [kubectlClient({ files: scenario.files }), createTeller(scenario)]);
  return startRun(model, fold(model, emptyWorld(), log), log);
}
