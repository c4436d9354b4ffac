import type { KubeObject } from '../../cluster/objects/kube-object.ts';
import { firstAbove } from '../../kernel/table/first-above.ts';
import { changesOf } from '../../replay/object-changes.ts';
import { askKubectl } from '../../report/ask-kubectl.ts';
import { formatClock } from '../../report/clock.ts';
import { type DiffLine, objectDiff, previousVersion } from '../../report/object-diff.ts';
import { historyLines, objectName } from '../../report/object-history.ts';
import { ownerTree } from '../../report/owner-tree.ts';
import { printable } from '../../report/printable.ts';
import { questionAbout } from '../../report/question.ts';
import { dottedPointer, yamlLines } from '../../report/yaml-lines.ts';
import type { ScreenWords } from '../../words/screen-words.ts';
import { alignedRows, cellsIn, padded, shortName } from '../columns.ts';
import type { Box } from '../layout.ts';
import { type Line, lineOf, NO_ROOM, type PaneBody, windowFrom } from '../line.ts';
import { lineAtHand, objectSeen } from '../object-cursor.ts';
import { objectAtHand } from '../pane-keys.ts';
import type { Tone } from '../tones.ts';
import { type ObjectReading, READINGS } from '../view.ts';
import { wrapped } from '../wrapped.ts';
import { POD_GLYPHS, POD_TONES } from './pod-glyphs.ts';
import { placeBefore, type Seen } from './seen.ts';

const FIELD_CELLS = 8;
const FIELD_CELLS_WANTED = 24;

/** An object as it is where one stands, in one of the ways in which it can be read. */
export function objectLines(seen: Seen, box: Box): PaneBody {
  const { timeline, view, words } = seen;
  const key = objectAtHand(seen);
  if (key === undefined) return { title: words.object, lines: [lineOf(` ${words.noObject}`, 'faint')] };
  const name = objectName(timeline, key);
  const all = READINGS.map((each) => readingText(each, view.reading, words)).join(' ');
  const body = BODIES[view.reading]({ ...seen, key }, box);
  // Which field one is at matters more than what else could be read.
  const wanted = view.reading === 'yaml' ? Math.min(FIELD_CELLS_WANTED, cellsIn(body.title)) : 0;
  const isCut = cellsIn(`${name}  ${all}`) + wanted > box.width - 8;
  const title = `${name}  ${isCut ? readingText(view.reading, view.reading, words) : all}`;
  // What tells fields apart stands at their ends.
  const rest = shortName(body.title, Math.max(FIELD_CELLS, box.width - cellsIn(title) - 7));
  return { ...body, title: body.title === '' ? title : `${title}  ${rest}` };
}

function readingText(reading: ObjectReading, chosen: ObjectReading, words: ScreenWords): string {
  const name = words.readings[reading];
  return reading === chosen ? `[${name}]` : name;
}

interface SeenObject extends Seen {
  readonly key: string;
}

const BODIES: Readonly<Record<ObjectReading, (seen: SeenObject, box: Box) => PaneBody>> = {
  yaml: yamlBody,
  describe: describeBody,
  history: historyBody,
  diff: diffBody,
  owners: ownersBody,
};

/** With the line where the reader is, whose field can be followed, and what is new since the place before. */
function yamlBody(seen: SeenObject, { width, height }: Box): PaneBody {
  const { timeline, key, words, isFocus, view } = seen;
  const object = objectSeen(seen);
  if (!object) return absent(words);
  const lines = yamlLines(object);
  const before = timeline.worldAt(placeBefore(seen)).store.tables.objects.read(key, placeBefore(seen));
  const old = before && new Set(yamlLines(before).map(({ pointer, text }) => `${pointer} ${text}`));
  const at = Math.min(lines.length - 1, lineAtHand(seen));
  const room = height - 1;
  const isHere = isFocus && (at > 0 || view.field !== undefined);
  const first = windowFrom(lines.length, isFocus ? at : firstNew(lines, old), room);
  const shown = lines.slice(first, first + room).map(({ text, pointer }, index): Line => {
    const isNew = old !== undefined && !old.has(`${pointer} ${text}`);
    const rest = ` ${printable(text)}`;
    if (isHere && first + index === at) return lineOf(padded(`›${rest}`, width), 'current');
    return lineOf(`${isNew ? '▸' : ' '}${rest}`, isNew ? 'strong' : 'plain');
  });
  const field = isHere ? dottedPointer(lines[at]?.pointer ?? '') : '';
  return { title: field, lines: shown, room: { first: 0, last: lines.length - 1, page: room - 1 } };
}

/** Where nobody goes through the lines, the first that is new is shown. */
function firstNew(
  lines: readonly { readonly text: string; readonly pointer: string }[],
  old: ReadonlySet<string> | undefined,
): number {
  if (!old) return 0;
  const isNew = ({ pointer, text }: { readonly text: string; readonly pointer: string }): boolean =>
    !old.has(`${pointer} ${text}`) && !/resourceVersion|generation/.test(pointer);
  return Math.max(0, lines.findIndex(isNew));
}

