import type { Due } from '../../kernel/run/agenda.ts';
import type { Decision, StageTold } from '../contract/api-server.ts';
import type { Component } from '../contract/component.ts';
import type { Event } from '../contract/event.ts';
import type { Request } from '../contract/request.ts';
import { evolve } from '../world/evolve.ts';
import { versionedActor } from '../world/own-version.ts';
import { branchWorld, type World } from '../world/world.ts';
import type { Cluster } from './cluster.ts';
import { perform } from './perform.ts';
import { createSight } from './view.ts';

/** A request as it was made, and what each stage of the API server said to it. */
export interface Retold {
  readonly request: Request;
  readonly told: readonly StageTold[];
  readonly decision: Decision;
  /** Which of the events of the piece of work are its own: from this one on, counted from 0. */
  readonly from: number;
}

export interface PerformedAgain {
  readonly requests: readonly Retold[];
  readonly events: readonly Event[];
}

/** What a piece of work is done with: whose it is, and what its watch cache held. */
export interface Again {
  readonly cluster: Cluster;
  readonly component: Component;
  readonly due: Due;
  /** seq up to which the component knew the store. */
  readonly seen: number;
}

/**
 * A piece of work once more, in the world before it, with somebody who listens at the API server. Nothing of
 * it is kept: the log has no more of a request than what came of it, and the rest follows from that world.
 */
export function performAgain({ cluster, component, due, seen }: Again, before: World): PerformedAgain {
  const requests: Retold[] = [];
  const events: Event[] = [];
  let world = branchWorld(before);
  const listening: Cluster = {
    ...cluster,
    decide(state, request, context) {
      const told: StageTold[] = [];
      const decision = cluster.decide(state, request, { ...context, tell: (each) => told.push(each) });
      requests.push({ request, told, decision, from: events.length });
      return decision;
    },
  };
  const happens = (event: Event): World => {
    events.push(event);
    const { at, actor, key } = due;
    world = evolve(world, { seq: world.seq + 1, at, actor, key, cause: null, event, more: true });
    return world;
  };
  const versioned = versionedActor(component, due.actor);
  const sight = createSight(cluster, world, component.readsStore ? world.seq : seen, versioned);
  perform({ cluster: listening, component, due, sight, happens }, world);
  return { requests, events };
}
