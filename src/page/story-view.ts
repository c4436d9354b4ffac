import type { Localized, Question } from '../cluster/contract/story-event.ts';
import { inLanguage, promptOf, type StoryItem } from '../replay/story.ts';
import { formatClock } from '../report/clock.ts';
import { printable } from '../report/printable.ts';
import type { RecordedBranch } from '../report/record/recorded-branch.ts';
import { timedStory } from '../report/record/timed-story.ts';
import { trafficBegins, trafficLines } from '../report/traffic-lines.ts';
import { answerText, storyText } from '../report/transcript.ts';
import { entryWordsIn } from '../words/entry-words-in.ts';
import { screenWordsIn } from '../words/screen-words-in.ts';
import { wordsIn } from '../words/words-in.ts';
import { button, element, keepInSight } from './element.ts';
import { hrefTo, type Travel } from './travel.ts';

/**
 * The whole story as prose, with what was typed and what became of what was expected; what was printed
 * stands in the terminal. What has not happened yet where the reader stands is faint.
 */
export function storyView(travel: Travel, language: string, offered: Offered): HTMLElement {
  const { story } = wordsIn(language).record.page;
  const pieces = piecesOf(travel, language, offered);
  const view = element(
    'article',
    { class: 'story', tabindex: '0', 'aria-label': story },
    ...pieces.map(({ shown }) => shown),
  );
  let last: HTMLElement | undefined;
  const draw = (): void => {
    const { cursor } = travel.moment;
    let current: HTMLElement | undefined;
    for (const { shown, seq } of pieces) {
      shown.classList.toggle('ahead', seq > cursor);
      shown.removeAttribute('aria-current');
      if (seq <= cursor) current = shown;
    }
    current?.setAttribute('aria-current', 'step');
    if (current && current !== last) keepInSight(view, current);
    last = current;
  };
  travel.watch(draw);
  return view;
}

/** The branches of which the story may tell, and how the reader gets into one. */
interface Offered {
  readonly branches: readonly Pick<RecordedBranch, 'name' | 'of' | 'step'>[];
  readonly enter: (name: string) => void;
}

interface Piece {
  readonly shown: HTMLElement;
  /** Where it happened. */
  readonly seq: number;
}

/** What is told of branches beside the story, by the step that tells of one. */
function asidesIn(language: string): Readonly<Record<number, string>> {
  const told = JSON.parse(document.querySelector('#asides')?.textContent ?? '{}');
  return (told as Readonly<Record<string, Readonly<Record<number, string>>>>)[language] ?? {};
}

function piecesOf(travel: Travel, language: string, { branches, enter }: Offered): readonly Piece[] {
  const pieces: Piece[] = [];
  // Beside a branch nothing is told: what it tells of can be entered.
  const asides = travel.branch === undefined ? asidesIn(language) : {};
  let checks: { readonly items: Expectation[]; readonly seq: number } | undefined;
  const endChecks = (): void => {
    if (checks) pieces.push({ seq: checks.seq, shown: checksOf(checks.items, language) });
    checks = undefined;
  };
  for (const { item, seq } of timedStory(travel.timeline.entries)) {
    // What is expected at once is told at once.
    if (item.kind === 'expectation') {
      checks = { items: [...(checks?.items ?? []), item], seq };
      continue;
    }
    const isOwnStep = item.kind === 'step' && !item.told && item.does === 'expect';
    if (!isOwnStep) endChecks();
    const shown = shownOf(item, language, travel);
    if (!shown) continue;
    if (item.kind === 'step') {
      shown.id = `step=${item.step}`;
      shown.addEventListener('click', (event) => {
        if (!(event.target instanceof Element && event.target.closest('a, summary'))) travel.toEntry(seq);
      });
    }
    pieces.push({ shown, seq });
    const branch = branches.find(({ of, step }) => of === travel.branch && step === stepOf(item));
    if (branch) {
      const title = wordsIn(language).told.whatIf(branch.name);
      pieces.push({
        seq,
        shown: element(
          'p',
          {},
          button(`⎇ ${title}`, title, () => enter(branch.name)),
        ),
      });
    }
    const aside = asides[stepOf(item) ?? 0];
    if (aside !== undefined)
      pieces.push({
        seq,
        shown: element('pre', { class: 'aside', tabindex: '0' }, aside.replace(/^ {2}│ ?/gm, '').trim()),
      });
  }
  endChecks();
  return pieces;
}

function stepOf(item: StoryItem): number | undefined {
  return item.kind === 'step' ? item.step : undefined;
}

