import type { Event } from '../../cluster/contract/event.ts';
import { emptyWorld, type World } from '../../cluster/world/world.ts';
import type { Entry } from '../../kernel/log/entry.ts';
import { startRun } from '../../kernel/run/run.ts';
import { forkScenario } from '../../scenario/fork.ts';
import { loadScenario } from '../../scenario/language/load-scenario.ts';
import { modelOf } from '../../scenario/play.ts';
import type { Scenario } from '../../scenario/scenario.ts';
import type { Typed } from '../../scenario/typed-line.ts';
import { createLiveCluster, type LiveCluster } from './live-cluster.ts';

/** What a live cluster begins with. */
export interface Beginning {
  /** Its cluster, its files, and the story that goes on in it; `emptyScenario` for none. */
  readonly scenario: Scenario;
  readonly seed?: string;
  /** What has happened already, up to the end of a commit. */
  readonly log?: readonly Entry<Event>[];
  /** The fold of the log, where it is known; with tables of its own. */
  readonly world?: World;
  /** What was typed in the log by whoever had taken the story over. */
  readonly typed?: readonly Typed[];
}

export function openLive({ scenario, seed, log = [], world, typed = [] }: Beginning): LiveCluster {
  return createLiveCluster((answered) => {
    const asked = { arrivals: [], answered, typed };
    if (log.length > 0) return forkScenario(scenario, log, { ...asked, ...(world && { world }) });
    return startRun(modelOf(scenario, { ...asked, ...(seed !== undefined && { seed }) }), emptyWorld());
  }, log);
}

export interface EmptyCluster {
  /** How many machines it has. */
  readonly nodes?: number;
  /** `1.36`; absent: the newest. */
  readonly version?: string;
  /** The date of its beginning: `2026-01-01T00:00:00Z`. */
  readonly epoch?: string;
}

/** A cluster in which nothing is told and nothing runs yet but what every cluster has. */
export function emptyScenario(wanted: EmptyCluster = {}): Scenario {
  const { scenario, diagnostics } = loadScenario({ [ENTRY]: emptyScenarioText(wanted) }, ENTRY);
  if (!scenario) throw new Error(diagnostics.map(({ message }) => message).join('\n'));
  return { ...scenario, steps: [] };
}

const ENTRY = 'scenario.yaml';

/** A scenario in which that cluster is there, and nothing is done. */
export function emptyScenarioText({ nodes = 3, version, epoch }: EmptyCluster): string {
  const of = [
    `nodes: ${nodes}`,
    ...(version === undefined ? [] : [`version: "${version}"`]),
    ...(epoch === undefined ? [] : [`epoch: "${epoch}"`]),
  ];
  const lines = [
    'apiVersion: kubereel.dev/v1',
    'kind: Scenario',
    'metadata: { name: live }',
    `cluster: { ${of.join(', ')} }`,
    'steps: [{ wait: 1s }]',
  ];
  return `${lines.join('\n')}\n`;
}
