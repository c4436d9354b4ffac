import type { Question } from '../cluster/contract/story-event.ts';
import { type Answers, questionKey } from '../replay/quiz.ts';
import type { Scene } from '../replay/scene.ts';
import { inLanguage, promptOf, type StoryItem } from '../replay/story.ts';
import { formatClock } from '../report/clock.ts';
import { paragraphsOf } from '../report/paragraphs.ts';
import { printable } from '../report/printable.ts';
import { trafficBegins, trafficLines } from '../report/traffic-lines.ts';
import { answerText } from '../report/transcript.ts';
import { entryWordsIn } from '../words/entry-words-in.ts';
import { screenWordsIn } from '../words/screen-words-in.ts';
import type { Tone } from './tones.ts';
import { wrapped, wrappedWords } from './wrapped.ts';

/** A line of the story and what it is, which decides how it is shown. */
export interface StoryLine {
  readonly tone: Tone;
  readonly text: string;
  /** The line, or the first of the lines, of a command that was typed. */
  readonly command?: true;
}

/** A scene set to a width in cells: what is told, and what happens below it. */
export interface SceneLines {
  readonly told: readonly StoryLine[];
  readonly rest: readonly StoryLine[];
}

export interface Setting {
  readonly language: string;
  readonly width: number;
  /** What the learner has said to questions. */
  readonly answers?: Answers;
}

export function sceneLines(scene: Scene, setting: Setting): SceneLines {
  const { language, width } = setting;
  const told = scene.told ? paragraphsOf(printable(inLanguage(scene.told, language))) : [];
  return {
    told: told.flatMap((paragraph) =>
      codeClosed(setParagraph(paragraph, width)).map((text) => ({ tone: 'told', text })),
    ),
    rest: scene.items.flatMap((item) => itemLines(item, setting)),
  };
}

function itemLines(item: StoryItem, { language, width, answers = {} }: Setting): readonly StoryLine[] {
  const lines = (tone: Tone, text: string): StoryLine[] =>
    wrapped(printable(text).replace(/\n$/, ''), width).map((line) => ({ tone, text: line }));
  const { traffic } = entryWordsIn(language);
  switch (item.kind) {
    case 'title':
      return [];
    case 'step': {
      if (item.told) return [];
      const text = inLanguage(item.text, language);
      if (item.does === 'fault') return lines('warning', `${formatClock(item.at)} ${text}`);
      if (item.does === 'branch') {
        const { whatIf } = screenWordsIn(language).branching;
        return lines('mark', `⎇ ${whatIf(text)}`);
      }
      return item.does === 'wait' ? lines('faint', `${formatClock(item.at)} … ${text}`) : [];
    }
    case 'command': {
      const [first, ...others] = lines(
        'command',
        `${promptOf(item)} ${item.line}${item.background ? ' &' : ''}`,
      );
      return first ? [{ ...first, command: true }, ...others] : [];
    }
    case 'output':
      return lines('plain', item.resumed ? item.text.replace(/^(?=.)/gm, `(${item.command}) `) : item.text);
    case 'exit':
      return lines('warning', `(exit ${item.exitCode})`);
    case 'expectation':
      return item.missed === undefined
        ? [{ tone: 'good', text: printable(`✓ ${item.what}`).replace(/\s+/g, ' ') }]
        : [...lines('bad', `✗ ${item.what}`), ...lines('plain', item.missed.replace(/^/gm, '  '))];
    case 'client':
      return lines(
        'faint',
        item.begins ? trafficBegins(item.client, item.begins, traffic) : traffic.stops(item.client),
      );
    case 'traffic': {
      const [whole = '', ...losses] = trafficLines(item.client, item.totals, traffic);
      return [...lines('faint', whole), ...losses.flatMap((line) => lines('warning', line))];
    }
    case 'notice':
      return lines('warning', `! ${item.about}: ${item.message}`);
    case 'checkpoint':
      return lines('faint', `⚑ ${item.name}`);
    case 'question':
      return questionLines(item.question, { language, answers }).flatMap(([tone, text]) => lines(tone, text));
    case 'branch':
      return lines('mark', `⎇ ${item.name}`);
    case 'handedOver':
      return lines('good', `▸ ${screenWordsIn(language).yours}`);
    case 'end': {
      const words = screenWordsIn(language);
      return item.passed ? lines('good', `✓ ${words.passed}`) : lines('bad', `✗ ${words.failed}`);
    }
  }
}

/** A question, and once it is answered what was right about it. */
function questionLines(
  question: Question,
  { language, answers }: { readonly language: string; readonly answers: Answers },
): readonly (readonly [Tone, string])[] {
  const { ask, choices = [], explain } = question;
  const { quiz } = screenWordsIn(language);
  const answer = answers[questionKey(question)];
  const asked = [
    ['strong', `? ${inLanguage(ask, language).trimEnd()}`] as const,
    ...choices.map((choice, index) => ['plain', `  ${index + 1}  ${inLanguage(choice, language)}`] as const),
  ];
  if (answer === undefined) return [...asked, ['mark', `▸ ${quiz.answerNow(choices.length)}`]];
  const right = answerText(question, language);
  const verdict =
    answer === 'skipped'
      ? (['faint', quiz.skipped(right)] as const)
      : answer.isRight
        ? (['good', `✓ ${quiz.right(right)}`] as const)
        : (['bad', `✗ ${quiz.wrong(answer.given, right)}`] as const);
  const told = explain ? [['told', inLanguage(explain, language).trimEnd()] as const] : [];
  return [...asked, verdict, ...told];
}

/** A paragraph keeps its indentation in all its lines. */
function setParagraph(text: string, width: number): string[] {
  const [indent = ''] = /^\s*(?:[-*] |\d+\. )?/.exec(text) ?? [];
  const blank = ' '.repeat(indent.length);
  const room = Math.max(10, width - indent.length);
  return wrappedWords(text.slice(indent.length), room).map((line, index) =>
    `${index === 0 ? indent : blank}${line}`.trimEnd(),
  );
}

/** Code that goes on in the next line ends in this one, and begins anew. */
function codeClosed(lines: readonly string[]): readonly string[] {
  let open = '';
  return lines.map((line) => {
    const text = `${open}${line}`;
    open = (text.split('`').length - 1) % 2 === 1 ? '`' : '';
    return `${text}${open}`;
  });
}