function describeBody(seen: SeenObject, box: Box): PaneBody {
  const { timeline, player, key, words } = seen;
  const line = questionAbout(key, 'describe', timeline.worldAt(player.cursor));
  if (line === undefined) return absent(words);
  const textAt = (cursor: number): readonly string[] => {
    const world = timeline.worldAt(cursor);
    const answer = askKubectl(world, line, { now: Math.max(player.clock, world.at) });
    return ('text' in answer ? answer.text : answer.refusal).replace(/\n+$/, '').split('\n');
  };
  const known = new Set(textAt(placeBefore(seen)).map(unaligned));
  const lines = textAt(player.cursor).flatMap((text) => {
    const isNew = known.size > 1 && !known.has(unaligned(text));
    return wrapped(printable(text), box.width - 2).map((part, index) =>
      lineOf(`${isNew && index === 0 ? '▸' : ' '} ${part}`, isNew ? 'strong' : 'plain'),
    );
  });
  return scrolledLines(seen, lines, box);
}

/** Columns move when another row grows: that is no change of this one. */
function unaligned(text: string): string {
  return text.trim().replace(/\s+/g, ' ');
}

/** What is still to come is faint, and the last that has happened is marked. */
function historyBody(seen: SeenObject, box: Box): PaneBody {
  const { timeline, player, key, view } = seen;
  const changes = changesOf(timeline, { key });
  const last = firstAbove(changes, player.cursor) - 1;
  const base = windowFrom(changes.length, last, box.height - 1);
  const { top, ...frame } = scrolledTo(seen, changes.length, { box, base });
  // There may be tens of thousands.
  const shown = historyLines(
    timeline,
    { key, changes: changes.slice(top, top + box.height - 1) },
    view.language,
  );
  const lines = shown.map(({ seq, text }) => {
    if (seq === changes[last]) return lineOf(`▸ ${text}`, 'current');
    return lineOf(`  ${text}`, seq > player.cursor ? 'faint' : 'plain');
  });
  return { ...frame, lines };
}

const DIFF_TONES: Readonly<Record<DiffLine['kind'], Tone>> = {
  place: 'faint',
  same: 'plain',
  went: 'bad',
  came: 'good',
};

/** What its last change was, or what is otherwise than at the bookmark. */
function diffBody(seen: SeenObject, box: Box): PaneBody {
  const { timeline, player, key, words } = seen;
  const { cursor, bookmarks } = player;
  const marked = bookmarks.findLast((each) => each < cursor) ?? bookmarks[0];
  const { objects } = timeline.worldAt(cursor).store.tables;
  const from = marked ?? previousVersion(timeline, key, cursor);
  const readAt = (seq: number): KubeObject | undefined => objects.read(key, seq);
  const lines = objectDiff(readAt(from), readAt(cursor)).map(({ kind, text }) =>
    lineOf(kind === 'place' ? ` ⋯ ${printable(text)}` : ` ${printable(text)}`, DIFF_TONES[kind]),
  );
  if (lines.length === 0) lines.push(lineOf(` ${words.same}`, 'faint'));
  const since = marked === undefined ? '' : words.sinceMark(formatClock(timeline.timeOf(marked)));
  return { ...scrolledLines(seen, lines, box), title: since };
}

/** Whoever owns it, and what they own besides. */
function ownersBody(seen: SeenObject, { width, height }: Box): PaneBody {
  const { timeline, player, key, words } = seen;
  const family = ownerTree(timeline.worldAt(player.cursor), key);
  if (family.length === 0) return absent(words);
  const at = family.findIndex((kin) => kin.key === key);
  const names = alignedRows(
    family.map(({ depth, name, state }) => [
      `${'  '.repeat(depth)}${depth > 0 ? '└ ' : ''}${printable(name)}`,
      state,
    ]),
  );
  const first = windowFrom(family.length, at, height - 1);
  const lines = family.slice(first, first + height - 1).map(({ pod }, index): Line => {
    const text = names[first + index] ?? '';
    const glyph = pod ? POD_GLYPHS[pod] : ' ';
    if (first + index === at) return lineOf(padded(`▸${glyph} ${text}`, width), 'current');
    return [{ text: ` ${glyph} `, tone: pod ? POD_TONES[pod] : 'plain' }, { text }];
  });
  return { title: '', lines, room: { first: 0, last: 0, page: height - 1 } };
}

function absent(words: ScreenWords): PaneBody {
  return { title: '', lines: [lineOf(` ${words.notThere}`, 'faint')], room: NO_ROOM };
}

function scrolledLines(seen: Seen, lines: readonly Line[], box: Box): PaneBody {
  const { top, ...frame } = scrolledTo(seen, lines.length, { box, base: 0 });
  return { ...frame, lines: lines.slice(top, top + box.height - 1) };
}

/** The first line of the part of a text that is scrolled to, where the reader is in this pane. */
function scrolledTo(
  { isFocus, view }: Seen,
  count: number,
  { box, base }: { readonly box: Box; readonly base: number },
): Omit<PaneBody, 'lines'> & { readonly top: number } {
  const room = box.height - 1;
  const last = Math.max(0, count - room);
  const top = Math.max(0, Math.min(last, base + (isFocus ? view.top : 0)));
  const rest = count - top - room;
  const title = [...(top > 0 ? [`↑ ${top}`] : []), ...(rest > 0 ? [`↓ ${rest}`] : [])].join('  ');
  const reach = {
    first: -Math.min(base, last),
    last: last - Math.min(base, last),
    page: Math.max(1, room - 1),
  };
  return { title, top, room: reach };
}
