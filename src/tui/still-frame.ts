import { START } from '../replay/player/player.ts';
import { startTravels } from '../replay/player/travels.ts';
import { sceneAt } from '../replay/scene.ts';
import type { Moment } from '../replay/seek.ts';
import type { Timeline } from '../replay/timeline.ts';
import { walkOn } from '../report/walked.ts';
import { screenWordsIn } from '../words/screen-words-in.ts';
import { footerLine, placeIn } from './footer-line.ts';
import { headerLine } from './header-line.ts';
import { FRAME_ROWS } from './layout.ts';
import { type Line, lineOf, NO_ROOM } from './line.ts';
import { paneGrid } from './pane-grid.ts';
import type { Reader } from './pane-keys.ts';
import { paneLinesOf } from './pane-lines.ts';
import type { PaneName } from './pane-names.ts';
import { scrubberLines } from './scrubber-lines.ts';
import { marksOf } from './scrubber-marks.ts';
import { fitted } from './set-lines.ts';
import type { Size } from './size.ts';
import { stageLayout, storyBox } from './stage-layout.ts';
import { stateText } from './state-text.ts';
import { sceneLines } from './story-lines.ts';
import { focusOf, goneInto, viewIn } from './view.ts';
import { visibleStory } from './visible-story.ts';

export interface Still {
  readonly at: Moment;
  readonly size: Size;
  readonly language: string;
  /** What is played, where the story has no title. */
  readonly name: string;
  /** The pane that has all the room; absent: the screen as it opens. */
  readonly pane?: PaneName;
}

/** What the player shows of a whole log to a reader who stands at a moment of it. */
export function stillFrame(timeline: Timeline, { at, size, language, name, pane }: Still): readonly Line[] {
  while (!walkOn(timeline));
  const { columns } = size;
  const words = screenWordsIn(language);
  const player = { ...START, ...at };
  const travels = startTravels(timeline, player, 'main');
  const opened = viewIn(language);
  const view = pane === undefined ? opened : { ...goneInto(opened, pane), zoomed: true as const };
  const seen: Reader = { view, player, timeline, travels, files: {} };
  const scene = sceneAt(timeline, player.cursor);
  const layout = stageLayout({ columns, rows: size.rows - FRAME_ROWS, seen });
  const box = storyBox(layout);
  const lines = sceneLines(scene, { language, width: box.width - 1 });
  const paneLines = paneLinesOf({
    seen: { ...seen, words },
    story: visibleStory(lines, { height: box.height - 1, up: 0, words }),
    room: { current: NO_ROOM },
    colours: true,
    keep: (_name, _from, make) => make(),
  });
  const state = stateText(timeline, player, words);
  const frame = [
    headerLine({ name, scene, state, words, language, width: columns }),
    ...paneGrid(layout, paneLines),
    ...scrubberLines(travels, columns, (branch, cells) => marksOf(branch.timeline, cells, branch.player)),
    lineOf(footerLine(language, columns, { place: placeIn(focusOf(view)) }), 'faint'),
  ];
  return frame.map((line) => fitted(line, columns));
}
