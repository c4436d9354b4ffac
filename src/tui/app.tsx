import { useApp, useIsScreenReaderEnabled } from 'ink';
import { type ReactNode, useEffect, useMemo, useState } from 'react';
import { firstAbove } from '../kernel/table/first-above.ts';
import { isAtEnd } from '../replay/player/player.ts';
import { currentBranch, type Travels } from '../replay/player/travels.ts';
import { type Scene, sceneAt } from '../replay/scene.ts';
import type { Timeline } from '../replay/timeline.ts';
import { objectName } from '../report/object-history.ts';
import { walkOn } from '../report/walked.ts';
import type { BranchingWords, ScreenWords } from '../words/screen-words.ts';
import { screenWordsIn } from '../words/screen-words-in.ts';
import { footerLine, placeIn } from './footer-line.ts';
import { suggestionsAt } from './given.ts';
import { headerLine } from './header-line.ts';
import { helpLines } from './help-lines.ts';
import { type Box, FRAME_ROWS, isTooSmall, SMALLEST } from './layout.ts';
import { type Line, lineOf, NO_ROOM } from './line.ts';
import { paneGrid } from './pane-grid.ts';
import type { Reader } from './pane-keys.ts';
import { promptLine } from './prompt-line.ts';
import { scrubberLines, scrubberRows } from './scrubber-lines.ts';
import type { Session } from './session.ts';
import { fitted } from './set-lines.ts';
import type { Size } from './size.ts';
import { stageLayout, storyBox } from './stage-layout.ts';
import { stateText } from './state-text.ts';
import { sceneLines } from './story-lines.ts';
import { Painted } from './surface.ts';
import { titledPane } from './titled-pane.ts';
import { useGrowth } from './use-growth.ts';
import { useMarks } from './use-marks.ts';
import { usePanes } from './use-panes.ts';
import { seenBy, usePlayer } from './use-player.ts';
import { useSize } from './use-size.ts';
import { useView, type Viewing } from './use-view.ts';
import { focusOf, type View } from './view.ts';
import { scrollableLines, visibleStory } from './visible-story.ts';
import { wrapped } from './wrapped.ts';

interface Props {
  readonly session: Session;
  readonly name: string;
  readonly language: string;
  /** What the reader should know first. */
  readonly notice?: () => string | undefined;
  readonly onSuspend?: () => void;
}

/** The player's screen. It never has as many lines as the terminal, so that nothing scrolls away. */
export function App({ session, name, language, notice, onSuspend }: Props): ReactNode {
  const { exit } = useApp();
  const size = useSize();
  const { timeline } = session;
  const viewing = useView({ timeline, language, exit, onSuspend });
  const travels = usePlayer(session, viewing);
  useGrowth(session, exit);
  useEnd(session, travels);
  if (isTooSmall(size)) {
    const text = screenWordsIn(viewing.view.language).tooSmall(SMALLEST.columns, SMALLEST.rows);
    return <Painted lines={wrapped(text, size.columns).map((line) => lineOf(line))} />;
  }
  const seen = { ...seenBy(session, travels), view: viewing.view };
  const { part } = session;
  return <Stage {...{ seen, viewing, size, name }} {...(notice && { notice })} {...(part && { part })} />;
}

interface StageProps extends Pick<Props, 'name' | 'notice'>, Pick<Session, 'part'> {
  readonly seen: Reader;
  readonly viewing: Viewing;
  readonly size: Size;
}

