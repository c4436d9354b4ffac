import type { Event } from '../../cluster/contract/event.ts';
import type { Localized, Question } from '../../cluster/contract/story-event.ts';
import type { Entry } from '../../kernel/log/entry.ts';
import { inLanguage, promptOf, type StoryItem, stepsFrom } from '../../replay/story.ts';
import { wordsIn } from '../../words/words-in.ts';
import { formatClock } from '../clock.ts';
import { printable } from '../printable.ts';
import { answerText, storyText } from '../transcript.ts';
import { timedStory } from './timed-story.ts';

export interface MarkdownOptions {
  readonly language: string;
  readonly pictures?: readonly MarkdownPicture[];
  /** What is told of branches, by the number of the step that tells of one. */
  readonly asides?: ReadonlyMap<number, string>;
}

/** A picture that lies beside the page. */
export interface MarkdownPicture {
  readonly file: string;
  /** What it shows. */
  readonly title: string;
  /** Where it stands: below the title, before what an entry tells, or before the last line. */
  readonly place: 'beginning' | 'end' | number;
}

/** A log as a page: prose as it is told, and what was typed and printed in blocks of a console. */
export function* markdownOf(
  entries: Iterable<Entry<Event>>,
  { language, asides, pictures = [] }: MarkdownOptions,
): Generator<string, void, void> {
  const block = createBlock();
  const shown = (place: MarkdownPicture['place']): string =>
    pictures
      .filter((picture) => picture.place === place)
      .map(({ file, title }) => `![${title}](${file})\n\n`)
      .join('');
  let steps = 0;
  for (const { item, at, seq } of timedStory(entries)) {
    steps = stepsFrom(item, steps);
    if (item.kind === 'command') {
      // A line that is typed after another one's output begins a block of its own.
      if (block.hasOutput) yield block.end();
      block.add(`${promptOf(item)} ${item.line}${item.background ? ' &' : ''}\n`);
      continue;
    }
    const text = storyText(item, { language, steps });
    if (item.kind === 'output' || item.kind === 'exit') {
      block.add(text, true);
      continue;
    }
    yield block.end();
    if (item.kind === 'step') yield shown(seq);
    if (item.kind === 'end') yield shown('end');
    yield proseOf(item, { language, text, at });
    const aside = item.kind === 'step' ? asides?.get(item.step) : undefined;
    if (aside !== undefined) {
      block.add(aside, true);
      yield block.end();
    }
    if (item.kind === 'title') yield shown('beginning');
  }
  yield block.end();
}

interface Told {
  readonly language: string;
  readonly text: string;
  readonly at: number;
}

function proseOf(item: StoryItem, { language, text, at }: Told): string {
  switch (item.kind) {
    case 'title':
      return `# ${printable(inLanguage(item.title, language))}\n\n`;
    case 'step': {
      if (item.told) return `${printable(inLanguage(item.text, language)).trimEnd()}\n\n`;
      const isEvent = ['wait', 'fault', 'join', 'traffic', 'branch', 'checkpoint'].includes(item.does);
      return isEvent ? `*${formatClock(at)} — ${printable(inLanguage(item.text, language))}*\n\n` : '';
    }
    case 'expectation':
      return item.missed === undefined
        ? `- [x] ${code(item.what)}\n\n`
        : `- [ ] ${code(item.what)}\n\n${quoted(item.missed)}\n\n`;
    case 'checkpoint':
    case 'branch':
      return '';
    case 'question':
      return `${quizText(item.question, language)}\n\n`;
    case 'end':
      return `*${text.trim()}*\n`;
    default:
      return `${quoted(text)}\n\n`;
  }
}

/** The answer is hidden until somebody wants it. */
function quizText(question: Question, language: string): string {
  const { ask, choices = [], explain } = question;
  const told = (text: Localized): string => printable(inLanguage(text, language)).trimEnd();
  const listed = choices.map((choice, index) => `${index + 1}. ${told(choice)}`);
  return [
    `**${told(ask)}**`,
    ...(listed.length > 0 ? [listed.join('\n')] : []),
    `<details><summary>${wordsIn(language).record.answer}</summary>`,
    code(answerText(question, language)),
    ...(explain ? [told(explain)] : []),
    '</details>',
  ].join('\n\n');
}

/** Nothing of a fact is taken for Markdown. */
function code(text: string): string {
  const line = printable(text).replaceAll('\n', ' ');
  const fence = '`'.repeat(longestRun(line) + 1);
  const pad = line.startsWith('`') || line.endsWith('`') ? ' ' : '';
  return `${fence}${pad}${line}${pad}${fence}`;
}

function quoted(text: string): string {
  const lines = printable(text).trimEnd().split('\n');
  return lines.map((line) => `> ${line.trim() === '' ? '' : code(line.trim())}`).join('  \n');
}

interface Block {
  readonly hasOutput: boolean;
  add(text: string, isOutput?: boolean): void;
  /** All of it, as only now it is known how long its fence must be; empty where there is nothing. */
  end(): string;
}

/** What stands in a console together, between two pieces of prose. */
function createBlock(): Block {
  let text = '';
  let hasOutput = false;
  return {
    get hasOutput() {
      return hasOutput;
    },
    add(more, isOutput = false) {
      text += more;
      hasOutput ||= isOutput;
    },
    end() {
      if (text === '') return '';
      const fence = '`'.repeat(Math.max(3, longestRun(text) + 1));
      const written = `${fence}console\n${printable(text).replace(/\n*$/, '\n')}${fence}\n\n`;
      text = '';
      hasOutput = false;
      return written;
    },
  };
}

function longestRun(text: string): number {
  return Math.max(0, ...(text.match(/`+/g) ?? []).map(({ length }) => length));
}
