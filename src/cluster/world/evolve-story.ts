import type { Entry } from '../../kernel/log/entry.ts';
import type { Tables } from '../../kernel/table/store.ts';
import type { ArrivalEvent } from '../contract/arrival-event.ts';
import type { CommandRow, StoryRow } from '../contract/client-rows.ts';
import type { Event } from '../contract/event.ts';
import type { StoryEvent } from '../contract/story-event.ts';
import { without } from '../objects/json.ts';
import type { WorldRows } from './world.ts';

type Told =
  | Exclude<StoryEvent, { type: 'NoticeGiven' | 'TrafficTold' | 'CheckpointReached' | 'QuestionAsked' }>
  | ArrivalEvent;

const TOLD: Readonly<Record<Told['type'], true>> = {
  ScenarioOpened: true,
  StepBegan: true,
  CommandTyped: true,
  CommandProgressed: true,
  CommandPrinted: true,
  CommandEnded: true,
  ValueCaptured: true,
  ExpectationMet: true,
  ExpectationMissed: true,
  InvariantWatched: true,
  InvariantBroken: true,
  InvariantMet: true,
  HoldingBegan: true,
  HoldingEnded: true,
  FaultLasts: true,
  FaultEnded: true,
  ScenarioEnded: true,
  StoryHandedOver: true,
  BranchBegan: true,
  RequestArrived: true,
  LineArrived: true,
  FactsArrived: true,
  FaultArrived: true,
};

/** Whether an event is of the frame in which the cluster's events stand. */
export function isTold<Of extends Event>(event: Of): event is Of & Told {
  return Object.hasOwn(TOLD, event.type);
}

/** The frame in which the cluster's events stand: steps, commands and what became of the expectations. */
export function evolveStory(tables: Tables<WorldRows>, event: Told, entry: Entry<Event>): void {
  switch (event.type) {
    case 'CommandTyped': {
      tables.commands.write(event.command, typed(event, entry.at), entry.seq);
      // What somebody else types at a prompt is not the story's.
      const story = TELLERS.has(entry.actor) && tables.story.read('story', entry.seq);
      if (story) tables.story.write('story', { ...story, command: event.command }, entry.seq);
      return;
    }
    case 'CommandProgressed':
    case 'CommandPrinted':
    case 'CommandEnded': {
      const row = tables.commands.read(event.command, entry.seq);
      if (!row) throw new Error(`entry ${entry.seq} is of command ${event.command}, which was never typed`);
      tables.commands.write(event.command, commandAfter(row, event, entry), entry.seq);
      return;
    }
    case 'RequestArrived':
    case 'LineArrived':
    case 'FaultArrived':
    case 'FactsArrived':
      tables.arrivals.write('latest', { ...event, at: entry.at }, entry.seq);
      return;
    default: {
      const row = tables.story.read('story', entry.seq) ?? UNTOLD;
      tables.story.write('story', storyAfter(row, event, entry), entry.seq);
    }
  }
}

/** The scenario's teller, and whoever has taken the story over from it. */
const TELLERS: ReadonlySet<string> = new Set(['scenario', 'you']);

/** Before the scenario has been opened. */
export const UNTOLD: StoryRow = {
  step: 0,
  stepBeganAt: 0,
  judged: 0,
  toldAt: 0,
  captured: {},
  invariants: {},
  missed: 0,
  ended: false,
};

function typed(event: Extract<Told, { type: 'CommandTyped' }>, at: number): CommandRow {
  const { command: id, line, on, background = false, job } = event;
  const how = { ...(on !== undefined && { on }), ...(job !== undefined && { job }) };
  return { id, line, typedAt: at, background, ...how, stdout: '', stderr: '' };
}

type CommandEvent = Extract<Told, { type: 'CommandProgressed' | 'CommandPrinted' | 'CommandEnded' }>;

function commandAfter(row: CommandRow, event: CommandEvent, entry: Entry<Event>): CommandRow {
  const next: { -readonly [Field in keyof CommandRow]: CommandRow[Field] } = { ...row };
  switch (event.type) {
    case 'CommandProgressed':
      next.state = event.state;
      if (event.wakeAt === undefined) return without(next, 'wakeAt');
      next.wakeAt = event.wakeAt;
      break;
    case 'CommandPrinted':
      next.stdout += event.stdout ?? '';
      next.stderr += event.stderr ?? '';
      break;
    case 'CommandEnded':
      next.exitCode = event.exitCode;
      next.endedAt = entry.at;
      return without(next, 'wakeAt');
  }
  return next;
}

function storyAfter(
  row: StoryRow,
  event: Exclude<Told, CommandEvent | ArrivalEvent | { type: 'CommandTyped' }>,
  entry: Entry<Event>,
): StoryRow {
  switch (event.type) {
    case 'ScenarioOpened':
      return { ...row, toldAt: entry.at };
    case 'StepBegan':
      return {
        ...without(without(row, 'heldSince'), 'phase'),
        ...(event.phase && { phase: event.phase }),
        step: event.step,
        stepBeganAt: entry.at,
        judged: 0,
        toldAt: entry.at,
        ...(row.own !== undefined && { own: row.own + 1 }),
      };
    case 'ValueCaptured': {
      const captured = { ...row.captured, [event.name]: event.value };
      return { ...row, captured, judged: event.part + 1, toldAt: entry.at };
    }
    case 'ExpectationMet':
      return { ...without(row, 'heldSince'), judged: event.part + 1, toldAt: entry.at };
    case 'ExpectationMissed': {
      const missed = row.missed + 1;
      return { ...without(row, 'heldSince'), judged: event.part + 1, toldAt: entry.at, missed };
    }
    case 'HoldingBegan':
      if (!('invariant' in event)) return { ...row, heldSince: entry.at };
      return { ...row, holdings: { ...row.holdings, [event.invariant]: entry.at } };
    case 'HoldingEnded':
      if (!('invariant' in event)) return without(row, 'heldSince');
      return { ...row, holdings: without(row.holdings ?? {}, String(event.invariant)) };
    case 'InvariantWatched': {
      const invariants = { ...row.invariants, [event.invariant]: 'watched' as const };
      return { ...row, invariants, holdings: { ...row.holdings, [event.invariant]: entry.at } };
    }
    case 'InvariantMet':
      return { ...row, invariants: { ...row.invariants, [event.invariant]: 'met' } };
    case 'InvariantBroken': {
      const invariants = { ...row.invariants, [event.invariant]: 'broken' as const };
      return { ...row, invariants, missed: row.missed + 1 };
    }
    case 'FaultLasts': {
      const { step, until, mend } = event;
      return { ...row, faults: { ...row.faults, [step]: { until, mend } } };
    }
    case 'FaultEnded':
      return { ...row, faults: without(row.faults ?? {}, String(event.step)) };
    case 'BranchBegan':
      // What the story itself expects, and has missed, is not the branch's.
      return { ...without(row, 'holdings'), branch: event.name, invariants: {}, missed: 0, toldAt: entry.at };
    case 'ScenarioEnded':
      return { ...row, ended: true };
    case 'StoryHandedOver':
      // A story that has ended goes on where somebody takes it over.
      return { ...row, ended: false, own: 0, toldAt: entry.at };
  }
}