function shownOf(item: StoryItem, language: string, travel: Travel): HTMLElement | undefined {
  const { traffic, story } = entryWordsIn(language);
  switch (item.kind) {
    case 'step':
      return stepShown(item, { language, travel });
    case 'branch':
      return element('p', { class: 'event checkpoint' }, `⎇ ${story.branch(printable(item.name))}`);
    case 'command':
      return element(
        'p',
        { class: 'command' },
        element('code', {}, `${promptOf(item)} ${printable(item.line)}`),
      );
    case 'client': {
      const text = item.begins
        ? trafficBegins(item.client, item.begins, traffic)
        : traffic.stops(item.client);
      return element('p', { class: 'event' }, printable(text));
    }
    case 'traffic': {
      const [whole = '', ...losses] = trafficLines(item.client, item.totals, traffic).map(printable);
      if (losses.length === 0) return element('p', { class: 'event' }, whole);
      return folded(
        'event lost',
        whole,
        losses.map((line) => line.trim()),
      );
    }
    case 'notice':
      return element('p', { class: 'notice' }, printable(`${item.about}: ${item.message}`));
    case 'handedOver':
      return element('p', { class: 'event' }, screenWordsIn(language).yours);
    case 'end': {
      const { passed, failed } = screenWordsIn(language);
      const end = item.passed ? `✓ ${passed}` : `✗ ${failed}`;
      return element('p', { class: item.passed ? 'end met' : 'end missed' }, end);
    }
    case 'question':
      return questionOf(item.question, language);
    case 'checkpoint':
      return checkpointOf(item.name, { language, travel });
    case 'title':
    case 'output':
    case 'exit':
    case 'expectation':
      return undefined;
    default:
      return element('pre', {}, storyText(item, { language, steps: 0 }).trim());
  }
}

/** In which language something is told, and of which branch. */
interface Placed {
  readonly language: string;
  readonly travel: Pick<Travel, 'branch'>;
}

/** A place that has a name, with the link that leads there. */
function checkpointOf(name: string, { language, travel }: Placed): HTMLElement {
  const href = hrefTo(`at=${encodeURIComponent(name)}`, travel);
  const { checkpoint } = entryWordsIn(language).story;
  return element('p', { class: 'event checkpoint' }, element('a', { href }, checkpoint(printable(name))));
}

function stepShown(item: Extract<StoryItem, { kind: 'step' }>, { language, travel }: Placed): HTMLElement {
  const text = printable(inLanguage(item.text, language)).trim();
  const { step } = wordsIn(language).record.page;
  const number = element(
    'a',
    { class: 'number', href: hrefTo(`step=${item.step}`, travel), 'aria-label': `${step} ${item.step}` },
    String(item.step),
  );
  if (item.told) return element('div', { class: 'step told' }, number, ...proseOf(text));
  // A line that is typed, and what is expected, stand below by themselves.
  const isEvent = EVENTS.includes(item.does);
  return element(
    'div',
    { class: `step does ${isEvent ? item.does : 'bare'}` },
    number,
    ...(isEvent ? [element('time', {}, formatClock(item.at)), ' ', text] : []),
  );
}

const EVENTS = ['wait', 'fault', 'join', 'traffic', 'branch', 'checkpoint'];

/** A question to whoever reads; the answer is hidden until somebody wants it. */
function questionOf(question: Question, language: string): HTMLElement {
  const { ask, choices = [], explain } = question;
  const told = (text: Localized): string => printable(inLanguage(text, language)).trim();
  return element(
    'div',
    { class: 'question' },
    ...proseOf(told(ask)),
    ...(choices.length > 0
      ? [element('ol', {}, ...choices.map((choice) => element('li', {}, told(choice))))]
      : []),
    element(
      'details',
      {},
      element('summary', {}, wordsIn(language).record.answer),
      element('p', {}, element('strong', {}, printable(answerText(question, language)))),
      ...(explain ? proseOf(told(explain)) : []),
    ),
  );
}

type Expectation = Extract<StoryItem, { kind: 'expectation' }>;

/** What was expected at one place: whether it was so, and in a fold what it was. */
function checksOf(items: readonly Expectation[], language: string): HTMLElement {
  const { checks } = wordsIn(language).record.page;
  const missed = items.filter((item) => item.missed !== undefined);
  const [only] = items;
  if (only && items.length === 1 && missed.length === 0)
    return element('p', { class: 'met' }, `✓ ${printable(only.what)}`);
  const head = checks(items.length - missed.length, missed.length);
  const lines = items.map(
    (item) => `${item.missed === undefined ? '✓' : '✗'} ${printable(item.what)}${told(item.missed)}`,
  );
  return folded(
    missed.length === 0 ? 'met' : 'missed',
    `${missed.length === 0 ? '✓' : '✗'} ${head}`,
    lines,
    missed.length > 0,
  );
}

function told(missed: string | undefined): string {
  return missed === undefined ? '' : `\n${printable(missed).trimEnd()}`;
}

function folded(name: string, head: string, lines: readonly string[], isOpen = false): HTMLElement {
  const list = element('ul', {}, ...lines.map((line) => element('li', {}, line)));
  const fold = element('details', { class: name }, element('summary', {}, head), list);
  fold.open = isOpen;
  return fold;
}

/** Paragraphs, with code among words. */
function proseOf(text: string): readonly Node[] {
  return text.split(/\n{2,}/).map((paragraph) => {
    const parts = paragraph.split(/(`[^`]+`|(?<![\w*])\*[^\s*](?:[^*]*[^\s*])?\*(?![\w*]))/);
    return element('p', {}, ...parts.map((part, index) => (index % 2 === 1 ? markedOf(part) : part)));
  });
}

/** `code`, or something that is stressed. */
function markedOf(part: string): HTMLElement {
  return element(part.startsWith('`') ? 'code' : 'em', {}, part.slice(1, -1));
}
