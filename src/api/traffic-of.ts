import { viewOf } from '../cluster/world/view-of.ts';
import type { ScenarioDocument } from '../scenario/language/schema/scenario-schema.ts';
import { figuresOf } from '../scenario/teller/traffic-figures.ts';
import type { GrowingStory } from './growing-story.ts';
import { Refused } from './refused.ts';

import type { Traffic } from './traffic.ts';

/** A name that no client of a story has. */
export function freeClient({ steps }: Pick<ScenarioDocument, 'steps'>): string {
  const known = new Set(steps.flatMap(({ traffic }) => traffic?.client ?? []));
  for (let number = 1; ; number++) {
    const name = number === 1 ? 'client' : `client-${number}`;
    if (!known.has(name)) return name;
  }
}

const owners = new WeakMap<object, object>();

/** The cluster that a client is of; undefined for what is no client. */
export function clusterOfTraffic(traffic: unknown): object | undefined {
  return typeof traffic === 'object' && traffic !== null ? owners.get(traffic) : undefined;
}

export interface TrafficOrigin {
  readonly story: GrowingStory;
  readonly client: string;
  readonly cluster: object;
}

export function trafficOf({ story, client, cluster }: TrafficOrigin, stop: () => void): Traffic {
  const made: Traffic = {
    client,
    figures(since = 'start') {
      const view = viewOf(story.world());
      const row = view?.rows.row('traffic', client);
      if (!view || !row) throw new Refused(`there is no client ${client}`);
      return figuresOf(row, view, { since, at: story.now() });
    },
    stop,
  };
  owners.set(made, cluster);
  return made;
}
