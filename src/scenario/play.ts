import type { Event } from '../cluster/contract/event.ts';
import type { StoryEvent } from '../cluster/contract/story-event.ts';
import { folderClients } from '../cluster/gitops/folder-clients.ts';
import { createClusterModel } from '../cluster/model.ts';
import { emptyWorld, type World } from '../cluster/world/world.ts';
import type { Outcomes } from '../kernel/chance/outcomes.ts';
import type { Entry } from '../kernel/log/entry.ts';
import type { Model } from '../kernel/run/agenda.ts';
import { commits, type Run, startRun } from '../kernel/run/run.ts';
import type { Arrival } from './arrival.ts';
import { type Answered, createArrivals } from './arrivals.ts';
import { createHand } from './hand.ts';
import type { Scenario } from './scenario.ts';
import { createTeller } from './teller/teller.ts';
import type { Typed } from './typed-line.ts';
import { untilEnded } from './until-ended.ts';

export interface PlayOptions {
  /** Another of the possible runs than the scenario's own. */
  readonly seed?: string;
  /** Draws whose outcomes are known, by `outcomeKey`. */
  readonly outcomes?: Outcomes;
  /** What somebody types who takes the story over: all of it, from the first line on. */
  readonly typed?: readonly Typed[];
  /** What comes from outside, as a log has it. With it, or with none, the run is open and never ends. */
  readonly arrivals?: readonly Arrival[];
  /** Is told what requests from outside are answered with. */
  readonly answered?: Answered;
}

/**
 * The model of a scenario: its cluster, whoever types in it, and the teller. It ends when the scenario has
 * ended; where somebody takes it over, or asks from outside, it goes on for ever.
 */
export function modelOf(
  scenario: Scenario,
  { seed, outcomes, typed = [], arrivals, answered }: PlayOptions = {},
): Model<World, Event> {
  const settings = {
    ...scenario.settings,
    ...(seed !== undefined && { seed }),
    ...(outcomes && { outcomes }),
  };
  const typing = folderClients(settings, scenario.files);
  const hand = typed.length === 0 ? [] : [createHand(typed)];
  if (arrivals) {
    // A cluster that somebody has for himself tells no story.
    const telling = scenario.steps.length === 0 ? [] : [createTeller(scenario)];
    const clients = [...typing, ...telling, ...hand, createArrivals(arrivals, answered)];
    return createClusterModel(settings, clients);
  }
  const model = createClusterModel(settings, [...typing, createTeller(scenario), ...hand]);
  return hand.length === 0 ? untilEnded(model) : model;
}

/** A run of a scenario from its beginning. */
export function startScenario(scenario: Scenario, options?: PlayOptions): Run<World, Event> {
  return startRun(modelOf(scenario, options), emptyWorld());
}

/** What was expected and was not so, in the order in which it was found. */
export type Missed = Extract<StoryEvent, { type: 'ExpectationMissed' | 'InvariantBroken' }>;

export interface ScenarioResult {
  readonly passed: boolean;
  readonly missed: readonly Missed[];
  readonly log: readonly Entry<Event>[];
}

/** Runs a scenario to its end and keeps its whole log. */
export function runScenario(scenario: Scenario, options?: PlayOptions): ScenarioResult {
  const log = [...commits(startScenario(scenario, options))].flat();
  const missed = log.flatMap(({ event }) =>
    event.type === 'ExpectationMissed' || event.type === 'InvariantBroken' ? [event] : [],
  );
  return { passed: log.some(({ event }) => event.type === 'ScenarioEnded' && event.passed), missed, log };
}
