import type { Files } from '../cluster/clients/files.ts';
import type { Event } from '../cluster/contract/event.ts';
import { isEqualJson } from '../cluster/objects/json.ts';
import { viewOf } from '../cluster/world/view-of.ts';
import { branchWorld, emptyWorld, type World } from '../cluster/world/world.ts';
import type { Entry } from '../kernel/log/entry.ts';
import { commits, type Run, startRun, step } from '../kernel/run/run.ts';
import { formatGoDuration } from '../kernel/time/go-duration.ts';
import type { Millis } from '../kernel/time/millis.ts';
import { loadScenario } from '../scenario/language/load-scenario.ts';
import type { ScenarioDocument, StepDocument } from '../scenario/language/schema/scenario-schema.ts';
import { modelOf } from '../scenario/play.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { commandOfStep } from '../scenario/teller/command-of-step.ts';
import { nextMove } from '../scenario/teller/next-move.ts';
import { Refused } from './refused.ts';

export interface TellOptions {
  /** Nobody minds how its command ends. */
  readonly mayFail?: boolean;
}

/**
 * A scenario that is written while it is played, a step at a time: each is checked as one of a file is, told
 * by the same teller, and stands in the same log.
 */
export interface GrowingStory {
  /** As it has been written so far. */
  document(): ScenarioDocument;
  files(): Files;
  scenario(): Scenario;
  log(): readonly Entry<Event>[];
  world(): World;
  /** Virtual milliseconds. */
  now(): Millis;
  /** What lies in the folder where lines are typed. */
  place(files: Files): void;
  /** A step as it would be told next, read and checked. Throws Refused. */
  compiled(step: StepDocument): Scenario;
  /** Tells a step to its end; the seq of its first entry. Throws Refused. */
  tell(step: StepDocument, options?: TellOptions): number;
  /** Lets time pass without a step until something is so, at most to a time; whether it came to be so. */
  passUntil(limit: Millis, isSo: (world: World, now: Millis) => boolean): boolean;
  /** Another story that goes on from here, or from an earlier place. */
  branch(from?: Partial<Stand>): GrowingStory;
}

/** Where a story stands. */
export interface Stand {
  readonly document: ScenarioDocument;
  readonly files: Files;
  readonly scenario?: Scenario;
  readonly log: readonly Entry<Event>[];
  readonly world: World;
  readonly clock: Millis;
  /** Time has passed without a step. */
  readonly isIdle: boolean;
}

const ENTRY = 'scenario.yaml';

/** A story that goes on from where another one stands. */
function storyFrom(stand: Stand): GrowingStory {
  const state: State = { ...stand, log: [...stand.log] };
  const begun = (): Scenario => state.scenario ?? begin(state);
  return {
    document: () => state.document,
    files: () => state.files,
    scenario: begun,
    log() {
      begun();
      return state.log;
    },
    world() {
      begun();
      return state.world;
    },
    now: () => state.clock,
    place(more) {
      state.files = { ...state.files, ...more };
    },
    compiled: (told) => compiled(state, told),
    tell: (told, options) => tell(state, told, options),
    passUntil(limit, isSo) {
      const told = begun();
      if (isSo(state.world, state.clock)) return true;
      const run = startRun(modelOf(told), state.world, state.log);
      state.isIdle = true;
      for (const commit of commits(run, limit)) {
        take(state, run, commit);
        if (isSo(state.world, state.clock)) return true;
      }
      state.clock = Math.max(state.clock, limit);
      return false;
    },
    branch(other = {}) {
      begun();
      const from: Stand = { ...state, ...other };
      return storyFrom({ ...from, world: branchWorld(from.world) });
    },
  };
}

type State = { -readonly [Field in keyof Stand]: Stand[Field] } & { readonly log: Entry<Event>[] };

function take(state: State, run: Run<World, Event>, commit: readonly Entry<Event>[]): void {
  state.log.push(...commit);
  state.world = run.world;
  state.clock = Math.max(state.clock, run.now);
}

function begin(state: State): Scenario {
  const { document, files } = state;
  const told: Scenario = { ...compile({ ...document, steps: [NOTHING] }, files), steps: [], isOpen: true };
  state.scenario = told;
  play(state, told);
  return told;
}

