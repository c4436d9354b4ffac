import { stateText } from '../report/state-text.ts';
import { screenWordsIn } from '../words/screen-words-in.ts';
import { wordsIn } from '../words/words-in.ts';
import { button, element } from './element.ts';
import { entriesView } from './entries-view.ts';
import { lanesView } from './lanes-view.ts';
import { objectsView } from './objects-view.ts';
import type { Pane } from './pane.ts';
import { terminalView } from './terminal-view.ts';
import type { Travel } from './travel.ts';

interface Showing {
  readonly name: string;
  readonly language: string;
}

/** What happens in the cluster, beside what is told: the terminal, and below it a pane out of several. */
export function worldView(travel: Travel, { name, language }: Showing): HTMLElement {
  const words = wordsIn(language);
  const { page } = words.record;
  const state = element('pre', { class: 'state' });
  const entries = entriesView(travel, language);
  const objects = objectsView(travel, page);
  const drawState = (): void => {
    state.textContent = stateText(travel.timeline, travel.moment, { name, words });
  };
  const lanes = lanesView(travel, { record: words.record, screen: screenWordsIn(language) });
  return element(
    'section',
    { class: 'world', 'aria-label': page.cluster },
    terminalView(travel, { language, title: page.terminal }),
    tabsOf(travel, [
      { title: page.pods, pane: lanes, draw: () => {} },
      { title: page.state, pane: state, draw: drawState },
      { title: page.entries, ...entries },
      { title: page.objects, ...objects },
    ]),
  );
}

/** Which of them was seen last: a change of the language does not turn to another. */
let chosen = 0;

/** Panes of which one is seen: only that one is drawn as the reader moves. */
function tabsOf(travel: Travel, panes: readonly (Pane & { readonly title: string })[]): HTMLElement {
  const buttons = panes.map(({ title }, index) => button(title, title, () => show(index)));
  const show = (shown: number): void => {
    chosen = shown;
    for (const [index, { pane }] of panes.entries()) {
      pane.hidden = index !== shown;
      buttons[index]?.setAttribute('aria-selected', String(index === shown));
      buttons[index]?.setAttribute('tabindex', index === shown ? '0' : '-1');
    }
    panes[shown]?.draw();
  };
  for (const [index, { pane }] of panes.entries()) {
    pane.id = `pane-${index}`;
    pane.setAttribute('role', 'tabpanel');
    pane.setAttribute('tabindex', '0');
    pane.setAttribute('aria-labelledby', `tab-${index}`);
    buttons[index]?.setAttribute('id', `tab-${index}`);
    buttons[index]?.setAttribute('role', 'tab');
    buttons[index]?.setAttribute('aria-controls', pane.id);
  }
  const list = element('div', { role: 'tablist' }, ...buttons);
  list.addEventListener('keydown', (event) => {
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (by === undefined) return;
    // Elsewhere these keys move in time.
    event.preventDefault();
    show((chosen + by + panes.length) % panes.length);
    buttons[chosen]?.focus();
  });
  travel.watch(() => panes[chosen]?.draw());
  show(chosen);
  return element('div', { class: 'tabs' }, list, ...panes.map(({ pane }) => pane));
}
