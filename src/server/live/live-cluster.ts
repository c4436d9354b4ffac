import { decide } from '../../cluster/apiserver/decide.ts';
import type { ArrivalEvent } from '../../cluster/contract/arrival-event.ts';
import type { Event } from '../../cluster/contract/event.ts';
import type { MachineEvent } from '../../cluster/contract/machine-event.ts';
import type { Request } from '../../cluster/contract/request.ts';
import type { Response } from '../../cluster/contract/response.ts';
import type { ClusterSettings } from '../../cluster/contract/settings.ts';
import type { JsonObject } from '../../cluster/objects/json.ts';
import { silence } from '../../cluster/runtime/perform.ts';
import { rowReader } from '../../cluster/world/readers.ts';
import type { World } from '../../cluster/world/world.ts';
import type { Entry } from '../../kernel/log/entry.ts';
import type { Run } from '../../kernel/run/run.ts';
import type { Millis } from '../../kernel/time/millis.ts';
import { arrivalKey, CLIENT, commandOfArrival } from '../../scenario/arrival.ts';
import type { Answered } from '../../scenario/arrivals.ts';
import { createPresent, type Heard, type Present } from './present.ts';

/** Who wants something of a live cluster. */
export interface Asker {
  /** As it calls itself: `kubectl`, `my-controller`. */
  readonly client: string;
  /** What it was told to do, where it says so: `kubectl apply`. */
  readonly command?: string;
  /** Which run of the program it is, where it says so: any text, the same for all requests of that run. */
  readonly session?: string;
}

export interface Asked extends Asker {
  readonly request: Request;
}

/** A line for the shell, or one that breaks something. */
export interface AskedLine extends Asker {
  readonly line: string;
  readonly on?: string;
}

/** What a client does to a machine after the API server has let it. */
export interface Told extends Asker {
  readonly facts: readonly MachineEvent[];
}

/**
 * A cluster that is asked by clients outside of the simulation, at a virtual instant that somebody moves on.
 * What they write is in its log, and so are its consequences; what they read leaves no trace.
 */
export interface LiveCluster {
  /** The virtual instant at which it stands, in milliseconds: all that was due until then has been done. */
  readonly now: () => Millis;
  readonly world: () => World;
  readonly settings: () => ClusterSettings;
  /** Its log so far. */
  readonly entries: readonly Entry<Event>[];
  /** Asks the API server, now. What is only read leaves no entry. */
  ask(asked: Asked): Promise<Response>;
  /** Lets something happen on a machine, now. */
  tell(told: Told): Promise<void>;
  /** Lets something break, or be mended, now: a step `fault` of a scenario. */
  suffer(asked: Asker & { readonly fault: JsonObject }): Promise<void>;
  /** Types a line; resolves to the id of its command. One that breaks something is none, and has none. */
  type(asked: AskedLine): Promise<string>;
  /** Hears of each commit, after it. Returns how to hear no more. */
  subscribe(heard: Heard): () => void;
  /** When the next piece of work is due; undefined when nothing ever is. */
  nextDue(): Millis | undefined;
  /** Does all that is due until a virtual instant, and stands there. */
  advance(until: Millis): void;
  /** Does the next piece of work if it is due until an instant; false when there is none. */
  step(until: Millis): boolean;
}

/** Begins a run with the function that is to be told of answers. */
export type Starting = (answered: Answered) => Run<World, Event>;

/** A cluster that goes on after `log`, of which `start` makes the run. */
export function createLiveCluster(start: Starting, log: readonly Entry<Event>[] = []): LiveCluster {
  let answer: Response | undefined;
  const run = start((_arrival, response) => {
    answer = response;
  });
  const present = createPresent(run, log);
  const arrive = doorOf(run, present);
  const live: LiveCluster = {
    now: present.now,
    world: () => run.world,
    settings: () => settingsIn(run.world),
    entries: present.entries,
    async ask({ request, ...asker }) {
      if (isRead(request)) return readIn(run.world, request, present.now());
      answer = undefined;
      arrive(asker, { type: 'RequestArrived', request });
      const response = answer as Response | undefined;
      present.publish();
      if (!response) throw new Error(`${asker.client} was not answered: ${request.verb} ${request.resource}`);
      return response;
    },
    async tell({ facts, ...asker }) {
      arrive(asker, { type: 'FactsArrived', facts });
      present.publish();
    },
    async suffer({ fault, ...asker }) {
      arrive(asker, { type: 'FaultArrived', fault });
      present.publish();
    },
    async type({ line, on, ...asker }) {
      const arrival = arrive(asker, { type: 'LineArrived', line, ...(on !== undefined && { on }) });
      present.publish();
      return commandOfArrival(arrival);
    },
    subscribe: present.subscribe,
    nextDue: () => run.agenda.peek()?.at,
    advance(until) {
      while (live.step(until));
      present.waitUntil(until);
    },
    step(until) {
      const isDone = present.step(until);
      present.publish();
      return isDone;
    },
  };
  if (log.length === 0) live.advance(0);
  return live;
}

/** Lets something in, and hands back the number of its arrival. */
type Door = (asker: Asker, arriving: Arriving) => number;

function doorOf(run: Run<World, Event>, present: Present): Door {
  const sessions = new Map<string, number>();
  return ({ client, command, session }, arriving) => {
    const number = session === undefined ? undefined : (sessions.get(session) ?? sessions.size + 1);
    if (session !== undefined && number !== undefined) sessions.set(session, number);
    const { tables } = run.world.store;
    const arrival = (tables.arrivals.read('latest', run.world.seq)?.arrival ?? 0) + 1;
    const by = {
      client,
      ...(command !== undefined && { command }),
      ...(number !== undefined && { session: number }),
    };
    present.enter(CLIENT, arrivalKey(arrival), { ...arriving, arrival, ...by });
    return arrival;
  };
}

type Arriving =
  | Pick<Extract<ArrivalEvent, { type: 'RequestArrived' }>, 'type' | 'request'>
  | Pick<Extract<ArrivalEvent, { type: 'LineArrived' }>, 'type' | 'line' | 'on'>
  | Pick<Extract<ArrivalEvent, { type: 'FaultArrived' }>, 'type' | 'fault'>
  | Pick<Extract<ArrivalEvent, { type: 'FactsArrived' }>, 'type' | 'facts'>;

/** The cluster of a world. */
export function settingsIn({ store, seq }: World): ClusterSettings {
  const settings = store.tables.settings.read('cluster', seq);
  if (!settings) throw new Error('there is no cluster yet');
  return settings;
}

/** What writes nothing, whatever is answered. */
export function isRead({ verb, dryRun }: Request): boolean {
  return verb === 'get' || verb === 'list' || dryRun === true;
}

/** What the API server answers to a request that changes nothing. */
export function readIn(world: World, request: Request, at: Millis): Response {
  const { tables } = world.store;
  const rows = rowReader({ tables, seq: world.seq });
  return silence(rows, settingsIn(world)) ?? decide(world, request, { actor: CLIENT, at }).response;
}
