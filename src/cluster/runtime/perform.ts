import type { Due } from '../../kernel/run/agenda.ts';
import type { Decision } from '../contract/api-server.ts';
import type { Component } from '../contract/component.ts';
import type { Event } from '../contract/event.ts';
import type { RowReader } from '../contract/reader.ts';
import { CONNECTION_REFUSED, type Refused, type Response } from '../contract/response.ts';
import type { ClusterSettings } from '../contract/settings.ts';
import { hasQuorum, isUntouched, runsAnywhere, serverHost } from '../world/control-plane.ts';
import { isAnyHindered } from '../world/hindrance-of.ts';
import type { World } from '../world/world.ts';
import { worksIn } from './at-work.ts';
import type { Cluster } from './cluster.ts';
import { type Asked, failureOf } from './failing.ts';
import type { Sight } from './view.ts';

export interface Work {
  readonly cluster: Cluster;
  readonly component: Component;
  readonly due: Due;
  /** What the component looks with, turned to the world of the look. */
  readonly sight: Sight;
  /** Logs what happened and hands back the world after it. */
  readonly happens: (event: Event) => World;
}

const NOTHING_ASKED: Response = { ok: true, revision: 0 };

/** What a client makes of silence. */
const NOBODY_ANSWERS: Refused = {
  ok: false,
  status: { code: 0, reason: '', message: 'net/http: request canceled while waiting for connection' },
};

/** What a request meets instead of an answer: nobody listens, or whoever does can not decide anything. */
export function silence(rows: RowReader, settings: ClusterSettings): Refused | undefined {
  if (isUntouched(rows, settings)) return undefined;
  if (!runsAnywhere(rows, 'kube-apiserver', settings)) return nobodyListens(serverHost(rows, settings));
  return hasQuorum(rows, settings) ? undefined : STORE_TIMES_OUT;
}

/** Nobody listens at the API server's address. */
function nobodyListens(host: string): Refused {
  const message = `dial tcp ${host}: connect: connection refused`;
  return { ok: false, status: { code: 0, reason: CONNECTION_REFUSED, message, details: { name: host } } };
}

/** The API server has waited in vain for most members of its etcd (etcd: server/etcdserver/errors.go). */
const STORE_TIMES_OUT: Refused = {
  ok: false,
  status: { code: 500, reason: '', message: 'etcdserver: request timed out' },
};

/**
 * One look of one component: its requests go through the API server one after another, its facts straight to
 * the log. What it reads of its own machine follows along; its watch cache stays as it is until the commit is
 * over.
 */
export function perform({ cluster, component, due, sight, happens }: Work, world: World): void {
  const { at, actor, key } = due;
  const { rows, settings } = sight.view;
  if (!worksIn(component, rows, settings)) return;
  let state = world;
  const log = (event: Event): void => {
    state = happens(event);
    follow(sight, state, component);
  };
  let count = 0;
  // What keeps requests from an answer follows from the rows, which change only with what is logged.
  let met: World | undefined;
  let obstacle: Obstacle;
  const reaction = component.reconcile(sight.view, { actor, key }, at);
  let answer = NOTHING_ASKED;
  for (let next = reaction.next(answer); !next.done; next = reaction.next(answer)) {
    const deed = next.value;
    if ('type' in deed) {
      log(deed);
      continue;
    }
    if (met !== state) {
      met = state;
      obstacle = obstacleOf(component, actor, sight);
    }
    if (obstacle === NOBODY_ANSWERS) {
      answer = NOBODY_ANSWERS;
      continue;
    }
    const counted = count++;
    const decision =
      obstacle === undefined
        ? cluster.decide(state, deed, { actor, at })
        : decisionBehind(obstacle, {
            cluster,
            asked: { component, due, request: deed, count: counted },
            sight,
            state,
          });
    for (const event of decision.events) log(event);
    answer = decision.response;
  }
}

/** What a request meets before it comes to the API server; undefined where it comes there for certain. */
type Obstacle = Refused | 'hindered' | undefined;

function obstacleOf(component: Component, actor: string, { view: { rows, settings } }: Sight): Obstacle {
  if (component.isConnected?.(actor, rows) === false) return NOBODY_ANSWERS;
  return silence(rows, settings) ?? (isAnyHindered(rows) ? 'hindered' : undefined);
}

interface Before {
  readonly cluster: Cluster;
  readonly asked: Asked;
  readonly sight: Sight;
  readonly state: World;
}

function decisionBehind(obstacle: Refused | 'hindered', { cluster, asked, sight, state }: Before): Decision {
  if (obstacle !== 'hindered') return { events: [], response: obstacle };
  const { actor, at } = asked.due;
  return failureOf(sight.view, asked) ?? cluster.decide(state, asked.request, { actor, at });
}

function follow({ rows, store }: Sight, { store: { tables }, seq }: World, { readsStore }: Component): void {
  rows.tables = tables;
  rows.seq = seq;
  if (!readsStore) return;
  store.tables = tables;
  store.seq = seq;
}
