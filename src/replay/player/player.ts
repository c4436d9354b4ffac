import { firstAbove } from '../../kernel/table/first-above.ts';
import type { Millis } from '../../kernel/time/millis.ts';
import type { Condition } from '../condition.ts';
import { type Followed, nextChange, previousChange } from '../object-changes.ts';
import { momentNamed } from '../place.ts';
import type { Query } from '../query.ts';
import { findNext, findPrevious, type ShownText } from '../search.ts';
import {
  commitOf,
  type Moment,
  momentAt,
  momentAtTime,
  momentOf,
  nextBeat,
  nextStep,
  nextStop,
  playedInAll,
  previousBeat,
  previousStep,
  previousStop,
  readingLeft,
} from '../seek.ts';
import type { Timeline } from '../timeline.ts';
import { notableCauses } from '../why.ts';
import { firstStop, type Stop, type StopReason, type StopsAt } from './stopping.ts';

/** Where somebody stands in a timeline, and whether time goes on by itself. */
export interface Player {
  /** seq of the last entry that is past: the end of a commit, or 0. */
  readonly cursor: number;
  /** Virtual milliseconds; while playing it runs between entries, otherwise it is the cursor's. */
  readonly clock: Millis;
  /** Milliseconds of playing, at speed 1, from the beginning to here. */
  readonly played: number;
  readonly playing: boolean;
  /** Milliseconds of playing that go by in a real one. */
  readonly speed: number;
  /** Every commit counts, also those that only keep the components' books. */
  readonly detailed: boolean;
  /** Places to come back to, ascending. */
  readonly bookmarks: readonly number[];
  /** What was looked for last is not there. */
  readonly isLost?: true;
  /** The etcd key of the object that the reader follows. */
  readonly selected?: string;
  readonly stopsAt?: StopsAt;
  /** Playing has stopped by itself, and why. */
  readonly stopped?: StopReason;
}

export type PlayerCommand =
  | { readonly type: 'stepForward' }
  | { readonly type: 'stepBack' }
  | { readonly type: 'nextStep' }
  | { readonly type: 'previousStep' }
  /** To what caused the entry that one stands at. */
  | { readonly type: 'toCause' }
  | { readonly type: 'toStart' }
  | { readonly type: 'toEnd' }
  /** To a part of the whole, 0 to 1, as it plays. */
  | { readonly type: 'seekPart'; readonly part: number }
  /** By virtual milliseconds, either way. */
  | { readonly type: 'seekBy'; readonly ms: Millis }
  | { readonly type: 'togglePlay' }
  | { readonly type: 'toggleDetail' }
  /** To where a person says: a time, an entry, a step. */
  | { readonly type: 'toNamed'; readonly name: string }
  | {
      readonly type: 'find';
      readonly query: Query;
      readonly way: Way;
      readonly shown?: ShownText;
    }
  | { readonly type: 'toChange'; readonly of: Followed; readonly way: Way }
  | { readonly type: 'toggleBookmark' }
  /** The reader has seen what became of the command before. */
  | { readonly type: 'heed' }
  /** Follows an object from now on, by its etcd key; without one, none. */
  | { readonly type: 'select'; readonly key?: string }
  /** Whether playing stops by itself where something goes wrong, or where the followed object changes. */
  | { readonly type: 'toggleStop'; readonly at: 'warnings' | 'changes' }
  /** Plays until something comes to be so. */
  | { readonly type: 'until'; readonly condition: Condition }
  /** To the next bookmark; after the last comes the first. */
  | { readonly type: 'toBookmark' }
  | { readonly type: 'faster' }
  | { readonly type: 'slower' }
  /** Real milliseconds have gone by. */
  | { readonly type: 'tick'; readonly ms: number };

/** Onward in time, or back. */
export type Way = 'next' | 'previous';

const SPEEDS = [0.25, 0.5, 1, 2, 4, 8, 16, 32, 64] as const;

export const START: Player = {
  cursor: 0,
  clock: 0,
  played: 0,
  playing: false,
  speed: 1,
  detailed: false,
  bookmarks: [],
};

/**
 * The player after a command. It holds no timeline: the same player can look at one that has grown meanwhile.
 */
export function play(player: Player, command: PlayerCommand, timeline: Timeline): Player {
  if (command.type === 'tick') return tick(player, command.ms, timeline);
  const { isLost: _, stopped: __, ...found } = player;
  return obeyed(found, command, timeline);
}

function obeyed(
  player: Player,
  command: Exclude<PlayerCommand, { type: 'tick' }>,
  timeline: Timeline,
): Player {
  switch (command.type) {
    case 'stepForward':
      return paused(goTo(player, (player.detailed ? nextStop : nextBeat)(timeline, player.cursor), timeline));
    case 'stepBack':
      return stepBack(player, timeline);
    case 'nextStep':
      return { ...player, ...nextStep(timeline, player.cursor) };
    case 'previousStep':
      return { ...player, ...previousStep(timeline, player.cursor) };
    case 'toCause':
      return toCause(player, timeline);
    case 'toStart':
      return goTo(player, 0, timeline);
    case 'toEnd':
      return paused(goTo(player, timeline.stops.at(-1) ?? 0, timeline));
    case 'seekPart':
      return { ...player, ...momentAt(timeline, playedInAll(timeline) * command.part) };
    case 'seekBy':
      return { ...player, ...momentAtTime(timeline, player.clock + command.ms) };
    case 'togglePlay':
      return togglePlay(player, timeline);
    case 'toNamed':
      return toNamed(player, command.name, timeline);
    case 'find':
      return toEntry(player, soughtBy(player, command, timeline), timeline);
    case 'toChange':
      return toEntry({ ...player, selected: command.of.key }, soughtBy(player, command, timeline), timeline);
    case 'toggleBookmark':
      return toggleBookmark(player);
    case 'toBookmark':
      return toBookmark(player, timeline);
    case 'heed':
      return player;
    case 'select':
      return select(player, command.key);
    case 'toggleStop':
      return { ...player, stopsAt: toggled(player.stopsAt ?? {}, command.at) };
    case 'until':
      return playOn({ ...player, stopsAt: { ...player.stopsAt, until: command.condition } }, timeline);
    case 'toggleDetail':
      return { ...player, detailed: !player.detailed };
    case 'faster':
    case 'slower':
      return { ...player, speed: nextSpeed(player.speed, command.type) };
  }
}

