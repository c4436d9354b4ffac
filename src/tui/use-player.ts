import { type Key, useInput } from 'ink';
import { useEffect, useRef, useState } from 'react';
import {
  distinctUntilChanged,
  filter,
  interval,
  map,
  merge,
  noop,
  Subject,
  type Subscription,
  scan,
  tap,
  timeInterval,
} from 'rxjs';
import { firstAbove } from '../kernel/table/first-above.ts';
import { momentOfInstant } from '../replay/place.ts';
import { type Player, START } from '../replay/player/player.ts';
import {
  branchNamed,
  currentBranch,
  startTravels,
  type TravelCommand,
  type Travels,
  travel,
} from '../replay/player/travels.ts';
import { momentOf, nextBeat, nextStep, readingLeft } from '../replay/seek.ts';
import { isSetup } from '../replay/setup.ts';
import type { BranchingWords } from '../words/screen-words.ts';
import { screenWordsIn } from '../words/screen-words-in.ts';
import { driveLive, isStandingAt } from './drive-live.ts';
import type { ScreenCommand, UiCommand } from './keymap.ts';
import type { Reader } from './pane-keys.ts';
import { pressed } from './pressed.ts';
import type { Session } from './session.ts';
import type { Viewing } from './use-view.ts';

/** Real milliseconds between two looks at the clock while playing. */
const TICK_MS = 50;

/**
 * Keys and the clock become commands, commands change where one is in which branch. What is for the screen
 * goes to the view.
 */
export function usePlayer(session: Session, viewing: Viewing): Travels {
  const { onScreen } = viewing;
  const keys = useRef(new Subject<UiCommand>()).current;
  const [travels, setTravels] = useState<Travels>(() => atStart(session));
  // Keys may come faster than frames.
  const latest = useRef(travels);
  useInput((input, key) => {
    for (const press of pressesOf(input, key)) {
      const room = viewing.room.current;
      const view = viewing.current();
      const result = pressed(press, { view, room, ...seenBy(session, latest.current) });
      if (result.view !== view) viewing.change(result.view);
      const { command } = result;
      if (command?.to === 'screen' && command.command.type === 'save')
        viewing.change({
          ...viewing.current(),
          told: saved(command.command, latest.current, session, screenWordsIn(view.language).branching),
        });
      else if (command) keys.next(command);
      if (command?.to !== 'player' && isTold(latest.current)) keys.next(HEED);
    }
  });
  useEffect(() => {
    const ticks$ = interval(TICK_MS).pipe(
      timeInterval(),
      map((tick): TravelCommand => ({ type: 'tick', ms: tick.interval })),
    );
    const asked$ = keys.pipe(
      filter((key) => key.to === 'player'),
      map(({ command }) => command),
    );
    const moves = merge(asked$, ticks$)
      .pipe(
        scan((state, command) => obeyed(state, command, session), atStart(session)),
        tap((state) => {
          latest.current = state;
        }),
        distinctUntilChanged(looksTheSame),
      )
      .subscribe(setTravels);
    const others = keys
      .pipe(
        filter((key) => key.to === 'screen'),
        map(({ command }) => command),
      )
      .subscribe(onScreen);
    // A branch is wanted as far as the log that it left has come.
    const grown = session.growth$.subscribe({
      next: () => session.tending.tend(latest.current),
      error: noop,
    });
    grown.add(following(session, latest, () => keys.next(TO_END)));
    return () => {
      grown.unsubscribe();
      moves.unsubscribe();
      others.unsubscribe();
    };
  }, [session, keys, onScreen]);
  return travels;
}

const TO_END: UiCommand = { to: 'player', command: { type: 'toEnd' } };

/** Whoever has seen all that there was of what goes on by itself sees what comes. */
function following(session: Session, latest: { current: Travels }, goOn: () => void): Subscription {
  const { growth$, timeline, live } = session;
  return growth$.subscribe(() => {
    if (!live) return;
    const isThere = isStandingAt(latest.current, live.edge.current);
    live.edge.current = timeline.stops.at(-1) ?? 0;
    if (isThere && !currentBranch(latest.current).player.playing) goOn();
  });
}

const HEED: UiCommand = { to: 'player', command: { type: 'heed' } };

/** The reader is told what became of the key before. */
function isTold(travels: Travels): boolean {
  const { isLost, stopped } = currentBranch(travels).player;
  return isLost === true || stopped !== undefined;
}

/** The branch where the reader is, among all. */
export function seenBy({ ground }: Session, travels: Travels): Omit<Reader, 'view'> {
  const { player, timeline } = currentBranch(travels);
  return { travels, player, timeline, files: ground?.scenario.files ?? NO_FILES };
}

