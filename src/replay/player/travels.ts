import { firstAbove } from '../../kernel/table/first-above.ts';
import type { Millis } from '../../kernel/time/millis.ts';
import { branchesOf } from '../../scenario/branch-scenario.ts';
import type { Scenario } from '../../scenario/scenario.ts';
import type { Typed } from '../../scenario/typed-line.ts';
import { type Fork, fork, refusalToFork } from '../fork.ts';
import { forkStory } from '../fork-story.ts';
import { type Answer, type Answers, firstUnanswered, isRight, openQuestion, questionKey } from '../quiz.ts';
import { momentOf } from '../seek.ts';
import type { Timeline } from '../timeline.ts';
import { typedIn } from '../typed.ts';
import { type Player, type PlayerCommand, play, START } from './player.ts';

/** A log among those that one goes to and fro between, and where one stands in it. */
export interface Branch {
  readonly name: string;
  readonly timeline: Timeline;
  readonly player: Player;
  /** seq of the furthest place that one has been at: nothing of it is ever thrown away. */
  readonly seen: number;
  /** Which branch it left, and after which entry; absent for the log that was opened. */
  readonly from?: { readonly name: string; readonly at: number };
  /** What makes it go on; absent for the log that was opened. */
  readonly fork?: Fork;
  /** What goes on in it, where that is not what does in the log that was opened. */
  readonly scenario?: Scenario;
}

/** All branches, the opened log first, and which of them one is in. */
export interface Travels {
  readonly branches: readonly Branch[];
  readonly current: string;
  /** What the reader has said to questions. */
  readonly answers?: Answers;
  /** What became of the last command, where nothing else shows it. */
  readonly remark?: Remark;
}

export type Remark =
  | { readonly what: 'forked' | 'taken' | 'offered'; readonly name: string }
  /** The log can't be forked, or the name is not to be had. */
  | { readonly what: 'empty' | 'recorded' | 'unknown' | 'unnamed' };

export type BranchCommand =
  /** A branch from where one stands, in which all goes on as it did until something is typed. */
  | { readonly type: 'fork' }
  | {
      /** A line that changes something is typed where one stands, and one sees what becomes of it. */
      readonly type: 'write';
      readonly line: string;
      /** seq of where it is typed, if not here, and the virtual time before which it is not typed there. */
      readonly at?: number;
      readonly time?: Millis;
      /** Virtual milliseconds: where one wants to stand then. */
      readonly until?: Millis;
    }
  | { readonly type: 'toBranch'; readonly name: string }
  /** What the reader says to the question at which they stand; without it they want to be told. */
  | { readonly type: 'answer'; readonly given?: string }
  | { readonly type: 'nameBranch'; readonly of: string; readonly name: string };

export type TravelCommand = PlayerCommand | BranchCommand;

/** The scenario that the opened log is a run of. */
export interface Ground {
  readonly scenario: Scenario;
  /** Only the log is at hand: what was still to come in its story is not known, nor are its files. */
  readonly isUnknown?: true;
}

/** Begins with the one log that is opened. */
export function startTravels(timeline: Timeline, player: Player, name: string): Travels {
  return { branches: [{ name, timeline, player, seen: player.cursor }], current: name };
}

export function currentBranch({ branches, current }: Travels): Branch {
  const branch = branchNamed(branches, current) ?? branches[0];
  if (!branch) throw new Error('there is always the log that was opened');
  return branch;
}

export function branchNamed(branches: readonly Branch[], name: string): Branch | undefined {
  return branches.find((branch) => branch.name === name);
}

/** What is after a command: one has moved in a branch, or to another, or there is a new one. */
export function travel(travels: Travels, command: TravelCommand, ground: Ground | undefined): Travels {
  switch (command.type) {
    case 'fork':
      return forked(travels, ground);
    case 'write':
      return written(travels, command, ground);
    case 'toBranch': {
      const { remark: _, ...rest } = travels;
      return branchNamed(travels.branches, command.name) ? { ...rest, current: command.name } : rest;
    }
    case 'answer':
      return answered(travels, command.given);
    case 'nameBranch':
      return named(travels, command.of, command.name.trim());
    default:
      return withOffered(moved(travels, command), ground);
  }
}

function moved(travels: Travels, command: PlayerCommand): Travels {
  const branch = currentBranch(travels);
  const player = heldUp(travels, play(branch.player, command, branch.timeline));
  const { remark: _, ...rest } = travels;
  const isTick = command.type === 'tick';
  if (player === branch.player) return isTick ? travels : rest;
  const next = withBranch(rest, { ...branch, player, seen: Math.max(branch.seen, player.cursor) });
  return isTick && travels.remark ? { ...next, remark: travels.remark } : next;
}

/** A question is answered before time moves on. */
function heldUp(travels: Travels, player: Player): Player {
  const { timeline, player: before } = currentBranch(travels);
  const { answers = {} } = travels;
  const asked = firstUnanswered(timeline, answers, { from: before.cursor, to: player.cursor });
  return asked ? { ...player, ...momentOf(timeline, asked.stop), playing: false } : player;
}

function answered(travels: Travels, given: string | undefined): Travels {
  const { timeline, player } = currentBranch(travels);
  const { remark: _, answers = {}, ...rest } = travels;
  const asked = openQuestion(timeline, answers, player.cursor);
  if (!asked) return travels;
  const { question } = asked;
  const answer: Answer = given === undefined ? 'skipped' : { given, isRight: isRight(question, given) };
  return { ...rest, answers: { ...answers, [questionKey(question)]: answer } };
}

