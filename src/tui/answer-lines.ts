import type { Files } from '../cluster/clients/files.ts';
import type { World } from '../cluster/world/world.ts';
import type { Millis } from '../kernel/time/millis.ts';
import { branchDifference, comparableTime } from '../replay/branch-difference.ts';
import { notableConsequences } from '../replay/consequences.ts';
import { differenceOf } from '../replay/difference.ts';
import type { Branch } from '../replay/player/travels.ts';
import { previousBeat, previousStop } from '../replay/seek.ts';
import type { Timeline } from '../replay/timeline.ts';
import { type Answer, askKubectl } from '../report/ask-kubectl.ts';
import { type BranchLine, branchText } from '../report/branch-text.ts';
import { formatClock } from '../report/clock.ts';
import { decisionAbout, decisionAt } from '../report/decision/decision-at.ts';
import { decisionLines } from '../report/decision/decision-lines.ts';
import { type DifferenceLine, differenceText } from '../report/difference-text.ts';
import { entryLine } from '../report/entry-line.ts';
import { printable } from '../report/printable.ts';
import type { ScreenWords } from '../words/screen-words.ts';
import type { Tone } from './tones.ts';
import type { Question } from './view.ts';
import { wrapped } from './wrapped.ts';

export interface AnswerLine {
  readonly text: string;
  readonly tone: Tone;
}

/** Who asks, where, and how much room there is for the answer. */
export interface Asking {
  readonly timeline: Timeline;
  readonly cursor: number;
  readonly now: Millis;
  /** Every commit is a place of its own. */
  readonly detailed: boolean;
  readonly language: string;
  /** What lies in the folder where lines are typed. */
  readonly files: Files;
  readonly width: number;
  readonly words: ScreenWords;
  /** Virtual milliseconds, to the millisecond. */
  readonly clock: Millis;
  /** What the log is called among its branches. */
  readonly branch: string;
  /** The branch that it is compared with. */
  readonly other?: Branch;
}

/** What a question is answered with where the reader stands, set to a width. */
export function answerLines(question: Question, asking: Asking): readonly AnswerLine[] {
  switch (question.asks) {
    case 'kubectl':
      return kubectlLines(question.line, asking);
    case 'then':
      return thenLines(question.seq, asking);
    case 'branch':
      return branchLines(asking);
    case 'decision':
      return decisionOf(question.of, asking);
    case 'difference':
      return differenceLines(question.from, asking);
  }
}

function kubectlLines(line: string, asking: Asking): readonly AnswerLine[] {
  const { timeline, cursor, detailed, width, words } = asking;
  const ask = (world: World): Answer =>
    askKubectl(world, line, { now: Math.max(asking.now, world.at), files: asking.files });
  const answer = ask(timeline.worldAt(cursor));
  if ('refusal' in answer) {
    const lines = wrapped(printable(answer.refusal), width - 3);
    return lines.map((text, index) => ({ text: ` ${index === 0 ? '!' : ' '} ${text}`, tone: 'warning' }));
  }
  const before = ask(timeline.worldAt((detailed ? previousStop : previousBeat)(timeline, cursor)));
  const known = new Set(linesOf(before).map(unaligned));
  const lines = linesOf(answer).flatMap((text) =>
    setLine(text, { width, isNew: known.size > 0 && !known.has(unaligned(text)) }),
  );
  if (lines.length === 0) lines.push({ text: `  ${words.noAnswer}`, tone: 'faint' });
  if ('goesOn' in answer) lines.push({ text: `  ${words.goesOn}`, tone: 'faint' });
  return lines;
}

function setLine(
  text: string,
  { width, isNew }: { readonly width: number; readonly isNew: boolean },
): AnswerLine[] {
  return wrapped(text, width - 2).map((part, index) => ({
    text: `${isNew && index === 0 ? '▸' : ' '} ${part}`,
    tone: isNew ? 'strong' : 'plain',
  }));
}

