import type { Millis } from '../../kernel/time/millis.ts';
import { nextStep, nextStop, previousStep, previousStop, stopAtPart, stopAtTime } from '../seek.ts';
import type { Timeline } from '../timeline.ts';

/** Where somebody stands in a timeline, and whether time goes on by itself. */
export interface Player {
  /** seq of the last entry that is past: the end of a commit, or 0. */
  readonly cursor: number;
  /** Virtual milliseconds; while playing it runs between entries, otherwise it is the cursor's. */
  readonly clock: Millis;
  readonly playing: boolean;
  /** Virtual milliseconds that go by in a real one. */
  readonly speed: number;
}

export type PlayerCommand =
  | { readonly type: 'stepForward' }
  | { readonly type: 'stepBack' }
  | { readonly type: 'nextStep' }
  | { readonly type: 'previousStep' }
  | { readonly type: 'toStart' }
  | { readonly type: 'toEnd' }
  /** To a part of the whole, 0 to 1. */
  | { readonly type: 'seekPart'; readonly part: number }
  /** By virtual milliseconds, either way. */
  | { readonly type: 'seekBy'; readonly ms: Millis }
  | { readonly type: 'togglePlay' }
  | { readonly type: 'faster' }
  | { readonly type: 'slower' }
  /** Real milliseconds have gone by. */
  | { readonly type: 'tick'; readonly ms: number };

const SPEEDS = [0.25, 0.5, 1, 2, 4, 8, 16, 32, 64] as const;

export const START: Player = { cursor: 0, clock: 0, playing: false, speed: 1 };

/**
 * The player after a command. It holds no timeline: the same player can look at one that has grown meanwhile.
 */
export function play(player: Player, command: PlayerCommand, timeline: Timeline): Player {
  switch (command.type) {
    case 'stepForward':
      return standAt(player, nextStop(timeline, player.cursor), timeline);
    case 'stepBack':
      return standAt(player, previousStop(timeline, player.cursor), timeline);
    case 'nextStep':
      return standAt(player, nextStep(timeline, player.cursor), timeline);
    case 'previousStep':
      return standAt(player, previousStep(timeline, player.cursor), timeline);
    case 'toStart':
      return standAt(player, 0, timeline);
    case 'toEnd':
      return standAt(player, stopAtPart(timeline, 1), timeline);
    case 'seekPart':
      return standAt(player, stopAtPart(timeline, command.part), timeline);
    case 'seekBy':
      return seekTo(player, player.clock + command.ms, timeline);
    case 'togglePlay':
      return { ...player, playing: !player.playing };
    case 'faster':
    case 'slower':
      return { ...player, speed: nextSpeed(player.speed, command.type) };
    case 'tick':
      return tick(player, command.ms, timeline);
  }
}

function standAt(player: Player, cursor: number, timeline: Timeline): Player {
  return { ...player, playing: false, cursor, clock: timeline.timeOf(cursor) };
}

function seekTo(player: Player, at: Millis, timeline: Timeline): Player {
  const clock = Math.min(Math.max(at, 0), timeline.duration);
  return { ...player, clock, cursor: stopAtTime(timeline, clock) };
}

/** Playing stops at the end of what there is. */
function tick(player: Player, ms: number, timeline: Timeline): Player {
  if (!player.playing) return player;
  const next = seekTo(player, player.clock + ms * player.speed, timeline);
  return next.clock >= timeline.duration ? { ...next, playing: false } : next;
}

function nextSpeed(speed: number, way: 'faster' | 'slower'): number {
  if (way === 'faster') return SPEEDS.find((each) => each > speed) ?? speed;
  return SPEEDS.findLast((each) => each < speed) ?? speed;
}
