import { Box, Text, useApp } from 'ink';
import { type ReactNode, useCallback, useMemo, useState } from 'react';
import { Help } from './components/help.tsx';
import { LinesPane } from './components/lines-pane.tsx';
import { Scrubber } from './components/scrubber.tsx';
import { StoryPane } from './components/story-pane.tsx';
import type { UiCommand } from './keymap.ts';
import type { Session } from './session.ts';
import { storyLines } from './story-lines.ts';
import { usePlayer } from './use-player.ts';
import { type Size, useSize } from './use-size.ts';
import { entryLines, podLines } from './views.ts';

const SMALLEST: Size = { columns: 60, rows: 18 };
/** From here on the story and the cluster stand side by side. */
const WIDE = 110;
const FOOTER = 'space play  ,/. entry  ←/→ 5 s  [/] step  0-9 jump  +/- speed  tab pane  ? help  q quit';

interface Props {
  readonly session: Session;
  readonly name: string;
  readonly language: string;
}

/** The player's screen. It never has as many lines as the terminal, so that nothing scrolls away. */
export function App({ session, name, language }: Props): ReactNode {
  const { exit } = useApp();
  const size = useSize();
  const [help, setHelp] = useState(false);
  const [pane, setPane] = useState(0);
  const onUi = useCallback(
    (command: UiCommand) => {
      if (command.type === 'quit') exit();
      else if (command.type === 'nextPane') setPane((shown) => (shown + 1) % 2);
      else setHelp((shown) => !shown);
    },
    [exit],
  );
  const { player, growth } = usePlayer(session, onUi);
  if (size.columns < SMALLEST.columns || size.rows < SMALLEST.rows) {
    return <Text>{`Please make the terminal at least ${SMALLEST.columns} by ${SMALLEST.rows}.`}</Text>;
  }
  const { timeline } = session;
  const body = size.rows - 4;
  const step = timeline.steps.filter((seq) => seq <= player.cursor).length;
  const state = `${player.playing ? '▶ playing' : '● paused'}  ${player.speed}×`;
  return (
    <Box flexDirection="column" width={size.columns} height={size.rows - 1}>
      <Box justifyContent="space-between">
        <Text bold wrap="truncate-end">{` kubereel  ${name}`}</Text>
        <Text wrap="truncate-end">{`step ${step}/${timeline.steps.length}${growth.ended ? '' : '…'}  ${state} `}</Text>
      </Box>
      {help ? (
        <Help height={body} />
      ) : (
        <Panes
          session={session}
          cursor={player.cursor}
          size={{ columns: size.columns, rows: body }}
          pane={pane}
          language={language}
        />
      )}
      <Scrubber timeline={timeline} player={player} growth={growth} width={size.columns} />
      <Text dimColor wrap="truncate-end">
        {FOOTER}
      </Text>
    </Box>
  );
}

interface PanesProps {
  readonly session: Session;
  readonly cursor: number;
  readonly size: Size;
  readonly pane: number;
  readonly language: string;
}

function Panes({ session: { timeline }, cursor, size, pane, language }: PanesProps): ReactNode {
  const { columns, rows } = size;
  const wide = columns >= WIDE;
  const storyWidth = wide ? Math.floor(columns / 2) - 1 : columns;
  const story = useMemo(
    () => storyLines(timeline.entries.slice(0, cursor), language, storyWidth - 1),
    [timeline, cursor, language, storyWidth],
  );
  const pods = podLines(timeline.worldAt(cursor));
  const podsHeight = Math.min(Math.max(5, pods.length + 1), Math.floor(rows / 3));
  if (!wide) {
    const below = pane === 0 ? podsHeight : Math.floor(rows / 2);
    const entries = entryLines(timeline, cursor, below - 1);
    return (
      <Box flexDirection="column">
        <StoryPane lines={story} width={columns} height={rows - below} />
        {pane === 0 ? (
          <LinesPane title="Pods" lines={pods} width={columns} height={below} />
        ) : (
          <LinesPane title="Entries" {...entries} width={columns} height={below} />
        )}
      </Box>
    );
  }
  const right = columns - storyWidth - 1;
  const entries = entryLines(timeline, cursor, rows - podsHeight - 1);
  return (
    <Box>
      <StoryPane lines={story} width={storyWidth} height={rows} />
      <Box flexDirection="column" marginLeft={1}>
        <LinesPane title="Pods" lines={pods} width={right} height={podsHeight} />
        <LinesPane title="Entries" {...entries} width={right} height={rows - podsHeight} />
      </Box>
    </Box>
  );
}
