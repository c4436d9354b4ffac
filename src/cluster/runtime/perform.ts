import type { Due } from '../../kernel/run/agenda.ts';
import type { Component } from '../contract/component.ts';
import type { Event } from '../contract/event.ts';
import type { Response } from '../contract/response.ts';
import { objectReader, type Position, rowReader } from '../world/readers.ts';
import type { World } from '../world/world.ts';
import type { Cluster } from './cluster.ts';

export interface Work {
  readonly cluster: Cluster;
  readonly component: Component;
  readonly due: Due;
  /** seq up to which the component's watch cache goes. */
  readonly seen: number;
}

/**
 * One look of one component: its requests go through the API server one after another, its facts straight to
 * the log. What it reads of its own machine follows along; its watch cache stays as it is until the commit is
 * over.
 */
export function* perform(
  { cluster, component, due, seen }: Work,
  world: World,
): Generator<Event, void, World> {
  let state = world;
  const now: Position = { tables: world.store.tables, seq: world.seq };
  const store: Position = component.readsStore ? now : { tables: world.store.tables, seq: seen };
  const view = {
    settings: cluster.settings,
    chance: cluster.settings,
    objects: objectReader(store),
    rows: rowReader(now),
  };
  const reaction = component.reconcile(view, { actor: due.actor, key: due.key }, due.at);
  let answer: Response = { ok: true, revision: 0 };
  for (let next = reaction.next(answer); !next.done; next = reaction.next(answer)) {
    const deed = next.value;
    if ('type' in deed) {
      state = follow(now, yield deed);
    } else {
      const decision = cluster.decide(state, deed, { actor: due.actor, at: due.at });
      for (const event of decision.events) state = follow(now, yield event);
      answer = decision.response;
    }
  }
}

function follow(position: Position, world: World): World {
  position.tables = world.store.tables;
  position.seq = world.seq;
  return world;
}
