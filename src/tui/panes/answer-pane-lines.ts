import { branchNamed } from '../../replay/player/travels.ts';
import { formatClock } from '../../report/clock.ts';
import { type AnswerLine, answerLines } from '../answer-lines.ts';
import type { Box } from '../layout.ts';
import { lineOf, type PaneBody } from '../line.ts';
import type { Question } from '../view.ts';
import type { Seen } from './seen.ts';

/** Ages are told in seconds, so it need not be asked more often. */
const SECOND_MS = 1000;

/** What the cluster answers where the reader stands, scrolled to where the reader wants it. */
export function answerPaneLines(seen: Seen, { width, height }: Box): PaneBody {
  const { timeline, player, view, words, travels, files } = seen;
  const { question, language } = view;
  if (!question) return { title: '', lines: [] };
  const { cursor, detailed } = player;
  const now = Math.floor(player.clock / SECOND_MS) * SECOND_MS;
  const other = question.asks === 'branch' ? branchNamed(travels.branches, question.other) : undefined;
  const asking = {
    ...{ timeline, cursor, now, detailed, language, files, width, words },
    branch: travels.current,
    clock: player.clock,
    ...(other && { other }),
  };
  const lines: readonly AnswerLine[] = answerLines(question, asking);
  const last = Math.max(0, lines.length - (height - 1));
  const top = Math.max(0, Math.min(question.top, last));
  const rest = lines.length - top - (height - 1);
  const more = [...(top > 0 ? [`↑ ${top}`] : []), ...(rest > 0 ? [`↓ ${rest}`] : [])];
  return {
    title: [titleOf(question, seen), ...more].join('  '),
    lines: lines.slice(top, top + height - 1).map(({ text, tone }) => lineOf(text, tone)),
    room: { first: 0, last, page: Math.max(1, height - 2) },
  };
}

function titleOf(question: Question, { timeline, words, travels }: Seen): string {
  switch (question.asks) {
    case 'kubectl':
      return question.line;
    case 'then':
      return `${words.effects} ${formatClock(timeline.timeOf(question.seq))}`;
    case 'branch':
      return words.branching.beside(travels.current, question.other);
    case 'decision':
      return words.decision;
    case 'difference':
      return `${words.difference} ${formatClock(timeline.timeOf(question.from))}`;
  }
}
