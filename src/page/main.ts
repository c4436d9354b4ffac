import { languagesOf } from '../replay/scene.ts';
import { createTimeline } from '../replay/timeline.ts';
import { formatClock } from '../report/clock.ts';
import { titleOf } from '../report/record/run-picture.ts';
import { wordsIn } from '../words/words-in.ts';
import { controlsOf } from './controls-view.ts';
import { button, element } from './element.ts';
import { goToHash, languageInHash, listenToHash, listenToKeys } from './listen.ts';
import { readEmbedded } from './read-embedded.ts';
import { storyView } from './story-view.ts';
import { createTravel, type Travel } from './travel.ts';
import { viewsNav } from './views-nav.ts';
import { worldView } from './world-view.ts';

const main = document.querySelector('main');

if (main) {
  open(main).catch((error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error);
    const { unreadable } = wordsIn(document.documentElement.lang).record.page;
    main.replaceChildren(element('p', { role: 'alert' }, `${unreadable}: ${reason}`));
  });
}

async function open(page: HTMLElement): Promise<void> {
  const { header, entries, damage } = await readEmbedded(document.querySelector('#log')?.textContent ?? '');
  if (damage) throw new Error(`line ${damage.line}: ${damage.reason}`);
  const timeline = createTimeline(entries);
  timeline.finish();
  const travel = createTravel(timeline);
  const name = header?.scenario.name ?? '';
  const asked = languageInHash();
  if (asked !== undefined && languagesOf(timeline).includes(asked)) document.documentElement.lang = asked;
  show(page, travel, name);
  listenToKeys(travel);
  listenToHash(travel);
  if (!goToHash(travel)) travel.move('firstStep');
}

/** Shows everything in the language of the page. */
function show(page: HTMLElement, travel: Travel, name: string): void {
  const language = document.documentElement.lang;
  const { page: words } = wordsIn(language).record;
  travel.forget();
  page.replaceChildren(
    viewsNav(page, words),
    storyView(travel, language),
    worldView(travel, { name, language }),
    controlsOf(travel, words),
  );
  const { timeline } = travel;
  const title = titleOf(timeline, language) || name;
  document.title = title;
  const others = languagesOf(timeline).filter((each) => each !== language);
  document.querySelector('header')?.replaceChildren(
    element('h1', {}, title),
    element(
      'p',
      {},
      words.length(timeline.steps.length, formatClock(timeline.duration).replace(/\.\d+$/, '')),
    ),
    ...others.map((other) => {
      const speak = (): void => {
        document.documentElement.lang = other;
        show(page, travel, name);
        travel.go(travel.moment);
      };
      const chosen = button(LANGUAGES[other] ?? other, LANGUAGES[other] ?? other, speak);
      chosen.lang = other;
      return chosen;
    }),
  );
}

/** As those who speak them call them. */
const LANGUAGES: Readonly<Record<string, string>> = { en: 'English', ko: '한국어' };
