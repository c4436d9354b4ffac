import type { Key } from 'ink';
import { momentNamed } from '../replay/place.ts';
import { type Player, type PlayerCommand, selectedEntry, type Way } from '../replay/player/player.ts';
import { parseQuery, type Query } from '../replay/query.ts';
import type { ShownText } from '../replay/search.ts';
import { subjectOf } from '../replay/subject.ts';
import type { Timeline } from '../replay/timeline.ts';
import { entryLine } from '../report/entry-line.ts';
import { questionAbout, questionOf, type Reading } from '../report/question.ts';
import { suggestionsFor } from '../report/suggestions.ts';
import { commandOf, type ScreenCommand, type UiCommand } from './keymap.ts';
import { type Prompt, typeKey } from './prompt.ts';
import type { AnswerRoom } from './use-view.ts';
import type { View } from './view.ts';

/** Where a key is pressed. */
export interface Standing {
  readonly view: View;
  readonly player: Player;
  readonly timeline: Timeline;
  readonly answer: AnswerRoom;
}

/** What a key does: the view after it, and what is then to be done by the player or the screen. */
export interface Pressed {
  readonly view: View;
  readonly command?: UiCommand;
}

/**
 * What a key does where the reader stands: it is typed into the prompt if there is one, else it is a command.
 */
export function pressed(press: readonly [string, Key], standing: Standing): Pressed {
  const { isAboutNothing: _, isUnmarked: __, ...view } = standing.view;
  if (view.prompt) return typed(press, view.prompt, { ...standing, view });
  const command = commandOf(...press);
  if (command?.to !== 'screen') return { view, ...(command && { command }) };
  return screenPressed(command.command, { ...standing, view });
}

function screenPressed(command: ScreenCommand, standing: Standing): Pressed {
  const { view, answer } = standing;
  switch (command.type) {
    case 'prompt':
      return { view: { ...view, help: false, prompt: { kind: command.kind, text: '' } } };
    case 'read':
      return { view: withReading(command.how, standing) };
    case 'then': {
      const seq = selectedEntry(standing.player, standing.timeline);
      return { view: { ...view, help: false, question: { asks: 'then', seq, top: 0 } } };
    }
    case 'compare':
      return compared(standing);
    case 'goOn':
      return goneOn(command.way, standing);
    case 'back':
      return { view: backFrom(view) };
    case 'scroll': {
      if (!view.question || view.help) return { view, command: { to: 'screen', command } };
      const by = command.up * (command.pages ? answer.page : 1);
      const within = (top: number): number => Math.max(answer.first, Math.min(top, answer.last));
      const top = within(within(view.question.top) - by);
      return { view: { ...view, question: { ...view.question, top } } };
    }
    default:
      return { view, command: { to: 'screen', command } };
  }
}

/** Whatever lies uppermost goes. */
function backFrom({ sought, ...view }: View): View {
  const { question, ...rest } = view;
  if (view.help) return { ...view, help: false, ...(sought !== undefined && { sought }) };
  return question ? { ...rest, ...(sought !== undefined && { sought }) } : rest;
}

function withReading(how: Reading | 'history', { view, player, timeline }: Standing): View {
  const world = timeline.worldAt(player.cursor);
  const key = followedKey(view) ?? subjectOf(timeline, selectedEntry(player, timeline));
  if (key === undefined) return { ...view, isAboutNothing: true };
  if (how === 'history') return { ...view, help: false, question: { asks: 'history', key, top: 0 } };
  const line = questionAbout(key, how, world);
  if (line === undefined) return { ...view, isAboutNothing: true };
  return { ...view, help: false, question: { asks: 'kubectl', line, key, top: 0 } };
}

/** With the last bookmark before the reader, or with the first there is. */
function compared({ view, player: { bookmarks, cursor } }: Standing): Pressed {
  const from = bookmarks.findLast((each) => each < cursor) ?? bookmarks[0];
  if (from === undefined) return { view: { ...view, isUnmarked: true } };
  return { view: { ...view, help: false, question: { asks: 'difference', from, top: 0 } } };
}

function followedKey({ question }: View): string | undefined {
  return question && 'key' in question ? question.key : undefined;
}

/** An object that is read is followed; else what was found. */
function goneOn(way: Way, standing: Standing): Pressed {
  const { view } = standing;
  const query = view.sought === undefined ? undefined : parseQuery(view.sought);
  const key = followedKey(view);
  if (key !== undefined) return { view, command: toPlayer({ type: 'toChange', of: { key }, way }) };
  return query ? { view, command: toPlayer(findCommand(query, way, standing)) } : { view };
}

function typed(press: readonly [string, Key], prompt: Prompt, standing: Standing): Pressed {
  const { view, player, timeline } = standing;
  const result = typeKey(prompt, press, () => suggestionsAt(prompt, player, timeline));
  if ('prompt' in result) return { view: { ...view, prompt: result.prompt } };
  const { prompt: _, ...rest } = view;
  if ('left' in result || result.given === '') return { view: rest };
  return prompt.kind === 'find'
    ? found(result.given, { ...standing, view: rest })
    : asked(result.given, rest, timeline);
}

function found(text: string, standing: Standing): Pressed {
  const { view } = standing;
  const query = parseQuery(text);
  if (!query) return { view };
  const { question: _, ...rest } = view;
  return { view: { ...rest, sought: text }, command: toPlayer(findCommand(query, 'next', standing)) };
}

/** To put entries into words takes its time: in a longer log only their own words are looked through. */
const MOST_SHOWN = 20_000;

/** Looks for what is in the entries, and for what the reader sees of them. */
function findCommand(query: Query, way: Way, { view, player, timeline }: Standing): PlayerCommand {
  const count = player.detailed ? timeline.entries.length : timeline.notable.length;
  if (count > MOST_SHOWN) return { type: 'find', query, way };
  const shown: ShownText = (entry) => entryLine(entry, timeline.worldAt(entry.seq), view.language);
  return { type: 'find', query, way, shown };
}

/** A place in time is gone to; anything else is for kubectl. */
function asked(text: string, view: View, timeline: Timeline): Pressed {
  const isPlace = momentNamed(timeline, text) !== undefined || /^(?:#?\d+|step\s*\d+)$/.test(text);
  if (isPlace) return { view, command: toPlayer({ type: 'toNamed', name: text }) };
  return { view: { ...view, question: { asks: 'kubectl', line: questionOf(text), top: 0 } } };
}

/** How the last word of what is typed could end. */
export function suggestionsAt(prompt: Prompt, { cursor }: Player, timeline: Timeline): readonly string[] {
  return prompt.kind === 'find' ? [] : suggestionsFor(prompt.text, timeline.worldAt(cursor));
}

function toPlayer(command: PlayerCommand): UiCommand {
  return { to: 'player', command };
}