/** Nothing more will come after where the player stands. */
export function isAtEnd({ cursor }: Player, { complete, stops }: Timeline): boolean {
  return complete && cursor === (stops.at(-1) ?? 0);
}

/** The entry that a reader at the cursor looks at: the last one that says something. */
export function selectedEntry({ cursor, detailed }: Player, { notable }: Timeline): number {
  return detailed ? cursor : (notable[firstAbove(notable, cursor) - 1] ?? cursor);
}

function goTo(player: Player, cursor: number, timeline: Timeline): Player {
  return { ...player, ...momentOf(timeline, cursor) };
}

function paused(player: Player): Player {
  return { ...player, playing: false };
}

/** Between two entries, the one before is the one that has happened last. */
function stepBack(player: Player, timeline: Timeline): Player {
  const { cursor, clock, detailed } = player;
  const isAfter = clock > timeline.timeOf(cursor);
  const before = (detailed ? previousStop : previousBeat)(timeline, cursor);
  return paused(goTo(player, isAfter ? cursor : before, timeline));
}

function toNamed(player: Player, name: string, timeline: Timeline): Player {
  const moment = momentNamed(timeline, name);
  return moment ? { ...player, ...moment } : { ...player, isLost: true };
}

function toEntry(player: Player, seq: number | undefined, timeline: Timeline): Player {
  if (seq === undefined) return { ...paused(player), isLost: true };
  return paused(goTo(player, commitOf(timeline, seq), timeline));
}

type Sought = Extract<PlayerCommand, { type: 'find' | 'toChange' }>;

/** One stands after whole commits, so what is looked for is in the commits before this one, or after it. */
function soughtBy(player: Player, command: Sought, timeline: Timeline): number | undefined {
  const isOnward = command.way === 'next';
  const from = isOnward ? player.cursor : previousStop(timeline, player.cursor) + 1;
  if (command.type === 'toChange')
    return (isOnward ? nextChange : previousChange)(timeline, command.of, from);
  const among = player.detailed ? 'all' : 'notable';
  const { query, shown } = command;
  return (isOnward ? findNext : findPrevious)(timeline, query, { from, among, shown });
}

function toggleBookmark(player: Player): Player {
  const { bookmarks, cursor } = player;
  const others = bookmarks.filter((each) => each !== cursor);
  const isNew = others.length === bookmarks.length;
  return { ...player, bookmarks: isNew ? [...bookmarks, cursor].sort((a, b) => a - b) : others };
}

function toBookmark(player: Player, timeline: Timeline): Player {
  const next = player.bookmarks.find((each) => each > player.cursor) ?? player.bookmarks[0];
  return next === undefined ? { ...player, isLost: true } : paused(goTo(player, next, timeline));
}

function toCause(player: Player, timeline: Timeline): Player {
  const cause = notableCauses(timeline, selectedEntry(player, timeline)).next().value;
  return paused(cause ? goTo(player, commitOf(timeline, cause.seq), timeline) : player);
}

/**
 * Whoever starts to play has read what there is, so time goes on at once. From the end it begins anew.
 */
function togglePlay(player: Player, timeline: Timeline): Player {
  return player.playing ? paused(player) : playOn(player, timeline);
}

function playOn(player: Player, timeline: Timeline): Player {
  const from: Moment = isAtEnd(player, timeline) ? nextStep(timeline, 0) : player;
  const left = isAtEnd(player, timeline) ? 0 : readingLeft(timeline, from.played);
  return { ...player, ...from, played: from.played + left, playing: true };
}

/** Playing stops at the end of the log; at the end of one that still grows, it waits. */
function tick(player: Player, ms: number, timeline: Timeline): Player {
  if (!player.playing) return player;
  const next = { ...player, ...momentAt(timeline, player.played + ms * player.speed) };
  const { stopsAt, selected, cursor } = player;
  const stop = stopsAt && firstStop(timeline, stopsAt, { from: cursor, to: next.cursor, selected });
  return stop ? stoppedAt(player, stop, timeline) : { ...next, playing: !isAtEnd(next, timeline) };
}

/** What it was waiting for has come, and is not waited for again. */
function stoppedAt({ stopsAt = {}, ...player }: Player, { seq, reason }: Stop, timeline: Timeline): Player {
  const { until, ...others } = stopsAt;
  const left = reason === 'condition' || until === undefined ? others : stopsAt;
  return {
    ...paused(goTo(player, commitOf(timeline, seq), timeline)),
    ...(Object.keys(left).length > 0 && { stopsAt: left }),
    stopped: reason,
  };
}

function select({ selected: _, ...player }: Player, key: string | undefined): Player {
  return key === undefined ? player : { ...player, selected: key };
}

function toggled(stops: StopsAt, at: 'warnings' | 'changes'): StopsAt {
  const { [at]: isOn, ...others } = stops;
  return isOn ? others : { ...stops, [at]: true };
}

function nextSpeed(speed: number, way: 'faster' | 'slower'): number {
  if (way === 'faster') return SPEEDS.find((each) => each > speed) ?? speed;
  return SPEEDS.findLast((each) => each < speed) ?? speed;
}
