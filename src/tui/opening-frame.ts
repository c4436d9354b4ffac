import stringWidth from 'string-width';
import type { Scene } from '../replay/scene.ts';
import { footerLine } from './footer-line.ts';
import { headerLine } from './header-line.ts';
import { type Box, FRAME_ROWS, isTooSmall, type Layout, layoutOf } from './layout.ts';
import { scrubberLine } from './scrubber-line.ts';
import type { Size } from './size.ts';
import { sceneLines } from './story-lines.ts';
import { titleLine } from './title-line.ts';
import { styled, styledTold } from './tones.ts';
import { visibleStory } from './visible-story.ts';
import { type ScreenWords, wordsIn } from './words.ts';

export interface Opening {
  readonly scene: Scene;
  readonly language: string;
  readonly colours: boolean;
}

/** A pane without pods is so high. */
const NO_PODS_ROWS = 3;

/**
 * The screen as it opens: the first scene, while what happens in it is still being loaded. The same lines at
 * the same places as the player then draws, without Ink, which takes as long to load as all the rest.
 */
export function openingFrame(opening: Opening, size: Size): string {
  const { scene, language, colours } = opening;
  const words = wordsIn(language);
  if (isTooSmall(size)) return '';
  const { columns } = size;
  const layout = layoutOf({ columns, rows: size.rows - FRAME_ROWS, podsRows: NO_PODS_ROWS, turns: 0 });
  const state = `● ${words.paused} 1×`;
  const { left, right } = headerLine({ ...opening, name: '', words, state, width: columns });
  const bar = scrubberLine({ clock: 0, duration: 0, complete: false, width: columns }, (cell) =>
    cell === 0 ? '●' : '─',
  );
  return [
    styled(left, 'strong', colours) + right,
    ...panes(layout, storyPane(scene, layout.story, { language, colours, words }), words),
    bar,
    styled(footerLine(language, columns), 'faint', colours),
  ]
    .map((line) => line.trimEnd())
    .join('\n');
}

interface Look {
  readonly language: string;
  readonly colours: boolean;
  readonly words: ScreenWords;
}

/** The lines of all panes, the story's beside or above those that are still being loaded. */
function panes(
  { turned, pods, isBeside, story: { width } }: Layout,
  story: Lines,
  words: ScreenWords,
): Lines {
  const others = turned.others.map((name) => words[name]);
  const turnedLines = emptyPane(words[turned.name], turned, { words, others });
  const below = pods ? emptyPane(words.pods, pods, { words, others: [] }) : [];
  if (!isBeside) return [...story, ...turnedLines, ...below];
  const blanks = (line: string): string => ' '.repeat(Math.max(0, width + 1 - stringWidth(line)));
  return [...story.map((line, row) => `${line}${blanks(line)}${turnedLines[row] ?? ''}`), ...below];
}

type Lines = readonly string[];

function storyPane(scene: Scene, { width, height }: Box, { language, colours, words }: Look): Lines {
  const lines = sceneLines(scene, { language, width: width - 1 });
  const shown = visibleStory(lines, { height: height - 1, up: 0, words });
  return filled(height, [
    styled(titleLine(words.story, width), 'faint', colours),
    ...shown.map(({ tone, text }) =>
      tone === 'told' ? styledTold(text, colours) : styled(text, tone, colours),
    ),
  ]);
}

function emptyPane(
  title: string,
  { width, height }: Box,
  { words, others }: { readonly words: ScreenWords; readonly others: Lines },
): Lines {
  const lines = [titleLine(title, width, others), ` ${words.opening}`];
  return filled(
    height,
    lines.map((line) => styled(line, 'faint', false)),
  );
}

function filled(height: number, lines: Lines): Lines {
  return Array.from({ length: height }, (_, row) => lines[row] ?? '');
}
