import type { Key } from 'ink';
import { selectedEntry, type Way } from '../replay/player/player.ts';
import { currentBranch, type TravelCommand } from '../replay/player/travels.ts';
import { parseQuery } from '../replay/query.ts';
import { decisionAt } from '../report/decision/decision-at.ts';
import { podBehind } from '../report/owner-tree.ts';
import { podLog } from '../report/pod-log.ts';
import { answerKey } from './answer-keys.ts';
import { branchKey } from './branch-keys.ts';
import { beginEdit } from './edit.ts';
import { findCommand, typed } from './given.ts';
import { commandOf, type ScreenCommand, type UiCommand } from './keymap.ts';
import { fieldAtHand, goneToLine, lineAtHand } from './object-cursor.ts';
import { keyFurther, keysInPane, objectAtHand } from './pane-keys.ts';
import { paneAfter } from './pane-names.ts';
import type { Pressed, Standing } from './standing.ts';
import { focusOf, goneInto, type View } from './view.ts';
import { asking, listing, withoutQuestion } from './view-changes.ts';

/**
 * What a key does where the reader stands: it is typed into the prompt if there is one, else it is a command.
 */
export function pressed(press: readonly [string, Key], standing: Standing): Pressed {
  const { remark: _, told: __, ...view } = standing.view;
  if (view.prompt) return typed(press, view.prompt, { ...standing, view });
  if (focusOf(view) === 'branches' && !view.help) {
    const closed = backFrom({ ...standing, view }).view;
    const listed = branchKey(press, { view, closed, travels: standing.travels });
    if (listed) return listed;
  }
  const answering = view.help ? undefined : answerKey(press, { ...standing, view });
  if (answering) return answering;
  const command = commandOf(...press);
  if (command?.to !== 'screen') return { view, ...(command && { command }) };
  return screenPressed(command.command, { ...standing, view });
}

function screenPressed(command: ScreenCommand, standing: Standing): Pressed {
  const { view, player, timeline } = standing;
  switch (command.type) {
    case 'prompt':
      return { view: { ...view, help: false, prompt: { kind: command.kind, text: '' } } };
    case 'read':
      return opened({ ...view, reading: command.how }, standing);
    case 'open':
      return enter(standing);
    case 'logs':
      return logsOpened(standing);
    case 'logOf':
      return { view: { ...view, logs: otherLog(command.which, standing) } };
    case 'select':
      return selected(standing);
    case 'stopAt':
      return stoppedAt(command.at, standing);
    case 'then':
      return { view: asking(view, { asks: 'then', seq: selectedEntry(player, timeline), top: 0 }) };
    case 'decision':
      return decided(standing);
    case 'compare':
      return compared(standing);
    case 'fork':
      return {
        view: { ...view, help: false, prompt: { kind: 'ask', text: '' } },
        command: toPlayer({ type: 'fork' }),
      };
    case 'edit':
      return beginEdit(standing);
    case 'branches':
      return { view: listing(view) };
    case 'goOn':
      return goneOn(command.way, standing);
    case 'back':
      return backFrom(standing);
    case 'turnPane':
      return { view: turned(view, command.by) };
    case 'scroll':
      return scrolled(command, standing);
    default:
      return { view, command: { to: 'screen', command } };
  }
}

function turned(view: View, by: 1 | -1): View {
  const { help: _, ...closed } = withoutQuestion(view);
  return goneInto({ ...closed, help: false }, paneAfter(focusOf(view), by));
}

/** Whatever lies uppermost goes; in the end what is followed, and what was looked for. */
function backFrom({ view, player }: Standing): Pressed {
  if (view.help) return { view: { ...view, help: false } };
  const { zoomed, opened, borrowed, ...rest } = view;
  if (zoomed) return { view: { ...rest, ...(opened && { opened }), ...(borrowed && { borrowed }) } };
  if (opened) {
    const before = { ...withoutQuestion(rest), recent: rest.recent.slice(1), top: 0 };
    return { view: before, ...(borrowed && { command: toPlayer({ type: 'select' }) }) };
  }
  if (focusOf(view) !== 'story') return { view: goneInto(rest, 'story') };
  if (player.selected !== undefined) return { view: rest, command: toPlayer({ type: 'select' }) };
  const { sought: _, ...unsought } = rest;
  return { view: unsought };
}

/** Reads the object at hand. One that was not followed before is, for as long as it is read. */
function opened(view: View, standing: Standing): Pressed {
  const key = objectAtHand(standing);
  if (key === undefined) return { view: { ...view, remark: 'aboutNothing' } };
  const { field: _, ...closed } = withoutQuestion(view);
  const isThere = view.opened && focusOf(view) === 'object';
  const next: View = {
    ...goneInto({ ...closed, help: false }, 'object'),
    opened: true,
    ...(view.zoomed && isThere && { zoomed: true }),
  };
  if (standing.player.selected !== undefined) return { view: next };
  return { view: { ...next, borrowed: true }, command: toPlayer({ type: 'select', key }) };
}

/** What Enter does: an object of a list is read, and whatever is read already gets all the room. */
function enter(standing: Standing): Pressed {
  const { view, player, timeline } = standing;
  const focus = focusOf(view);
  const seq = selectedEntry(player, timeline);
  if (focus === 'entries' && decisionAt(timeline, seq)) {
    return { view: asking(view, { asks: 'decision', of: { seq }, top: 0 }) };
  }
  const isList = focus === 'entries' || keysInPane(standing) !== undefined;
  const isFamily = focus === 'object';
  if (isList && (!isFamily || view.reading === 'owners')) {
    return opened(
      { ...view, reading: isFamily || view.reading === 'owners' ? 'yaml' : view.reading },
      standing,
    );
  }
  const { zoomed, ...rest } = view;
  return { view: zoomed ? rest : { ...rest, zoomed: true } };
}

