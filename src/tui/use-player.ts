import { useInput } from 'ink';
import { useEffect, useRef, useState } from 'react';
import { filter, interval, map, merge, Subject, scan, timeInterval } from 'rxjs';
import { type Player, type PlayerCommand, play, START } from '../replay/player/player.ts';
import { nextStep } from '../replay/seek.ts';
import { commandOf, type UiCommand } from './keymap.ts';
import type { Growth, Session } from './session.ts';

/** Real milliseconds between two looks at the clock while playing. */
const TICK_MS = 50;

export interface Playing {
  readonly player: Player;
  readonly growth: Growth;
}

/**
 * Keys and the clock become commands, commands change the player. What is not for the player goes to `onUi`.
 */
export function usePlayer(session: Session, onUi: (command: UiCommand) => void): Playing {
  const keys = useRef(new Subject<UiCommand>()).current;
  const [player, setPlayer] = useState<Player>(() => firstStep(session));
  const [growth, setGrowth] = useState<Growth>({ count: 0, ended: false });
  useInput((input, key) => {
    const command = commandOf(input, key);
    if (command) keys.next(command);
  });
  useEffect(() => {
    const ticks$ = interval(TICK_MS).pipe(
      timeInterval(),
      map((tick): PlayerCommand => ({ type: 'tick', ms: tick.interval })),
    );
    const asked$ = keys.pipe(filter(isPlayerCommand));
    const players = merge(asked$, ticks$)
      .pipe(scan((state, command) => play(state, command, session.timeline), firstStep(session)))
      .subscribe(setPlayer);
    const others = keys.pipe(filter((command) => !isPlayerCommand(command))).subscribe(onUi);
    const grows = session.growth$.subscribe(setGrowth);
    return () => {
      for (const subscription of [players, others, grows]) subscription.unsubscribe();
    };
  }, [session, keys, onUi]);
  return { player, growth };
}

/** One opens a story at its first step, not before the beginning. */
function firstStep({ timeline }: Session): Player {
  const cursor = nextStep(timeline, 0);
  return { ...START, cursor, clock: timeline.timeOf(cursor) };
}

function isPlayerCommand(command: UiCommand): command is PlayerCommand {
  return !['help', 'quit', 'nextPane'].includes(command.type);
}
