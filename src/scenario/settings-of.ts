import type { Event } from '../cluster/contract/event.ts';
import type { ClusterSettings } from '../cluster/contract/settings.ts';
import type { Entry } from '../kernel/log/entry.ts';
import type { Scenario } from './scenario.ts';

/** The scenario of a log, where only the log is at hand: no story, no files, the cluster as it was. */
export function scenarioOfLog(name: string, log: readonly Entry<Event>[]): Scenario | undefined {
  const settings = settingsOf(log);
  if (!settings) return undefined;
  return {
    name,
    title: {},
    tags: [],
    curriculum: [],
    digest: '',
    settings,
    files: {},
    steps: [],
    watches: [],
  };
}

/** The cluster that a log was written with. */
export function settingsOf([first]: Iterable<Entry<Event>>): ClusterSettings | undefined {
  return first?.event.type === 'ClusterConfigured' ? first.event.settings : undefined;
}
