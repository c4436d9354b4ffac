import { type ReactNode, useMemo } from 'react';
import type { Player } from '../../replay/player/player.ts';
import { previousBeat, previousStop } from '../../replay/seek.ts';
import type { Timeline } from '../../replay/timeline.ts';
import { answerLines } from '../answer-lines.ts';
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
  readonly width: number;
  readonly height: number;
}

/** Ages are told in seconds, so it need not be asked more often. */
const SECOND_MS = 1000;

/** Asks the question anew wherever the reader goes, and shows the part of the answer that is scrolled to. */
export function AnswerBody({ timeline, player, question, room, words, width, height }: Props): ReactNode {
  const { cursor, detailed } = player;
  const { line } = question;
  const second = Math.floor(player.clock / SECOND_MS) * SECOND_MS;
  const lines = useMemo(() => {
    const world = timeline.worldAt(cursor);
    const before = timeline.worldAt((detailed ? previousStop : previousBeat)(timeline, cursor));
    return answerLines({ line, world, before, now: Math.max(second, world.at), width, words });
  }, [timeline, cursor, detailed, line, second, width, words]);
  const last = Math.max(0, lines.length - (height - 1));
  room.current = { last, page: height - 2 };
  return <AnswerPane {...{ line, lines, width, height }} top={Math.min(question.top, last)} />;
}
