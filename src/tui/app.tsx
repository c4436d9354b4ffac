import { Box, Text, useApp, useIsScreenReaderEnabled } from 'ink';
import { type ReactNode, useEffect, useMemo, useState } from 'react';
import { firstAbove } from '../kernel/table/first-above.ts';
import { currentBranch, type Travels } from '../replay/player/travels.ts';
import { type Scene, sceneAt } from '../replay/scene.ts';
import type { Timeline } from '../replay/timeline.ts';
import { objectName } from '../report/object-history.ts';
import { podsAt } from '../report/pod-rows.ts';
import { walkOn } from '../report/walked.ts';
import type { BranchingWords } from './branching-words.ts';
import { Footer } from './components/footer.tsx';
import { Header } from './components/header.tsx';
import { Help } from './components/help.tsx';
import { Panes } from './components/panes.tsx';
import { Scrubber, scrubberRows } from './components/scrubber.tsx';
import { placeIn } from './footer-line.ts';
import { suggestionsAt } from './given.ts';
import { FRAME_ROWS, isTooSmall, type Layout, layoutOf, type Slot, SMALLEST } from './layout.ts';
import type { Reader } from './pane-keys.ts';
import type { Session } from './session.ts';
import type { Size } from './size.ts';
import { sceneLines } from './story-lines.ts';
import { useGrowth } from './use-growth.ts';
import { seenBy, usePlayer } from './use-player.ts';
import { useSize } from './use-size.ts';
import { useView, type Viewing } from './use-view.ts';
import { focusOf, type View } from './view.ts';
import { scrollableLines, visibleStory } from './visible-story.ts';
import { type ScreenWords, wordsIn } from './words.ts';

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
  if (isTooSmall(size)) {
    const words = wordsIn(viewing.view.language);
    return <Text>{words.tooSmall(SMALLEST.columns, SMALLEST.rows)}</Text>;
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
  const words = wordsIn(language);
  const scene = useScene(timeline, player.cursor);
  useWalk(timeline);
  const body = rows - FRAME_ROWS + 1 - scrubberRows(travels);
  const isLinear = useIsScreenReaderEnabled();
  const layout = useLayout({ columns, rows: body, seen, isLinear });
  const box = storyBox(layout);
  const width = box.width - 1;
  const lines = useMemo(() => sceneLines(scene, { language, width }), [scene, language, width]);
  const height = box.height - 1;
  const up = setScrollable({ lines: scrollableLines(lines, height), page: height, of: scene });
  const story = visibleStory(lines, { height, up, words });
  const isFirst = scene.step <= 1 && !player.playing;
  return (
    <Box flexDirection="column" width={columns} height={rows - 1}>
      <Header
        {...{ name, scene, timeline, player, words, language }}
        branch={shownBranch(travels)}
        part={part?.()}
        width={columns}
      />
      {view.help ? (
        <Help {...{ words, language, room }} top={view.top} width={columns} height={body} />
      ) : (
        <Panes seen={{ ...seen, words }} {...{ layout, story, room }} />
      )}
      <Scrubber travels={travels} width={columns} />
      <Footer
        language={language}
        width={columns}
        notice={remarkOn(view, travels, words) ?? (isFirst ? notice?.() : undefined)}
        followed={player.selected === undefined ? undefined : objectName(timeline, player.selected)}
        place={view.help ? 'text' : placeIn(focusOf(view))}
        prompt={view.prompt}
        suggestions={view.prompt ? suggestionsAt(view.prompt, seen) : []}
      />
    </Box>
  );
}

interface Laid extends Size {
  readonly seen: Reader;
  /** Everything is read out from the first line to the last. */
  readonly isLinear: boolean;
}

function useLayout({ columns, rows, seen: { view, timeline, player }, isLinear }: Laid): Layout {
  const { recent } = view;
  const room = { columns, rows, recent, isLinear, podsRows: 3 };
  const { isSmall } = layoutOf(room);
  const zoomed = view.zoomed === true || (view.opened === true && isSmall);
  if (!isSmall || zoomed) return layoutOf({ ...room, zoomed });
  return layoutOf({ ...room, podsRows: Math.max(1, podsAt(timeline, player).length) + 2 });
}

/** The story is set even where another pane has its room. */
function storyBox({ columns }: Layout): Slot {
  const slots = columns.flat();
  const [first] = slots;
  return (
    slots.find(({ name }) => name === 'story') ??
    first ?? { name: 'story', others: [], width: 60, height: 10 }
  );
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
