import type { Question } from '../cluster/contract/story-event.ts';
import { regularExpression } from '../scenario/matching/regular-expression.ts';
import { commitOf } from './seek.ts';
import type { Timeline } from './timeline.ts';

/** What a learner is asked, and where: they stand there until they have answered. */
export interface Asked {
  /** The end of the commit in which it is asked. */
  readonly stop: number;
  readonly question: Question;
}

/** What a learner said to a question: it stands in no log. */
export type Answer = { readonly given: string; readonly isRight: boolean } | 'skipped';

/** Answers by question; the same question is asked once in all branches. */
export type Answers = Readonly<Record<string, Answer>>;

/** The questions of a story, in order. */
export function questionsOf(timeline: Timeline): readonly Asked[] {
  const { story, facts, entries } = timeline;
  const type = facts.type.names.find('QuestionAsked');
  if (type === undefined) return [];
  return story.flatMap((seq) => {
    const event = facts.type.idAt(seq) === type ? entries.of(seq)?.event : undefined;
    return event?.type === 'QuestionAsked' ? [{ stop: commitOf(timeline, seq), question: event }] : [];
  });
}

/** What tells a question from others. */
export function questionKey({ ask, choices = [] }: Question): string {
  return JSON.stringify([ask, choices]);
}

/** The question before which a move forward ends: the first one that is not answered. */
export function firstUnanswered(
  timeline: Timeline,
  answers: Answers,
  { from, to }: { readonly from: number; readonly to: number },
): Asked | undefined {
  return questionsOf(timeline).find(
    ({ stop, question }) => stop >= from && stop < to && answers[questionKey(question)] === undefined,
  );
}

/** The question that is asked where somebody stands, and not answered. */
export function openQuestion(timeline: Timeline, answers: Answers, cursor: number): Asked | undefined {
  return questionsOf(timeline).find(
    ({ stop, question }) => stop === cursor && answers[questionKey(question)] === undefined,
  );
}

/**
 * Whether an answer is right: a number of the choices, or a text that is accepted. Capitals do not matter.
 */
export function isRight({ choices, answer }: Question, given: string): boolean {
  const said = given.trim().toLowerCase();
  if (choices || typeof answer === 'number') return Number(said) === answer;
  return answer.some((each) =>
    /^\/.*\/[ims]*$/.test(each)
      ? regularExpression(each).test(given.trim())
      : each.trim().toLowerCase() === said,
  );
}