/** Who comes to where the story tells of a branch finds it among the branches. */
function withOffered(travels: Travels, ground: Ground | undefined): Travels {
  const { name, timeline, player, fork: own, scenario: told } = currentBranch(travels);
  if (!ground || ground.isUnknown) return travels;
  // What goes on in a branch of the reader's own is told where they left.
  if (own && (told?.branch !== name || own.typed.length > 0)) return travels;
  const within = told ?? ground.scenario;
  const step = firstAbove(timeline.steps, player.cursor);
  const planned = branchesOf(within).find(
    ([number, plan]) => number <= step && !branchNamed(travels.branches, plan.name),
  );
  const made = planned && forkStory(timeline, within, planned);
  if (!made) return travels;
  const { fork: branched, scenario } = made;
  const { timeline: forked, at } = branched;
  const place: Player = { ...START, ...momentOf(forked, at) };
  const from = { name, at };
  const branch: Branch = {
    ...{ name: made.name, timeline: forked, player: place, seen: at },
    ...{ from, fork: branched, scenario },
  };
  const remark: Remark = { what: 'offered', name: made.name };
  return { ...travels, branches: [...travels.branches, branch], remark };
}

function withBranch(travels: Travels, branch: Branch): Travels {
  const branches = travels.branches.map((each) => (each.name === branch.name ? branch : each));
  return { ...travels, branches };
}

function forked(travels: Travels, ground: Ground | undefined): Travels {
  const { timeline, player, name } = currentBranch(travels);
  const refusal = refusalToFork(timeline);
  if (refusal || !ground) return { ...travels, remark: { what: refusal ?? 'recorded' } };
  if (ground.isUnknown) return { ...travels, remark: { what: 'unknown' } };
  const { scenario = ground.scenario } = currentBranch(travels);
  const made = fork(timeline, { scenario, at: player.cursor });
  const place: Player = { ...player, playing: false, ...momentOf(made.timeline, made.at) };
  return withNew(travels, { of: name, made, player: place, scenario });
}

/**
 * What one has not seen yet has not happened: who types at the furthest place of a branch of their own goes
 * on in it. Anywhere else it is a branch of its own.
 */
function written(
  travels: Travels,
  { line, at, time, until }: Extract<BranchCommand, { type: 'write' }>,
  ground: Ground | undefined,
): Travels {
  const branch = currentBranch(travels);
  const { timeline, player } = branch;
  const refusal = refusalToFork(timeline);
  if (refusal || !ground) return { ...travels, remark: { what: refusal ?? 'recorded' } };
  const { scenario = ground.scenario } = branch;
  const place = at ?? player.cursor;
  const isOwn = branch.fork !== undefined && place >= branch.seen;
  const kept = isOwn ? stillToType(branch, place) : [];
  const typedAt = at === undefined ? timeAt(player, timeline) : Math.max(time ?? 0, timeline.timeOf(at));
  // Several lines typed at one instant follow one another.
  const isNext = kept.some((each) => (each.at ?? 0) >= typedAt);
  const typed = [...kept, isNext ? { line } : { line, at: typedAt }];
  const made = fork(timeline, { scenario, at: place, typed });
  const typing: Player = { ...player, ...momentOf(made.timeline, made.at), playing: until === undefined };
  if (!isOwn) return withNew(travels, { of: branch.name, made, player: typing, scenario });
  const next = { ...branch, timeline: made.timeline, fork: made, player: typing };
  return { ...withBranch(travels, next), remark: { what: 'taken', name: branch.name } };
}

/** Lines that were given here already, and that the log does not have yet where one stands. */
function stillToType({ fork: own, timeline }: Branch, place: number): readonly Typed[] {
  return own?.typed.slice(typedIn(timeline, place).length) ?? [];
}

/** Time runs between the places. */
function timeAt({ clock, cursor }: Player, timeline: Timeline): Millis {
  return Math.max(timeline.timeOf(cursor), Math.floor(clock));
}

interface Made {
  readonly of: string;
  readonly made: Fork;
  readonly player: Player;
  readonly scenario: Scenario;
}

function withNew(travels: Travels, { of, made, player, scenario }: Made): Travels {
  const { branches } = travels;
  const name = freeName(branches);
  const { timeline, at } = made;
  const branch: Branch = { name, timeline, player, seen: at, from: { name: of, at }, fork: made, scenario };
  return { ...travels, branches: [...branches, branch], current: name, remark: { what: 'forked', name } };
}

function freeName(branches: readonly Branch[]): string {
  let number = branches.length;
  while (branchNamed(branches, `branch-${number}`)) number++;
  return `branch-${number}`;
}

/** Files and scenarios are called by it too. */
const NAME = /^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$/;

function named(travels: Travels, of: string, name: string): Travels {
  const { branches, current } = travels;
  if (name === of) return travels;
  if (!NAME.test(name) || branchNamed(branches, name)) return { ...travels, remark: { what: 'unnamed' } };
  const renamed = (each: string): string => (each === of ? name : each);
  const all = branches.map((branch) => ({
    ...branch,
    name: renamed(branch.name),
    ...(branch.from && { from: { ...branch.from, name: renamed(branch.from.name) } }),
  }));
  const { remark: _, ...rest } = travels;
  return { ...rest, branches: all, current: renamed(current) };
}