const NO_FILES: Reader['files'] = {};

/** Where one stands after a command, and after what it did to a cluster that goes on. */
function obeyed(travels: Travels, command: TravelCommand, session: Session): Travels {
  const { live } = session;
  if (!live) return travelOn(travels, command, session);
  return driveLive(live, travels, command).reduce((at, left) => travelOn(at, left, session), travels);
}

/** The end of a step is known when the next one has begun, so the simulation must have come so far. */
function travelOn(travels: Travels, command: TravelCommand, session: Session): Travels {
  const { timeline, player, fork } = currentBranch(travels);
  if (command.type === 'nextStep') {
    const step = firstAbove(timeline.steps, player.cursor);
    const isEnough = (): boolean => timeline.steps.length >= step + 2;
    if (fork) session.tending.ahead(fork, isEnough);
    else session.ahead(isEnough);
  }
  let next = travel(travels, command, session.ground);
  if (command.type === 'find' && currentBranch(next).player.isLost && !timeline.complete) {
    // What is looked for may be still to come.
    if (fork) session.tending.ahead(fork, () => false);
    else session.ahead(() => false);
    next = travel(travels, command, session.ground);
  }
  if (next !== travels) session.tending.tend(next);
  return command.type === 'write' && command.until !== undefined
    ? arrived(next, command.until, session)
    : next;
}

/** Stands at a time that has to be simulated first. */
function arrived(travels: Travels, until: number, session: Session): Travels {
  const { timeline, player, fork } = currentBranch(travels);
  if (!fork) return travels;
  session.tending.ahead(fork, () => timeline.duration > until);
  return travel(travels, { type: 'seekBy', ms: until - player.clock }, session.ground);
}

/** What the reader is told of a branch that was to be saved. */
function saved(
  { name, as }: Extract<ScreenCommand, { type: 'save' }>,
  { branches }: Travels,
  { save }: Session,
  words: BranchingWords,
): string {
  const branch = branchNamed(branches, name);
  if (!branch || !save) return '';
  try {
    const result = save(branch, branches, as);
    if ('path' in result) return words.saved(result.path);
    return 'refused' in result
      ? words.notSaved[result.refused]
      : `${words.notSaved.mistaken}: ${result.mistaken}`;
  } catch (error) {
    if (error instanceof Error) return error.message;
    throw error;
  }
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

function atStart(session: Session): Travels {
  return startTravels(session.timeline, placeAtStart(session), session.branch);
}

/**
 * One opens a story at its first step, a log without steps where it begins, and what goes on by itself where
 * it stands, unless a place is named.
 */
function placeAtStart({ timeline, at, live }: Session): Player {
  const last = timeline.stops.at(-1) ?? 0;
  if (live && !at) return { ...START, ...momentOf(timeline, last) };
  if (at) return { ...START, ...(momentOfInstant(timeline, at) ?? momentOf(timeline, last)) };
  const isStory = timeline.steps.length > 0;
  return {
    ...START,
    ...(isStory ? nextStep(timeline, setupEnd(timeline)) : momentOf(timeline, nextBeat(timeline, 0))),
  };
}

/** The last entry before the story itself: what is done before it is past. */
function setupEnd({ steps, entries }: Session['timeline']): number {
  const first = steps.find((seq) => !isSetup(entries.of(seq)?.event));
  return first === undefined ? (steps.at(-1) ?? 0) : first === steps[0] ? 0 : first - 1;
}

/** While one reads, or a wait goes by slowly, most looks at the clock find nothing to draw. */
function looksTheSame(a: Travels, b: Travels): boolean {
  if (a === b) return true;
  if (
    a.current !== b.current ||
    a.branches.length !== b.branches.length ||
    a.remark !== b.remark ||
    a.answers !== b.answers
  )
    return false;
  const [one, other] = [currentBranch(a), currentBranch(b)];
  if (one.timeline !== other.timeline || !one.player.playing || !other.player.playing) return false;
  return seenOf(one.player, one.timeline) === seenOf(other.player, other.timeline);
}

function seenOf({ clock, played, speed, ...rest }: Player, timeline: Session['timeline']): string {
  return JSON.stringify([
    { ...rest, speed },
    Math.floor(clock / CLOCK_MS),
    Math.ceil(readingLeft(timeline, played) / speed / 1000),
    Math.floor(played / SCRUBBER_MS),
  ]);
}

/** The clock and the scrubber move on after so much time, and not at every look. */
const CLOCK_MS = 100;
const SCRUBBER_MS = 500;
