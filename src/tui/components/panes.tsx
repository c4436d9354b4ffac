import { Box } from 'ink';
import type { ReactNode } from 'react';
import type { Player } from '../../replay/player/player.ts';
import { previousBeat, previousStop } from '../../replay/seek.ts';
import type { Timeline } from '../../replay/timeline.ts';
import { k8sEventRows } from '../../report/k8s-event-rows.ts';
import type { PodThere } from '../../report/pod-rows.ts';
import { causeLines, entryRows } from '../entry-rows.ts';
import type { Layout, PaneName } from '../layout.ts';
import type { StoryLine } from '../story-lines.ts';
import type { ScreenWords } from '../words.ts';
import { EntriesPane } from './entries-pane.tsx';
import { EventsPane } from './events-pane.tsx';
import { LanesPane } from './lanes-pane.tsx';
import { PodsPane } from './pods-pane.tsx';
import { StoryPane } from './story-pane.tsx';

interface Props {
  readonly timeline: Timeline;
  readonly player: Player;
  readonly layout: Layout;
  readonly story: readonly StoryLine[];
  readonly pods: readonly PodThere[];
  readonly words: ScreenWords;
  readonly language: string;
}

/** The story, and what happens in the cluster meanwhile. */
export function Panes({ layout, story, words, ...rest }: Props): ReactNode {
  const { timeline, player, pods } = rest;
  const before = (player.detailed ? previousStop : previousBeat)(timeline, player.cursor);
  const podsPane = layout.pods && (
    <PodsPane {...{ timeline, pods, before, words }} instant={player} {...layout.pods} />
  );
  return (
    <Box flexDirection="column">
      <Box flexDirection={layout.isBeside ? 'row' : 'column'} columnGap={1}>
        <StoryPane title={words.story} lines={story} {...layout.story} />
        <TurnedPane {...rest} {...{ layout, words, before }} />
      </Box>
      {podsPane}
    </Box>
  );
}

function TurnedPane({
  timeline,
  player,
  pods,
  layout: { turned },
  words,
  language,
  before,
}: Omit<Props, 'story'> & { readonly before: number }): ReactNode {
  const { name, width, height } = turned;
  const others = turned.others.map((each: PaneName) => words[each]);
  const frame = { words, others, width, height };
  if (name === 'pods') return <PodsPane {...{ timeline, pods, before }} instant={player} {...frame} />;
  if (name === 'events') return <EventsPane rows={k8sEventRows(timeline, player)} {...frame} />;
  if (name === 'lanes') return <LanesPane {...{ timeline, player }} {...frame} />;
  const causesRoom = Math.max(2, Math.min(6, Math.floor((height - 2) * 0.4)));
  return (
    <EntriesPane
      rows={entryRows({ timeline, player, language }, height - 2 - causesRoom)}
      why={causeLines({ timeline, player, language }, { width, height: causesRoom })}
      {...frame}
    />
  );
}
