import { createTimeline } from '../replay/timeline.ts';
import { formatClock } from '../report/clock.ts';
import { stateText } from '../report/state-text.ts';
import type { PageWords } from '../words/record-words.ts';
import { screenWordsIn } from '../words/screen-words-in.ts';
import { wordsIn } from '../words/words-in.ts';
import { element } from './element.ts';
import { entriesView } from './entries-view.ts';
import { lanesView } from './lanes-view.ts';
import { objectsView } from './objects-view.ts';
import { readEmbedded } from './read-embedded.ts';
import { storyView } from './story-view.ts';
import { createTravel, type Movement, type Travel } from './travel.ts';

const language = document.documentElement.lang;
const words = wordsIn(language);
const main = document.querySelector('main');

if (main) {
  open(main).catch((error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error);
    main.replaceChildren(element('p', { role: 'alert' }, `${words.record.page.unreadable}: ${reason}`));
  });
}

async function open(page: HTMLElement): Promise<void> {
  const { header, entries, damage } = await readEmbedded(document.querySelector('#log')?.textContent ?? '');
  if (damage) throw new Error(`line ${damage.line}: ${damage.reason}`);
  const timeline = createTimeline(entries);
  timeline.finish();
  const travel = createTravel(timeline);
  const name = header?.scenario.name ?? '';
  page.replaceChildren(
    storyView(travel, language),
    element(
      'section',
      { class: 'world', 'aria-label': words.record.page.state },
      lanesView(travel, { record: words.record, screen: screenWordsIn(language) }),
      tabsOf(travel, name),
    ),
    controlsOf(travel, words.record.page),
  );
  listenTo(travel);
  if (!goToHash(travel)) travel.move('start');
}

function tabsOf(travel: Travel, name: string): HTMLElement {
  const { page } = words.record;
  const state = element('pre', { class: 'state' });
  travel.watch(() => {
    state.textContent = stateText(travel.timeline, travel.moment, { name, words });
  });
  const panes: readonly (readonly [string, HTMLElement])[] = [
    [page.state, state],
    [page.entries, entriesView(travel, language)],
    [page.objects, objectsView(travel, page)],
  ];
  const buttons = panes.map(([title], index) =>
    element(
      'button',
      { type: 'button', role: 'tab', 'aria-controls': `pane-${index}`, onclick: () => show(index) },
      title,
    ),
  );
  const show = (shown: number): void => {
    for (const [index, [, pane]] of panes.entries()) {
      pane.hidden = index !== shown;
      buttons[index]?.setAttribute('aria-selected', String(index === shown));
    }
    // What could not be seen has not been scrolled to the place.
    travel.go(travel.moment);
  };
  for (const [index, [title, pane]] of panes.entries()) {
    pane.id = `pane-${index}`;
    pane.setAttribute('aria-label', title);
    pane.setAttribute('tabindex', '0');
  }
  show(0);
  return element(
    'div',
    { class: 'tabs' },
    element('div', { role: 'tablist' }, ...buttons),
    ...panes.map(([, pane]) => pane),
  );
}

function controlsOf(travel: Travel, page: PageWords): HTMLElement {
  const button = (label: string, title: string, onclick: () => void): HTMLElement =>
    element('button', { type: 'button', 'aria-label': title, title, onclick }, label);
  const play = button('▶', page.play, travel.playOrPause);
  const place = element('output', { 'aria-label': page.place });
  const range = document.createElement('input');
  range.type = 'range';
  range.min = '0';
  range.max = String(Math.ceil(travel.whole));
  range.setAttribute('aria-label', page.place);
  range.addEventListener('input', () => travel.seek(Number(range.value)));
  travel.watch(() => {
    const { cursor, clock, played } = travel.moment;
    range.value = String(Math.round(played));
    place.textContent = `${formatClock(clock)} · ${cursor}`;
    range.setAttribute('aria-valuetext', place.textContent);
    play.textContent = travel.isPlaying ? '❚❚' : '▶';
    play.setAttribute('aria-label', travel.isPlaying ? page.pause : page.play);
  });
  return element(
    'footer',
    {},
    button('|◀', page.previousStep, () => travel.move('previousStep')),
    button('‹', page.back, () => travel.move('back')),
    play,
    button('›', page.forward, () => travel.move('forward')),
    button('▶|', page.nextStep, () => travel.move('nextStep')),
    range,
    place,
    element('small', {}, page.keys),
  );
}

const KEYS: Readonly<Record<string, Movement>> = {
  ArrowLeft: 'back',
  ArrowRight: 'forward',
  '[': 'previousStep',
  ']': 'nextStep',
  Home: 'start',
  End: 'end',
};

function listenTo(travel: Travel): void {
  addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const isButton = event.target instanceof HTMLButtonElement;
    const move = KEYS[event.key];
    if (event.key === ' ' && !isButton) travel.playOrPause();
    else if (move) travel.move(move);
    else return;
    event.preventDefault();
  });
  addEventListener('hashchange', () => goToHash(travel));
}

/** `#step=3`, `#entry=412`; false for anything else. */
function goToHash(travel: Travel): boolean {
  const [, kind, number] = /^#(step|entry)=(\d+)$/.exec(location.hash) ?? [];
  if (kind === undefined) return false;
  const seq = kind === 'step' ? travel.timeline.steps[Number(number) - 1] : Number(number);
  if (seq === undefined) return false;
  travel.toEntry(seq);
  return true;
}
