import type { Scene } from '../replay/scene.ts';
import type { ScreenWords } from '../words/screen-words.ts';
import { screenWordsIn } from '../words/screen-words-in.ts';
import { footerLine } from './footer-line.ts';
import { headerLine } from './header-line.ts';
import { FRAME_ROWS, isTooSmall, layoutOf, type Slot } from './layout.ts';
import { type Line, lineOf } from './line.ts';
import { paneGrid } from './pane-grid.ts';
import type { PaneName } from './pane-names.ts';
import { scrubberLine } from './scrubber-line.ts';
import { terminalText } from './set-lines.ts';
import type { Size } from './size.ts';
import { sceneLines } from './story-lines.ts';
import { shownStory } from './story-pane.ts';
import { titledPane } from './titled-pane.ts';
import { visibleStory } from './visible-story.ts';

export interface Opening {
  readonly scene: Scene;
  readonly language: string;
  readonly colours: boolean;
}

/** A pane without pods is so high. */
const NO_PODS_ROWS = 3;

/**
 * The screen as it opens: the first scene, while what happens in it is still being loaded. The same lines at
 * the same places as the player then draws, without what takes as long to load as all the rest.
 */
export function openingFrame(opening: Opening, size: Size): readonly string[] {
  const { scene, language, colours } = opening;
  const words = screenWordsIn(language);
  if (isTooSmall(size)) return [];
  const { columns: width } = size;
  const layout = layoutOf({
    columns: width,
    rows: size.rows - FRAME_ROWS,
    podsRows: NO_PODS_ROWS,
    recent: ['story'],
  });
  const state = `● ${words.paused} 1×`;
  const bar = scrubberLine({ clock: 0, duration: 0, complete: false, width }, (cell) =>
    cell === 0 ? '●' : '─',
  );
  const look = { language, colours, words };
  const lines = [
    headerLine({ ...opening, name: '', words, state, width }),
    ...paneGrid(layout, (slot) =>
      slot.name === 'story' ? storyPane(scene, slot, look) : emptyPane(slot, look),
    ),
    lineOf(bar),
    lineOf(footerLine(language, width), 'faint'),
  ];
  return lines.map((line) => terminalText(line, colours));
}

interface Look {
  readonly language: string;
  readonly colours: boolean;
  readonly words: ScreenWords;
}

function storyPane(
  scene: Scene,
  { width, height }: Slot,
  { language, colours, words }: Look,
): readonly Line[] {
  const set = sceneLines(scene, { language, width: width - 1 });
  const lines = shownStory(visibleStory(set, { height: height - 1, up: 0, words }), colours);
  return titledPane({ title: words.story, width, height, isFocus: true, lines });
}

/** One that is still being loaded. */
function emptyPane({ name, others, ...box }: Slot, { words }: Look): readonly Line[] {
  const titleOf = (pane: PaneName): string => (pane === 'answer' || pane === 'branches' ? '' : words[pane]);
  const lines = [lineOf(` ${words.opening}`, 'faint')];
  return titledPane({ ...box, title: titleOf(name), others: others.map(titleOf), lines });
}
