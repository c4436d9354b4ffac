import { inLanguage, promptOf, type StoryItem } from '../replay/story.ts';
import { printable } from '../report/printable.ts';
import { timedStory } from '../report/record/timed-story.ts';
import { storyText } from '../report/transcript.ts';
import { element } from './element.ts';
import type { Travel } from './travel.ts';

/** The whole story; what has not happened yet where the reader stands is faint. */
export function storyView(travel: Travel, language: string): HTMLElement {
  const pieces = piecesOf(travel, language);
  const view = element('div', { class: 'story' }, ...pieces.map(({ shown }) => shown));
  let last: HTMLElement | undefined;
  travel.watch(() => {
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
  });
  return view;
}

interface Piece {
  readonly shown: HTMLElement;
  /** Where it happened. */
  readonly seq: number;
}

function piecesOf(travel: Travel, language: string): readonly Piece[] {
  const { entries, steps } = travel.timeline;
  const pieces: Piece[] = [];
  for (const { item, seq } of timedStory(entries)) {
    const shown = shownOf(item, { language, steps: steps.length });
    if (!shown) continue;
    if (item.kind === 'step') {
      shown.id = `step-${item.step}`;
      shown.addEventListener('click', () => travel.toEntry(seq));
    }
    pieces.push({ shown, seq });
  }
  return pieces;
}

function shownOf(
  item: StoryItem,
  telling: { readonly language: string; readonly steps: number },
): HTMLElement | undefined {
  const text = storyText(item, telling).trim();
  switch (item.kind) {
    case 'title':
      return undefined;
    case 'step':
      return element(
        'div',
        { class: 'step' },
        element('a', { class: 'number', href: `#step=${item.step}` }, String(item.step)),
        ...(item.told ? proseOf(printable(inLanguage(item.text, telling.language))) : nameOf(item, text)),
      );
    case 'command':
      return element('pre', { class: 'command' }, `${promptOf(item)} `, element('kbd', {}, text.slice(2)));
    case 'output':
      return element('pre', { class: 'output', tabindex: '0' }, text);
    case 'expectation':
      return element('pre', { class: item.missed === undefined ? 'met' : 'missed' }, text);
    default:
      return element('pre', { class: item.kind }, text);
  }
}

/** A line that is typed stands below by itself. */
function nameOf({ does }: Extract<StoryItem, { kind: 'step' }>, text: string): readonly Node[] {
  return ['wait', 'fault', 'join', 'traffic'].includes(does)
    ? [element('span', { class: 'does' }, text.replace(/^\S+ \S+ */, ''))]
    : [];
}

/** Paragraphs, with code among words. */
function proseOf(text: string): readonly Node[] {
  return text
    .trim()
    .split(/\n{2,}/)
    .map((paragraph) => {
      const parts = paragraph.split(/`([^`]+)`/);
      return element(
        'p',
        {},
        ...parts.map((part, index) => (index % 2 === 1 ? element('code', {}, part) : part)),
      );
    });
}

/** Only the story scrolls, not the page around it. */
function keepInSight(view: HTMLElement, shown: HTMLElement): void {
  const [outer, inner] = [view.getBoundingClientRect(), shown.getBoundingClientRect()];
  if (inner.top >= outer.top && inner.bottom <= outer.bottom) return;
  view.scrollTop += inner.top - outer.top - outer.height / 3;
}
