import type { PageWords } from '../words/record-words.ts';
import { button, element } from './element.ts';

const VIEWS = ['story', 'terminal', 'cluster'] as const;

/** On a narrow screen one part of the page is seen at a time; this chooses which. */
export function viewsNav(page: HTMLElement, words: PageWords): HTMLElement {
  const buttons = VIEWS.map((view) => button(words[view], words[view], () => show(view)));
  const show = (view: (typeof VIEWS)[number]): void => {
    page.dataset['view'] = view;
    for (const [index, each] of buttons.entries())
      each.setAttribute('aria-pressed', String(VIEWS[index] === view));
    // What could not be seen has not been scrolled to its place.
    dispatchEvent(new Event('resize'));
  };
  show('story');
  return element('nav', { class: 'views', 'aria-label': words.views }, ...buttons);
}
