import type { Key } from 'ink';
import type { PlayerCommand } from '../replay/player/player.ts';

/** What a key does: something to the player, or to the screen. */
export type UiCommand =
  | PlayerCommand
  | { readonly type: 'help' }
  | { readonly type: 'quit' }
  | { readonly type: 'nextPane' };

interface Binding {
  /** As it is shown. */
  readonly keys: string;
  readonly does: string;
  command(input: string, key: Key): UiCommand | undefined;
}

const FIVE_SECONDS = 5000;

/** The keys of asciinema's player for time. The footer and the help are made of this table. */
export const BINDINGS: readonly Binding[] = [
  { keys: 'space', does: 'play, pause', command: on(' ', { type: 'togglePlay' }) },
  { keys: '.', does: 'next entry', command: on('.', { type: 'stepForward' }) },
  { keys: ',', does: 'entry before', command: on(',', { type: 'stepBack' }) },
  { keys: ']', does: 'next step', command: on(']', { type: 'nextStep' }) },
  { keys: '[', does: 'step before', command: on('[', { type: 'previousStep' }) },
  {
    keys: '→',
    does: '5 seconds on',
    command: (_input, { rightArrow }) => (rightArrow ? { type: 'seekBy', ms: FIVE_SECONDS } : undefined),
  },
  {
    keys: '←',
    does: '5 seconds back',
    command: (_input, { leftArrow }) => (leftArrow ? { type: 'seekBy', ms: -FIVE_SECONDS } : undefined),
  },
  {
    keys: '0-9',
    does: 'to that tenth',
    command: (input) => (/^[0-9]$/.test(input) ? { type: 'seekPart', part: Number(input) / 10 } : undefined),
  },
  { keys: 'g', does: 'to the start', command: on('g', { type: 'toStart' }) },
  { keys: 'G', does: 'to the end', command: on('G', { type: 'toEnd' }) },
  { keys: '+', does: 'faster', command: on('+', { type: 'faster' }) },
  { keys: '-', does: 'slower', command: on('-', { type: 'slower' }) },
  { keys: 'tab', does: 'next pane', command: (_input, { tab }) => (tab ? { type: 'nextPane' } : undefined) },
  { keys: '?', does: 'help', command: on('?', { type: 'help' }) },
  {
    keys: 'q',
    does: 'quit',
    command: (input, { ctrl }) => (input === 'q' || (ctrl && input === 'c') ? { type: 'quit' } : undefined),
  },
];

/** The command of a key press; undefined when it has none. */
export function commandOf(input: string, key: Key): UiCommand | undefined {
  for (const binding of BINDINGS) {
    const command = binding.command(input, key);
    if (command) return command;
  }
  return undefined;
}

function on(wanted: string, command: UiCommand): Binding['command'] {
  return (input, { ctrl, meta }) => (input === wanted && !ctrl && !meta ? command : undefined);
}