function Stage({ seen, viewing, size, name, notice, part }: StageProps): ReactNode {
  const { columns, rows } = size;
  const { timeline, player, view, travels } = seen;
  const { setScrollable, room } = viewing;
  const { language } = view;
  const words = screenWordsIn(language);
  const scene = useScene(timeline, player.cursor);
  useWalk(timeline);
  const body = rows - FRAME_ROWS + 1 - scrubberRows(travels);
  const isLinear = useIsScreenReaderEnabled();
  const layout = stageLayout({ columns, rows: body, seen, isLinear });
  const box = storyBox(layout);
  const width = box.width - 1;
  const { answers } = travels;
  const lines = useMemo(
    () => sceneLines(scene, { language, width, ...(answers && { answers }) }),
    [scene, language, width, answers],
  );
  const height = box.height - 1;
  const up = setScrollable({ lines: scrollableLines(lines, height), page: height, of: scene });
  const story = visibleStory(lines, { height, up, words });
  const paneLines = usePanes({ seen: { ...seen, words }, story, room });
  const marksOf = useMarks();
  const isFirst = scene.step <= 1 && !player.playing;
  const state = stateText(timeline, player, words, part?.());
  const heading = headerLine({
    ...{ name, scene, state, words, language },
    branch: shownBranch(travels),
    width: columns,
  });
  const frame = [
    heading,
    ...(view.help ? help(viewing, words, { width: columns, height: body }) : paneGrid(layout, paneLines)),
    ...scrubberLines(travels, columns, marksOf),
    footer(seen, columns, remarkOn(view, travels, words) ?? (isFirst ? notice?.() : undefined)),
  ];
  return <Painted lines={frame.map((line) => fitted(line, columns))} />;
}

function help({ view, room }: Viewing, words: ScreenWords, box: Box): readonly Line[] {
  const body = helpLines({ words, language: view.language, top: view.top, height: box.height });
  room.current = body.room ?? NO_ROOM;
  return titledPane({ ...box, ...body, isFocus: true });
}

/** The keys that one needs most, what there is to tell, or the line that one types. */
function footer(seen: Reader, width: number, notice: string | undefined): Line {
  const { view, timeline, player } = seen;
  const { prompt, language } = view;
  if (prompt) return promptLine({ prompt, suggestions: suggestionsAt(prompt, seen), width });
  if (notice !== undefined) return lineOf(` ! ${notice}`, 'warning');
  const followed = player.selected === undefined ? undefined : objectName(timeline, player.selected);
  const place = view.help ? 'text' : placeIn(focusOf(view));
  return lineOf(footerLine(language, width, { place, followed }), 'faint');
}

/** Where there is only what was opened, it needs no name. */
function shownBranch({ branches, current }: Travels): string | undefined {
  return branches.length > 1 || current !== 'main' ? current : undefined;
}

/** What became of the last key, where nothing else shows it; or why playing has stopped. */
function remarkOn({ remark, told }: View, travels: Travels, words: ScreenWords): string | undefined {
  const { isLost, stopped } = currentBranch(travels).player;
  if (told !== undefined) return told;
  if (remark) return words.remarks[remark];
  if (isLost) return words.lost;
  return (stopped && words.stopped[stopped]) ?? travelRemark(travels, words.branching);
}

function travelRemark({ remark }: Travels, words: BranchingWords): string | undefined {
  if (!remark) return undefined;
  return 'name' in remark ? words[remark.what](remark.name) : words.refusals[remark.what];
}

/** Tells when the reader has come to the end of what was opened, be it in a hurry. */
function useEnd({ onEnd }: Session, { branches: [opened] }: Travels): void {
  const isOver = opened !== undefined && isAtEnd(opened.player, opened.timeline);
  useEffect(() => {
    if (isOver) onEnd?.();
  }, [isOver, onEnd]);
}

/** Goes through the log a part at a time, between frames. */
function useWalk(timeline: Timeline): void {
  const [, setParts] = useState(0);
  const isThrough = walkOn(timeline);
  useEffect(() => {
    if (isThrough) return undefined;
    const next = setImmediate(() => setParts((parts) => parts + 1));
    return () => clearImmediate(next);
  });
}

/** The scene, the same object while nothing is added to it: it is set anew only then. */
function useScene(timeline: Timeline, cursor: number): Scene {
  const { story, steps } = timeline;
  const lines = firstAbove(story, cursor);
  const step = firstAbove(steps, cursor);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the scene is its lines so far, not the cursor.
  return useMemo(() => sceneAt(timeline, cursor), [timeline, lines, step, steps.length]);
}
