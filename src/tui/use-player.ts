import { type Key, useInput } from 'ink';
import { useEffect, useRef, useState } from 'react';
import { distinctUntilChanged, filter, interval, map, merge, Subject, scan, tap, timeInterval } from 'rxjs';
import { type Player, type PlayerCommand, play, START } from '../replay/player/player.ts';
import {
  commitOf,
  firstAbove,
  momentAtTime,
  momentOf,
  nextBeat,
  nextStep,
  readingLeft,
} from '../replay/seek.ts';
import type { UiCommand } from './keymap.ts';
import { pressed } from './pressed.ts';
import type { Session } from './session.ts';
import type { Viewing } from './use-view.ts';

/** Real milliseconds between two looks at the clock while playing. */
const TICK_MS = 50;

/**
 * Keys and the clock become commands, commands change the player. What is for the screen goes to the view.
 */
export function usePlayer(session: Session, viewing: Viewing): Player {
  const { onScreen } = viewing;
  const keys = useRef(new Subject<UiCommand>()).current;
  const [player, setPlayer] = useState<Player>(() => atStart(session));
  // Keys may come faster than frames.
  const latest = useRef(player);
  useInput((input, key) => {
    for (const press of pressesOf(input, key)) {
      const { timeline } = session;
      const room = viewing.room.current;
      const view = viewing.current();
      const result = pressed(press, { view, player: latest.current, timeline, room });
      if (result.view !== view) viewing.change(result.view);
      if (result.command) keys.next(result.command);
    }
  });
  useEffect(() => {
    const ticks$ = interval(TICK_MS).pipe(
      timeInterval(),
      map((tick): PlayerCommand => ({ type: 'tick', ms: tick.interval })),
    );
    const asked$ = keys.pipe(
      filter((key) => key.to === 'player'),
      map(({ command }) => command),
    );
    const players = merge(asked$, ticks$)
      .pipe(
        scan((state, command) => playOn(state, command, session), atStart(session)),
        tap((state) => {
          latest.current = state;
        }),
        distinctUntilChanged(looksTheSame(session)),
      )
      .subscribe(setPlayer);
    const others = keys
      .pipe(
        filter((key) => key.to === 'screen'),
        map(({ command }) => command),
      )
      .subscribe(onScreen);
    return () => {
      players.unsubscribe();
      others.unsubscribe();
    };
  }, [session, keys, onScreen]);
  return player;
}

/** The end of a step is known when the next one has begun, so the simulation must have come so far. */
function playOn(player: Player, command: PlayerCommand, { timeline, ahead }: Session): Player {
  if (command.type === 'nextStep') {
    const step = firstAbove(timeline.steps, player.cursor);
    ahead(() => timeline.steps.length >= step + 2);
  }
  return play(player, command, timeline);
}

/** A key that is held, or typed ahead, comes with others in one text. */
function pressesOf(input: string, key: Key): readonly (readonly [string, Key])[] {
  return input.length > 1 && !key.ctrl ? [...input].map((char) => pressOf(char, key)) : [[input, key]];
}

function pressOf(char: string, key: Key): readonly [string, Key] {
  if (char === '\t') return [char, { ...key, tab: true }];
  if (char === '\r') return ['', { ...key, return: true }];
  if (char === '\u007f') return ['', { ...key, backspace: true }];
  // Ctrl takes away the bits that make a letter of it.
  return char < ' ' ? [String.fromCharCode(char.charCodeAt(0) | 0x60), { ...key, ctrl: true }] : [char, key];
}

/** One opens a story at its first step, and a log without steps where it begins, unless a place is named. */
function atStart({ timeline, at }: Session): Player {
  if (at && 'ms' in at) return { ...START, ...momentAtTime(timeline, at.ms) };
  if (at) {
    const seq = Math.min(at.seq, timeline.entries.length);
    return { ...START, ...momentOf(timeline, commitOf(timeline, seq)) };
  }
  const isStory = timeline.steps.length > 0;
  return { ...START, ...(isStory ? nextStep(timeline, 0) : momentOf(timeline, nextBeat(timeline, 0))) };
}

/** While one reads, or a wait goes by slowly, most looks at the clock find nothing to draw. */
function looksTheSame({ timeline }: Session): (a: Player, b: Player) => boolean {
  const seenOf = ({ clock, played, speed, ...rest }: Player): string =>
    JSON.stringify([
      { ...rest, speed },
      Math.floor(clock / CLOCK_MS),
      Math.ceil(readingLeft(timeline, played) / speed / 1000),
      Math.floor(played / SCRUBBER_MS),
    ]);
  return (a, b) => a === b || (a.playing && b.playing && seenOf(a) === seenOf(b));
}

/** The clock and the scrubber move on after so much time, and not at every look. */
const CLOCK_MS = 100;
const SCRUBBER_MS = 500;
