import { formatRfc3339 } from '../../kernel/time/rfc3339.ts';
import { writeManifests, writeSession } from '../../scenario/language/write-session.ts';
import type { Scenario } from '../../scenario/scenario.ts';
import type { Served } from '../live/clusters.ts';
import { emptyScenarioText } from '../live/open-live.ts';
import { sessionSteps } from './session/session-steps.ts';

/** What a cluster was begun with. */
export interface Source {
  readonly scenario: Scenario;
  /** The text of its scenario; absent: it is a cluster of its own. */
  readonly text?: string | undefined;
}

const ENTRY = 'scenario.yaml';

/**
 * The files of a scenario that does again what clients did to a cluster, so that the same objects come of it.
 * Undefined where the log was one of a scenario that is not at hand.
 */
export function savedScenario(
  { live, timeline, name }: Served,
  { scenario, text }: Source,
): Readonly<Record<string, string>> | undefined {
  if (text === undefined && scenario.steps.length > 0) return undefined;
  const past = timeline();
  const taken = Object.keys(scenario.files);
  const { steps, files, untold } = sessionSteps(past, taken);
  const { settings } = scenario;
  const begun =
    past.worldAt(past.entries.length).store.tables.story.read('story', past.entries.length)?.step ?? 0;
  const written = writeSession(text ?? textOf(settings), {
    name: `${scenario.name}-${name === 'main' ? 'session' : name}`,
    seed: live.settings().seed,
    begun,
    steps,
    endsAfter: live.now() - (steps.at(-1)?.at ?? past.timeOf(past.steps.at(-1) ?? 0)),
    untold,
  });
  const manifests = Object.entries(files).map(([path, objects]) => [path, writeManifests(objects)] as const);
  return { ...scenario.files, ...Object.fromEntries(manifests), [ENTRY]: written };
}

/** A cluster of its own, as a scenario says it. */
function textOf({ nodes, version, epochMs }: Scenario['settings']): string {
  const { minor } = version;
  return emptyScenarioText({ nodes: nodes.length, version: `1.${minor}`, epoch: formatRfc3339(epochMs) });
}
