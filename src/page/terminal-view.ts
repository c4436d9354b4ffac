import { promptOf, type StoryItem } from '../replay/story.ts';
import { timedStory } from '../report/record/timed-story.ts';
import { storyText } from '../report/transcript.ts';
import { element } from './element.ts';
import type { Travel } from './travel.ts';

/** The terminal as it is where the reader stands: what was typed, and what has been printed by then. */
export function terminalView(
  travel: Travel,
  { language, title }: { readonly language: string; readonly title: string },
): HTMLElement {
  const pieces = [...timedStory(travel.timeline.entries)].flatMap(({ item, seq }) => {
    const shown = shownOf(item, language);
    return shown ? [{ seq, shown }] : [];
  });
  const cursor = element('span', { class: 'cursor', 'aria-hidden': 'true' }, '$ ');
  const view = element(
    'pre',
    { class: 'terminal', tabindex: '0', role: 'group', 'aria-label': title },
    ...pieces.map(({ shown }) => shown),
    cursor,
  );
  let last = -1;
  const draw = (): void => {
    const at = travel.moment.cursor;
    const count = pieces.filter(({ seq }) => seq <= at).length;
    if (count === last) return;
    last = count;
    for (const [index, { shown }] of pieces.entries()) {
      shown.hidden = index >= count;
      shown.classList.toggle('latest', index === count - 1);
    }
    view.scrollTop = view.scrollHeight;
  };
  travel.watch(draw);
  addEventListener('resize', () => {
    view.scrollTop = view.scrollHeight;
  });
  return view;
}

function shownOf(item: StoryItem, language: string): HTMLElement | undefined {
  const text = storyText(item, { language, steps: 0 });
  switch (item.kind) {
    case 'command': {
      const prompt = promptOf(item);
      return element(
        'span',
        { class: 'typed' },
        element('b', {}, `${prompt} `),
        element('kbd', {}, text.slice(prompt.length + 1)),
      );
    }
    case 'output':
      return element('span', {}, text);
    case 'exit':
      return element('span', { class: 'bad' }, text);
    default:
      return undefined;
  }
}
