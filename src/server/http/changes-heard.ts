import type { Change } from '../../cluster/contract/api-event.ts';
import { changeOf } from '../../cluster/world/changes.ts';
import type { LiveCluster } from '../live/live-cluster.ts';

export type HearChange = (change: Change) => void;

/** Tells those who watch a resource of its changes, each of which is found once. */
export interface ChangesHeard {
  hear(resource: string, hear: HearChange): () => void;
  close(): void;
}

export function changesHeard(live: LiveCluster): ChangesHeard {
  const hearing = new Map<string, Set<HearChange>>();
  const close = live.subscribe((entries) => {
    if (hearing.size === 0) return;
    const { tables } = live.world().store;
    for (const entry of entries) {
      if (!('resource' in entry.event)) continue;
      const those = hearing.get(entry.event.resource);
      const change = those && changeOf(tables, entry);
      if (change) for (const hear of [...those]) hear(change);
    }
  });
  return {
    hear(resource, hear) {
      const those = hearing.get(resource) ?? new Set<HearChange>();
      hearing.set(resource, those.add(hear));
      return () => {
        those.delete(hear);
        if (those.size === 0) hearing.delete(resource);
      };
    },
    close,
  };
}

/** What has happened to a resource since an entry: between the opening of a watch and its first word. */
export function* changesSince(
  live: LiveCluster,
  resource: string,
  seq: number,
): Generator<Change, void, void> {
  const { entries } = live;
  const { tables } = live.world().store;
  for (let index = seq; index < entries.length; index++) {
    const entry = entries[index];
    if (!entry || !('resource' in entry.event) || entry.event.resource !== resource) continue;
    const change = changeOf(tables, entry);
    if (change) yield change;
  }
}
