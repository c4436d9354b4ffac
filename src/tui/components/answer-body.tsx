import { type ReactNode, useMemo } from 'react';
import type { Player } from '../../replay/player/player.ts';
import type { Timeline } from '../../replay/timeline.ts';
import { formatClock } from '../../report/clock.ts';
import { objectName } from '../../report/object-history.ts';
import { type AnswerLine, answerLines } from '../answer-lines.ts';
import type { Viewing } from '../use-view.ts';
import type { Question } from '../view.ts';
import type { ScreenWords } from '../words.ts';
import { AnswerPane } from './answer-pane.tsx';

interface Props {
  readonly timeline: Timeline;
  readonly player: Player;
  readonly question: Question;
  readonly room: Viewing['answerRoom'];
  readonly words: ScreenWords;
  readonly language: string;
  readonly width: number;
  readonly height: number;
}

/** Ages are told in seconds, so it need not be asked more often. */
const SECOND_MS = 1000;

/** Asks the question anew wherever the reader goes, and shows the part of the answer that is scrolled to. */
export function AnswerBody(props: Props): ReactNode {
  const { timeline, player, question, room, words, language, width, height } = props;
  const { cursor, detailed } = player;
  const { top, ...asked } = question;
  const now = Math.floor(player.clock / SECOND_MS) * SECOND_MS;
  const what = JSON.stringify(asked);
  const count = timeline.entries.length;
  // biome-ignore lint/correctness/useExhaustiveDependencies: `what` is the question, and entries grow.
  const lines = useMemo(
    () => answerLines(question, { timeline, cursor, now, detailed, language, width, words }),
    [timeline, cursor, now, detailed, what, language, width, words, asked.asks !== 'kubectl' && count],
  );
  const last = Math.max(0, lines.length - (height - 1));
  const base = Math.max(0, Math.min(last, placeOf(lines) - Math.floor(height / 2)));
  room.current = { first: -base, last: last - base, page: height - 2 };
  const line = titleOf(question, timeline, words);
  return <AnswerPane {...{ line, lines, width, height }} top={Math.max(0, Math.min(base + top, last))} />;
}

/** Where the reader stands in a history; everything else is read from its beginning. */
function placeOf(lines: readonly AnswerLine[]): number {
  return lines.findIndex(({ tone }) => tone === 'current');
}

function titleOf(question: Question, timeline: Timeline, words: ScreenWords): string {
  switch (question.asks) {
    case 'kubectl':
      return question.line;
    case 'history':
      return `${words.history} ${objectName(timeline, question.key)}`;
    case 'then':
      return `${words.effects} ${formatClock(timeline.timeOf(question.seq))}`;
    case 'difference':
      return `${words.difference} ${formatClock(timeline.timeOf(question.from))}`;
  }
}
