import type { Key } from 'ink';
import { parseCondition } from '../replay/condition.ts';
import { momentNamed } from '../replay/place.ts';
import type { PlayerCommand, Way } from '../replay/player/player.ts';
import type { TravelCommand } from '../replay/player/travels.ts';
import { parseQuery, type Query } from '../replay/query.ts';
import type { ShownText } from '../replay/search.ts';
import { askKubectl } from '../report/ask-kubectl.ts';
import { entryLine } from '../report/entry-line.ts';
import { questionOf } from '../report/question.ts';
import { suggestionsFor } from '../report/suggestions.ts';
import { areThere, typedFault } from '../scenario/language/typed-fault.ts';
import { named } from './branch-keys.ts';
import { edited, editSuggestions } from './edit.ts';
import type { UiCommand } from './keymap.ts';
import type { Reader } from './pane-keys.ts';
import { type Prompt, typeKey } from './prompt.ts';
import type { Pressed, Standing } from './standing.ts';
import { asking, overStory, withoutQuestion } from './view-changes.ts';

/** What a key does to the line that is being typed, and what the line does when it is given. */
export function typed(press: readonly [string, Key], prompt: Prompt, standing: Standing): Pressed {
  const { view } = standing;
  const result = typeKey(prompt, press, () => suggestionsAt(prompt, standing));
  if ('prompt' in result) return { view: { ...view, prompt: result.prompt } };
  const { prompt: _, ...rest } = view;
  if ('left' in result || result.given === '') return { view: rest };
  switch (prompt.kind) {
    case 'find':
      return found(result.given, { ...standing, view: rest });
    case 'edit':
      return edited(result.given, { ...standing, view: rest });
    case 'name':
      return named(result.given, rest, standing.travels);
    case 'answer':
      return { view: rest, command: toPlayer({ type: 'answer', given: result.given }) };
    case 'ask':
      return asked(result.given, { ...standing, view: rest });
  }
}

function found(text: string, standing: Standing): Pressed {
  const { view } = standing;
  const query = parseQuery(text);
  if (!query) return { view };
  const { opened: _, zoomed: __, ...rest } = withoutQuestion(view);
  return { view: { ...rest, sought: text }, command: toPlayer(findCommand(query, 'next', standing)) };
}

/** To put entries into words takes its time: in a longer log only their own words are looked through. */
const MOST_SHOWN = 20_000;

/** Looks for what is in the entries, and for what the reader sees of them. */
export function findCommand(query: Query, way: Way, { view, player, timeline }: Standing): PlayerCommand {
  const count = player.detailed ? timeline.entries.length : timeline.notable.length;
  if (count > MOST_SHOWN) return { type: 'find', query, way };
  const shown: ShownText = (entry) => entryLine(entry, timeline.worldAt(entry.seq), view.language);
  return { type: 'find', query, way, shown };
}

/**
 * A place in time is gone to, a condition is waited for, what changes something is typed there; anything else
 * is asked.
 */
function asked(text: string, standing: Standing): Pressed {
  const { view, timeline, player, files } = standing;
  const [, wanted] = /^until\s+(.+)$/.exec(text) ?? [];
  if (wanted !== undefined) return awaited(wanted, standing);
  const isPlace = momentNamed(timeline, text) !== undefined || /^(?:#?\d+|step\s*\d+)$/.test(text);
  if (isPlace) return { view, command: toPlayer({ type: 'toNamed', name: text }) };
  if (isFault(text, standing))
    return { view: overStory(view), command: toPlayer({ type: 'write', line: text }) };
  const line = questionOf(text);
  const world = timeline.worldAt(player.cursor);
  const answer = askKubectl(world, line, { now: Math.max(player.clock, world.at), files });
  if (!('changes' in answer)) return { view: asking(view, { asks: 'kubectl', line, top: 0 }) };
  return { view: overStory(view), command: toPlayer({ type: 'write', line }) };
}

/** Something on a machine that is there breaks, or is mended: `stop kubelet node-2`. */
function isFault(text: string, { timeline, player }: Standing): boolean {
  const fault = typedFault(text);
  const settings = timeline.worldAt(player.cursor).store.tables.settings.read('cluster', player.cursor);
  return fault !== undefined && settings !== undefined && areThere(fault, settings);
}

function awaited(text: string, { view, player, timeline }: Standing): Pressed {
  const { tables } = timeline.worldAt(player.cursor).store;
  const namespace = tables.settings.read('cluster', player.cursor)?.namespace ?? 'default';
  const condition = parseCondition(text, { selected: player.selected, namespace });
  if (!condition) return { view: { ...view, remark: 'unknownCondition' } };
  return { view, command: toPlayer({ type: 'until', condition }) };
}

/** How the last word of what is typed could end. */
export function suggestionsAt({ kind, text }: Prompt, reader: Reader): readonly string[] {
  if (kind === 'edit') return editSuggestions(reader, text);
  return kind === 'ask' ? suggestionsFor(text, reader.timeline.worldAt(reader.player.cursor)) : [];
}

function toPlayer(command: TravelCommand): UiCommand {
  return { to: 'player', command };
}
