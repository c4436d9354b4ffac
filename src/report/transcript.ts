import type { Event } from '../cluster/contract/event.ts';
import type { Question } from '../cluster/contract/story-event.ts';
import type { Entry } from '../kernel/log/entry.ts';
import { inLanguage, promptOf, type StoryItem, stepsFrom, storyOf } from '../replay/story.ts';
import { entryWordsIn } from '../words/entry-words-in.ts';
import { formatClock } from './clock.ts';
import { printable } from './printable.ts';
import { trafficBegins, trafficLines } from './traffic-lines.ts';

/**
 * A log as a plain text that reads as a story: what is told, what is typed and what the terminal showed.
 * Pieces come as they are read, each with its newlines.
 */
export function* transcriptOf(
  entries: Iterable<Entry<Event>>,
  language: string,
  asides?: ReadonlyMap<number, string>,
): Generator<string, void, void> {
  let steps = 0;
  for (const item of storyOf(entries)) {
    steps = stepsFrom(item, steps);
    yield storyText(item, { language, steps, ...(asides && { asides }) });
  }
}

export interface Telling {
  readonly language: string;
  /** How many the scenario has. */
  readonly steps: number;
  /** What is told of branches, by the number of the step that tells of one. */
  readonly asides?: ReadonlyMap<number, string>;
}

/** A piece of the story as a transcript has it. */
export function storyText(item: StoryItem, telling: Telling): string {
  return printable(textOf(item, telling));
}

function textOf(item: StoryItem, { language, steps, asides }: Telling): string {
  switch (item.kind) {
    case 'title':
      return `# ${inLanguage(item.title, language)}\n`;
    case 'step': {
      const phase = item.phase === undefined ? '' : `${item.phase} `;
      // Of a story that was written while it was played nobody knew how many there would be.
      const head = `\n[${phase}${item.step}${steps === 0 ? '' : `/${steps}`}] ${formatClock(item.at)}`;
      const text = inLanguage(item.text, language).trimEnd();
      const aside = asides?.get(item.step) ?? '';
      if (item.told) return `${head}\n${text}\n${aside}`;
      // What is typed, expected, captured or asked follows by itself.
      return `${['wait', 'fault', 'join'].includes(item.does) ? `${head}  ${text}` : head}\n${aside}`;
    }
    case 'command':
      return `${promptOf(item)} ${item.line}${item.background ? ' &' : ''}\n`;
    case 'output':
      return item.resumed ? prefixed(item.command, item.text) : endedLine(item.text);
    case 'exit':
      return `(exit ${item.exitCode})\n`;
    case 'expectation':
      return item.missed === undefined
        ? `ok: ${item.what}\n`
        : `MISSED: ${item.what}\n${indented(item.missed)}`;
    case 'client':
      return `${item.begins ? trafficBegins(item.client, item.begins, ENGLISH) : ENGLISH.stops(item.client)}\n`;
    case 'traffic':
      return trafficLines(item.client, item.totals)
        .map((line) => `${line}\n`)
        .join('');
    case 'notice':
      return `note: ${item.about}: ${item.message}\n`;
    case 'checkpoint':
      return `-- ${item.name}\n`;
    case 'question':
      return questionText(item.question, language);
    case 'branch':
      return '';
    case 'handedOver':
      return `\n${formatClock(item.at)}  From here on the story is yours.\n`;
    case 'end':
      return `\n${formatClock(item.at)}  ${item.passed ? 'All expectations met.' : 'Not all expectations met.'}\n`;
  }
}

/** Whoever only reads is told the answer at once. */
function questionText({ ask, choices = [], answer, explain }: Question, language: string): string {
  const lines = [
    `? ${inLanguage(ask, language).trimEnd()}`,
    ...choices.map((choice, index) => `  ${index + 1}. ${inLanguage(choice, language)}`),
    `Answer: ${answerText({ choices, answer }, language)}`,
    ...(explain ? linesOf(inLanguage(explain, language)).map((line) => `  ${line}`.trimEnd()) : []),
  ];
  return `${lines.join('\n')}\n`;
}

/** The right answer in words: of several that are accepted, the first. */
export function answerText(
  { choices = [], answer }: Pick<Question, 'choices' | 'answer'>,
  language: string,
): string {
  if (typeof answer !== 'number') return answer[0] ?? '';
  const choice = choices[answer - 1];
  return `${answer}. ${choice ? inLanguage(choice, language) : ''}`;
}

/** What is for programs and for files to compare is in one language. */
const { traffic: ENGLISH } = entryWordsIn('en');

function endedLine(text: string): string {
  return text === '' || text.endsWith('\n') ? text : `${text}\n`;
}

function prefixed(command: string, text: string): string {
  return linesOf(text)
    .map((line) => `(${command}) ${line}\n`)
    .join('');
}

function indented(text: string): string {
  return linesOf(text)
    .map((line) => `  ${line}\n`)
    .join('');
}

function linesOf(text: string): string[] {
  return text.replace(/\n$/, '').split('\n');
}
