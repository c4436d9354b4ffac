import { Box, Text, useApp } from 'ink';
import { type ReactNode, useMemo } from 'react';
import type { Player } from '../replay/player/player.ts';
import { type Scene, sceneAt } from '../replay/scene.ts';
import { firstAbove } from '../replay/seek.ts';
import type { Timeline } from '../replay/timeline.ts';
import { podsAt } from '../report/pod-rows.ts';
import { AnswerBody } from './components/answer-body.tsx';
import { Footer } from './components/footer.tsx';
import { Header } from './components/header.tsx';
import { Help } from './components/help.tsx';
import { Panes } from './components/panes.tsx';
import { podsHeight } from './components/pods-pane.tsx';
import { Scrubber } from './components/scrubber.tsx';
import type { Place } from './footer-line.ts';
import { FRAME_ROWS, isTooSmall, layoutOf, SMALLEST } from './layout.ts';
import { suggestionsAt } from './pressed.ts';
import type { Session } from './session.ts';
import type { Size } from './size.ts';
import { sceneLines } from './story-lines.ts';
import { useGrowth } from './use-growth.ts';
import { usePlayer } from './use-player.ts';
import { useSize } from './use-size.ts';
import { useView, type Viewing } from './use-view.ts';
import type { View } from './view.ts';
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
  const { view, setScrollable } = viewing;
  const { language } = view;
  const words = wordsIn(language);
  const scene = useScene(timeline, player.cursor);
  const pods = podsAt(timeline, player);
  const body = rows - FRAME_ROWS;
  const layout = layoutOf({ columns, rows: body, podsRows: podsHeight(pods), turns: view.turns });
  const width = layout.story.width - 1;
  const lines = useMemo(() => sceneLines(scene, { language, width }), [scene, language, width]);
  const height = layout.story.height - 1;
  const up = setScrollable({ lines: scrollableLines(lines, height), page: height, of: scene });
  const story = visibleStory(lines, { height, up, words });
  const isFirst = scene.step <= 1 && !player.playing;
  return (
    <Box flexDirection="column" width={columns} height={rows - 1}>
      <Header {...{ name, scene, timeline, player, words, language }} width={columns} />
      {view.help ? (
        <Help words={words} language={language} width={columns} height={body} />
      ) : view.question ? (
        <AnswerBody
          {...{ timeline, player, words, language }}
          question={view.question}
          room={viewing.answerRoom}
          width={columns}
          height={body}
        />
      ) : (
        <Panes {...{ timeline, player, layout, story, pods, words, language }} />
      )}
      <Scrubber timeline={timeline} player={player} width={columns} />
      <Footer
        language={language}
        width={columns}
        notice={remarkOn(view, player, words) ?? (isFirst ? notice : undefined)}
        place={placeOf(view)}
        prompt={view.prompt}
        suggestions={view.prompt ? suggestionsAt(view.prompt, player, timeline) : []}
      />
    </Box>
  );
}

function placeOf({ question, help }: View): Place {
  if (!question || help) return 'story';
  return 'key' in question ? 'object' : 'answer';
}

/** What became of the last key, where nothing else shows it. */
function remarkOn(
  { isAboutNothing, isUnmarked }: View,
  { isLost }: Player,
  words: ScreenWords,
): string | undefined {
  if (isUnmarked) return words.unmarked;
  return isAboutNothing ? words.aboutNothing : isLost ? words.lost : undefined;
}

/** The scene, the same object while nothing is added to it: it is set anew only then. */
function useScene(timeline: Timeline, cursor: number): Scene {
  const { story, steps } = timeline;
  const lines = firstAbove(story, cursor);
  const step = firstAbove(steps, cursor);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the scene is its lines so far, not the cursor.
  return useMemo(() => sceneAt(timeline, cursor), [timeline, lines, step, steps.length]);
}