/** Plays until the story waits for a further step. */
function play(state: State, told: Scenario): void {
  const run = startRun(modelOf(told), state.world, state.log);
  const nextMoveNow = () => nextMoveOf(told, state.world, state.clock);
  for (let move = nextMoveNow(); move; ) {
    // Work done at this very instant may stand after the teller's: then its turn comes a moment later.
    const limit = Math.max(move.at, state.clock + 1);
    const commit = step(run, limit);
    if (commit) take(state, run, commit);
    else state.clock = limit;
    if (state.clock >= move.at || commit?.some(movesStory)) move = nextMoveNow();
  }
}

/** Time that has passed without a step is told by the next one. */
function timed({ isIdle, clock }: State, told: StepDocument): StepDocument {
  return isIdle && told.at === undefined ? { at: formatGoDuration(clock), ...told } : told;
}

function compiled(state: State, told: StepDocument): Scenario {
  const { document, files, scenario } = state;
  const next = compile({ ...document, steps: [...document.steps, timed(state, told)] }, files);
  if (scenario) demandSettings(scenario, next);
  return { ...next, isOpen: true };
}

function tell(state: State, told: StepDocument, { mayFail = false }: TellOptions = {}): number {
  const next = compiled(state, told);
  const first = state.log.length + 1;
  const { document } = state;
  state.document = { ...document, steps: [...document.steps, timed(state, told)] };
  state.scenario = mayFail ? withoutSuccess(next) : next;
  state.isIdle = false;
  play(state, state.scenario);
  if (mayFail) state.document = withExitCode(state.document, state.world);
  return first;
}

/** What a scenario that has no step yet is read with: one has at least one. */
const NOTHING: StepDocument = { wait: '0s' };

/** A story in a cluster in which nothing has happened yet. */
export function newStory(document: ScenarioDocument, files: Files): GrowingStory {
  return storyFrom({ document, files, log: [], world: emptyWorld(), clock: 0, isIdle: false });
}

function nextMoveOf(scenario: Scenario, world: World, at: Millis): { readonly at: Millis } | undefined {
  const view = viewOf(world);
  return view ? nextMove(scenario, view, at) : { at };
}

/** What may be the end of what a story waits for. */
function movesStory({ actor, event }: Entry<Event>): boolean {
  return actor === 'scenario' || event.type === 'CommandEnded';
}

function withoutSuccess(scenario: Scenario): Scenario {
  const steps = scenario.steps.map((each, index) =>
    index < scenario.steps.length - 1
      ? each
      : { ...each, parts: each.parts.filter(({ kind }) => kind !== 'success') },
  );
  return { ...scenario, steps };
}

/** What is written down says how the command ended, since that it must not fail goes without saying. */
function withExitCode(document: ScenarioDocument, { store, seq }: World): ScenarioDocument {
  const { steps } = document;
  const exitCode = store.tables.commands.read(commandOfStep(steps.length), seq)?.exitCode;
  if (!exitCode) return document;
  return {
    ...document,
    steps: steps.map((each, index) => (index < steps.length - 1 ? each : { ...each, expect: { exitCode } })),
  };
}

function compile(document: ScenarioDocument, files: Files): Scenario {
  const texts = { ...files, [ENTRY]: JSON.stringify(document, null, 2) };
  const { scenario, diagnostics } = loadScenario(texts, ENTRY);
  if (scenario) return scenario;
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  throw new Refused(
    errors
      .map(({ file, line, column, message, hint }) => {
        const place = file === ENTRY ? '' : `${file}:${line}:${column}: `;
        return `${place}${message}${hint === undefined ? '' : ` (${hint})`}`;
      })
      .join('\n'),
  );
}

/** A cluster that has begun is what it is: what a later manifest counts on must be said at the beginning. */
function demandSettings({ settings: before }: Scenario, { settings: now }: Scenario): void {
  const keys = [...new Set([...Object.keys(before), ...Object.keys(now)])] as (keyof typeof now)[];
  const others = keys.filter((key) => !isEqualJson(before[key] ?? null, now[key] ?? null));
  if (others.length === 0) return;
  const wanted = others.map((key) => `${key}: ${JSON.stringify(now[key])}`).join(', ');
  throw new Refused(
    `this counts on something that the cluster does not have, and it has begun already: say ${wanted} in cluster({…})`,
  );
}
