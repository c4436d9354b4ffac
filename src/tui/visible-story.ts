import type { ScreenWords } from '../words/screen-words.ts';
import type { SceneLines, StoryLine } from './story-lines.ts';

export interface Window {
  readonly height: number;
  /** How many lines the reader has scrolled up. */
  readonly up: number;
  readonly words: ScreenWords;
}

const BLANK: StoryLine = { tone: 'plain', text: '' };

/**
 * The lines of a scene that fit. What is told stays at the top; what is typed and printed runs below it, the
 * newest at the bottom, under the command that it belongs to. Whoever scrolls up sees all of it as one text.
 */
export function visibleStory(
  { told, rest }: SceneLines,
  { height, up, words }: Window,
): readonly StoryLine[] {
  const between = told.length > 0 && rest.length > 0 ? [BLANK] : [];
  const all = [...told, ...between, ...rest];
  if (all.length <= height) return all;
  if (up > 0) {
    const last = all.length - Math.min(up, all.length - height);
    return all.slice(last - height, last);
  }
  // In the smallest windows every line counts.
  const gap = height < 4 ? [] : between;
  const head = headOf(told, height - gap.length - Math.min(rest.length, Math.ceil(height / 2)));
  return [...head, ...gap, ...tailOf(rest, height - head.length - gap.length, words)];
}

/** How far one can scroll up. */
export function scrollableLines({ told, rest }: SceneLines, height: number): number {
  const blank = told.length > 0 && rest.length > 0 ? 1 : 0;
  return Math.max(0, told.length + blank + rest.length - height);
}

/** The first of the told lines, with a mark where they are cut. */
function headOf(told: readonly StoryLine[], room: number): readonly StoryLine[] {
  if (told.length <= room) return told;
  const head = told.slice(0, Math.max(1, room));
  return head.map((line, index) => (index === head.length - 1 ? { ...line, text: `${line.text} …` } : line));
}

function tailOf(rest: readonly StoryLine[], room: number, words: ScreenWords): readonly StoryLine[] {
  const tail = rest.slice(-room);
  const cut = rest.length - tail.length;
  if (cut <= 0) return rest;
  const command = rest.slice(0, cut + 1).findLast((line) => line.command);
  if (!command || tail[0] === command || room < 3) return tail;
  // The command itself, and what stands between it and the rest of the window.
  const above = cut + 2 - rest.indexOf(command) - 1;
  return [command, { tone: 'faint', text: `  ⋮ ${words.more(above)}` }, ...tail.slice(2)];
}
