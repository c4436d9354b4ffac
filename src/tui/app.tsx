import { Box, Text, useApp, useIsScreenReaderEnabled } from 'ink';
import { type ReactNode, useEffect, useMemo, useState } from 'react';
import type { Player } from '../replay/player/player.ts';
import { type Scene, sceneAt } from '../replay/scene.ts';
import { firstAbove } from '../replay/seek.ts';
import type { Timeline } from '../replay/timeline.ts';
import { podsAt } from '../report/pod-rows.ts';
import { walkOn } from '../report/walked.ts';
import { Footer } from './components/footer.tsx';
import { Header } from './components/header.tsx';
import { Help } from './components/help.tsx';
import { Panes } from './components/panes.tsx';
import { Scrubber } from './components/scrubber.tsx';
import { placeIn } from './footer-line.ts';
import { FRAME_ROWS, isTooSmall, type Layout, layoutOf, type Slot, SMALLEST } from './layout.ts';
import { suggestionsAt } from './pressed.ts';
import type { Session } from './session.ts';
import type { Size } from './size.ts';
import { sceneLines } from './story-lines.ts';
import { useGrowth } from './use-growth.ts';
import { usePlayer } from './use-player.ts';
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
  readonly notice?: string;
  readonly onSuspend?: () => void;
}

/** The player's screen. It never has as many lines as the terminal, so that nothing scrolls away. */
export function App({ session, name, language, notice, onSuspend }: Props): ReactNode {
  const { exit } = useApp();
  const size = useSize();
  const { timeline } = session;
  const viewing = useView({ timeline, language, exit, onSuspend });
  const player = usePlayer(session, viewing);
  useGrowth(session, exit);
  if (isTooSmall(size)) {
    const words = wordsIn(viewing.view.language);
    return <Text>{words.tooSmall(SMALLEST.columns, SMALLEST.rows)}</Text>;
  }
  return <Stage {...{ timeline, player, viewing, size, name }} {...(notice !== undefined && { notice })} />;
}

interface StageProps extends Pick<Props, 'name' | 'notice'> {
  readonly timeline: Timeline;
  readonly player: Player;
  readonly viewing: Viewing;
  readonly size: Size;
}

function Stage({ timeline, player, viewing, size: { columns, rows }, name, notice }: StageProps): ReactNode {
  const { view, setScrollable, room } = viewing;
  const { language } = view;
  const words = wordsIn(language);
  const scene = useScene(timeline, player.cursor);
  useWalk(timeline);
  const body = rows - FRAME_ROWS;
  const isLinear = useIsScreenReaderEnabled();
  const layout = useLayout({ columns, rows: body, view, timeline, player, isLinear });
  const box = storyBox(layout);
  const width = box.width - 1;
  const lines = useMemo(() => sceneLines(scene, { language, width }), [scene, language, width]);
  const height = box.height - 1;
  const up = setScrollable({ lines: scrollableLines(lines, height), page: height, of: scene });
  const story = visibleStory(lines, { height, up, words });
  const isFirst = scene.step <= 1 && !player.playing;
  return (
    <Box flexDirection="column" width={columns} height={rows - 1}>
      <Header {...{ name, scene, timeline, player, words, language }} width={columns} />
      {view.help ? (
        <Help {...{ words, language, room }} top={view.top} width={columns} height={body} />
      ) : (
        <Panes seen={{ timeline, player, view, words }} {...{ layout, story, room }} />
      )}
      <Scrubber timeline={timeline} player={player} width={columns} />
      <Footer
        language={language}
        width={columns}
        notice={remarkOn(view, player, words) ?? (isFirst ? notice : undefined)}
        place={view.help ? 'text' : placeIn(focusOf(view))}
        prompt={view.prompt}
        suggestions={view.prompt ? suggestionsAt(view.prompt, player, timeline) : []}
      />
    </Box>
  );
}

interface Laid extends Size {
  readonly view: View;
  readonly timeline: Timeline;
  readonly player: Player;
  /** Everything is read out from the first line to the last. */
  readonly isLinear: boolean;
}

function useLayout({ columns, rows, view, timeline, player, isLinear }: Laid): Layout {
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

/** What became of the last key, where nothing else shows it; or why playing has stopped. */
function remarkOn({ remark }: View, { isLost, stopped }: Player, words: ScreenWords): string | undefined {
  if (remark) return words.remarks[remark];
  if (isLost) return words.lost;
  return stopped && words.stopped[stopped];
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