/** Columns move when another row grows: that is no change of this one. */
function unaligned(text: string): string {
  return text.trim().replace(/\s+/g, ' ');
}

function linesOf(answer: Answer): readonly string[] {
  if (!('text' in answer)) return [];
  const text = printable(answer.text).replace(/\n+$/, '');
  return text === '' ? [] : text.split('\n');
}

/** More than that nobody reads. */
const MOST_CONSEQUENCES = 500;

/** Each a little further in than what it followed from; what is still to come where one stands is faint. */
function thenLines(seq: number, { timeline, cursor, language, words }: Asking): readonly AnswerLine[] {
  const followed = notableConsequences(timeline, seq, MOST_CONSEQUENCES);
  if (followed.length === 0) return [{ text: `  ${words.noEffects}`, tone: 'faint' }];
  return followed.map(({ entry, depth }) => {
    const what = printable(entryLine(entry, timeline.worldAt(entry.seq), language));
    const indent = '  '.repeat(Math.min(depth, MOST_INDENTS));
    return {
      text: `  ${formatClock(entry.at)} ${indent}${entry.actor}: ${what}`,
      tone: entry.seq > cursor ? 'faint' : 'plain',
    };
  });
}

/** A decision that is asked for by its pod is the last one where the reader stands. */
function decisionOf(
  of: Extract<Question, { asks: 'decision' }>['of'],
  { timeline, cursor, language, width, words }: Asking,
): readonly AnswerLine[] {
  const decision = 'seq' in of ? decisionAt(timeline, of.seq) : decisionAbout(timeline, of.pod, cursor);
  if (!decision) return [{ text: `  ${words.noDecision}`, tone: 'faint' }];
  return decisionLines(decision, language).flatMap((line, index) =>
    wrapped(printable(line), width - 3).map((text) => ({
      text: `  ${text}`,
      tone: index === 0 ? 'strong' : 'plain',
    })),
  );
}

const MOST_INDENTS = 4;

const DIFFERENCE_TONES: Readonly<Record<DifferenceLine['kind'], Tone>> = {
  came: 'good',
  went: 'bad',
  changed: 'plain',
};

function differenceLines(
  from: number,
  { timeline, cursor, width, words, language }: Asking,
): readonly AnswerLine[] {
  const world = timeline.worldAt(Math.max(from, cursor));
  const lines = differenceText(differenceOf(timeline, from, cursor), world, { language }).flatMap(
    ({ kind, text }) =>
      wrapped(printable(text), width - 4).map((part, index) => ({
        text: index === 0 ? `  ${part}` : `    ${part}`,
        tone: DIFFERENCE_TONES[kind],
      })),
  );
  return lines.length > 0 ? lines : [{ text: `  ${words.same}`, tone: 'faint' }];
}

const BRANCH_TONES: Readonly<Record<BranchLine['kind'], Tone>> = {
  ...DIFFERENCE_TONES,
  heading: 'strong',
  left: 'plain',
  right: 'plain',
};

/** What is otherwise than in another branch, which is told first: it is what the reader knows. */
function branchLines({ timeline, cursor, clock, branch, other, ...asking }: Asking): readonly AnswerLine[] {
  const { language, width, words } = asking;
  if (!other) return [];
  const at = comparableTime(other.timeline, timeline, Math.max(clock, timeline.timeOf(cursor)));
  const lines = branchText(branchDifference(other.timeline, timeline, at), {
    left: other,
    right: { name: branch, timeline },
    words: words.branch,
    language,
  });
  return lines.flatMap(({ kind, text }) => {
    const indent = kind === 'heading' ? ' ' : '   ';
    return wrapped(printable(text), width - indent.length - 2).map((part, index) => ({
      text: index === 0 ? `${indent}${part}` : `${indent}  ${part}`,
      tone: BRANCH_TONES[kind],
    }));
  });
}
