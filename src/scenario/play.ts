import type { Event } from '../cluster/contract/event.ts';
import type { StoryEvent } from '../cluster/contract/story-event.ts';
import { folderClients } from '../cluster/gitops/folder-clients.ts';
import { createClusterModel } from '../cluster/model.ts';
import { emptyWorld, type World } from '../cluster/world/world.ts';
import type { Outcomes } from '../kernel/chance/outcomes.ts';
import type { Entry } from '../kernel/log/entry.ts';
import type { Model } from '../kernel/run/agenda.ts';
import { commits, type Run, startRun } from '../kernel/run/run.ts';
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
}

/**
 * The model of a scenario: its cluster, whoever types in it, and the teller. It ends when the scenario has
 * ended; where somebody takes it over it goes on for ever.
 */
export function modelOf(
  scenario: Scenario,
  { seed, outcomes, typed = [] }: PlayOptions = {},
): Model<World, Event> {
  const settings = {
    ...scenario.settings,
    ...(seed !== undefined && { seed }),
    ...(outcomes && { outcomes }),
  };
  const clients = [...folderClients(settings, scenario.files), createTeller(scenario)];
  if (typed.length === 0) return untilEnded(createClusterModel(settings, clients));
  return createClusterModel(settings, [...clients, createHand(typed)]);
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