/** How the pod at hand, or the first pod of whatever owns pods, came to its node. */
function decided(standing: Standing): Pressed {
  const { view, player, timeline } = standing;
  const key = objectAtHand(standing);
  const pod = key === undefined ? undefined : podBehind(timeline.worldAt(player.cursor), key);
  if (pod === undefined) return { view: { ...view, remark: 'aboutNothing' } };
  return { view: asking(view, { asks: 'decision', of: { pod }, top: 0 }) };
}

/** The log of the pod at hand, or of the first pod of whatever owns pods. */
function logsOpened(standing: Standing): Pressed {
  const { view, player, timeline } = standing;
  const key = objectAtHand(standing);
  const pod = key === undefined ? undefined : podBehind(timeline.worldAt(player.cursor), key);
  const next: View = { ...goneInto({ ...withoutQuestion(view), help: false }, 'logs'), opened: true };
  if (pod === undefined || player.selected !== undefined) return { view: next };
  return { view: { ...next, borrowed: true }, command: toPlayer({ type: 'select', key: pod }) };
}

/**
 * The next container's log, or that of the container before; the pod's own first one again after the last.
 */
function otherLog(which: 'container' | 'previous', standing: Standing): View['logs'] {
  const { view, player, timeline } = standing;
  const { logs } = view;
  if (which === 'previous') return { ...logs, previous: !logs.previous };
  const key = objectAtHand(standing);
  const pod = key === undefined ? undefined : podBehind(timeline.worldAt(player.cursor), key);
  const log = pod === undefined ? undefined : podLog(timeline, { key: pod, cursor: player.cursor }, logs);
  if (!log) return logs;
  const next = log.containers[(log.containers.indexOf(log.container) + 1) % log.containers.length];
  return { ...logs, ...(next !== undefined && { container: next }) };
}

/** Follows the object of the entry at hand; a second time, nothing. */
function selected(standing: Standing): Pressed {
  const { view, player } = standing;
  const { borrowed: _, sought: __, ...rest } = view;
  if (player.selected !== undefined && !view.borrowed)
    return { view: rest, command: toPlayer({ type: 'select' }) };
  const key = objectAtHand(standing);
  if (key === undefined) return { view: { ...rest, remark: 'aboutNothing' } };
  return { view: rest, command: toPlayer({ type: 'select', key }) };
}

function stoppedAt(at: 'warnings' | 'changes', { view, player }: Standing): Pressed {
  const isOn = player.stopsAt?.[at] === true;
  const remark = isOn ? 'stopsNowhere' : at === 'warnings' ? 'stopsAtWarnings' : 'stopsAtChanges';
  return { view: { ...view, remark }, command: toPlayer({ type: 'toggleStop', at }) };
}

/**
 * With the branch that is chosen in the list. Else with the last bookmark before the reader, or with the
 * first there is; without any, with the branch that this one has left, and where there is none, here is a
 * bookmark.
 */
function compared({ view, travels, player: { bookmarks, cursor } }: Standing): Pressed {
  const from = bookmarks.findLast((each) => each < cursor) ?? bookmarks[0];
  const chosen = focusOf(view) === 'branches' ? view.branch : undefined;
  const parent = from === undefined ? currentBranch(travels).from?.name : undefined;
  const other = chosen ?? parent;
  if (other !== undefined && other !== travels.current)
    return { view: asking(withoutQuestion(view), { asks: 'branch', other, top: 0 }) };
  if (from === undefined)
    return { view: { ...view, remark: 'marked' }, command: toPlayer({ type: 'toggleBookmark' }) };
  return { view: asking(view, { asks: 'difference', from, top: 0 }) };
}

/** An object that is read is followed, or the field of it where the reader is; else what was found. */
function goneOn(way: Way, standing: Standing): Pressed {
  const { view } = standing;
  const key = objectAtHand(standing);
  const isReading = focusOf(view) === 'object' && key !== undefined;
  const query = view.sought === undefined ? undefined : parseQuery(view.sought);
  if (query && !isReading) return { view, command: toPlayer(findCommand(query, way, standing)) };
  if (key === undefined) return { view: { ...view, remark: 'aboutNothing' } };
  const field = isReading ? fieldAtHand(standing) : undefined;
  const of = field === undefined ? { key } : { key, pointer: field };
  return {
    view: field === undefined ? view : { ...view, field },
    command: toPlayer({ type: 'toChange', of, way }),
  };
}

type Scroll = Extract<ScreenCommand, { type: 'scroll' }>;

/** By lines through text, from object to object through a list, and from entry to entry through time. */
function scrolled(command: Scroll, standing: Standing): Pressed {
  const { view, player, room } = standing;
  const focus = focusOf(view);
  if (!view.help && (focus === 'story' || (focus === 'entries' && command.pages)))
    return { view, command: { to: 'screen', command } };
  if (!view.help && focus === 'entries')
    return { view, command: toPlayer({ type: command.up > 0 ? 'stepBack' : 'stepForward' }) };
  const by = command.up * (command.pages ? room.page : 1);
  const keys = view.help ? undefined : keysInPane(standing);
  if (keys) {
    const key = keyFurther(keys, player.selected, -by);
    return { view, ...(key !== undefined && { command: toPlayer({ type: 'select', key }) }) };
  }
  const within = (top: number): number => Math.max(room.first, Math.min(top, room.last));
  if (!view.help && view.question && focus === 'answer') {
    const top = within(within(view.question.top) - by);
    return { view: { ...view, question: { ...view.question, top } } };
  }
  return { view: goneToLine(standing, within(within(lineAtHand(standing)) - by)) };
}

function toPlayer(command: TravelCommand): UiCommand {
  return { to: 'player', command };
}
