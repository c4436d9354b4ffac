import stringWidth from 'string-width';
import type { Scene } from '../replay/scene.ts';
import { footerLine } from './footer-line.ts';
import { headerLine } from './header-line.ts';
import { type Box, FRAME_ROWS, isTooSmall, type Layout, layoutOf, type Slot } from './layout.ts';
import type { PaneName } from './pane-names.ts';
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
  const layout = layoutOf({
    columns,
    rows: size.rows - FRAME_ROWS,
    podsRows: NO_PODS_ROWS,
    recent: ['story'],
  });
  const state = `● ${words.paused} 1×`;
  const { left, right } = headerLine({ ...opening, name: '', words, state, width: columns });
  const bar = scrubberLine({ clock: 0, duration: 0, complete: false, width: columns }, (cell) =>
    cell === 0 ? '●' : '─',
  );
  return [
    styled(left, 'strong', colours) + right,
    ...panes(layout, scene, { language, colours, words }),
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

/** The lines of all panes; those that are still being loaded are empty. */
function panes({ columns, below }: Layout, scene: Scene, look: Look): Lines {
  const lines = (slot: Slot): Lines =>
    slot.name === 'story' ? storyPane(scene, slot, look) : emptyPane(slot, look);
  const beside = columns.map((column) => column.flatMap(lines));
  const rows = (beside[0] ?? []).map((_, row) => {
    let text = '';
    let edge = 0;
    for (const [index, column] of columns.entries()) {
      text += ' '.repeat(Math.max(0, edge - stringWidth(text))) + (beside[index]?.[row] ?? '');
      edge += (column[0]?.width ?? 0) + 1;
    }
    return text;
  });
  return [...rows, ...(below ? lines(below) : [])];
}

type Lines = readonly string[];

function storyPane(scene: Scene, { width, height }: Box, { language, colours, words }: Look): Lines {
  const lines = sceneLines(scene, { language, width: width - 1 });
  const shown = visibleStory(lines, { height: height - 1, up: 0, words });
  return filled(height, [
    styled(titleLine(words.story, width, { isFocus: true }), 'strong', colours),
    ...shown.map(({ tone, text }) =>
      tone === 'told' ? styledTold(text, colours) : styled(text, tone, colours),
    ),
  ]);
}

function emptyPane({ name, others, width, height }: Slot, { words }: Look): Lines {
  const nameOf = (pane: PaneName): string => (pane === 'answer' || pane === 'branches' ? '' : words[pane]);
  const lines = [titleLine(nameOf(name), width, { others: others.map(nameOf) }), ` ${words.opening}`];
  return filled(
    height,
    lines.map((line) => styled(line, 'faint', false)),
  );
}

function filled(height: number, lines: Lines): Lines {
  return Array.from({ length: height }, (_, row) => lines[row] ?? '');
}
