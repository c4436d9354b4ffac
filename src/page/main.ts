import { languagesOf } from '../replay/scene.ts';
import { formatClock } from '../report/clock.ts';
import { titleOf } from '../report/record/run-picture.ts';
import { wordsIn } from '../words/words-in.ts';
import { branchesNav } from './branches-nav.ts';
import { controlsOf } from './controls-view.ts';
import { button, element } from './element.ts';
import { branchInHash, goToHash, languageInHash, listenToKeys, tellAddress } from './listen.ts';
import { readBranches, readEmbedded } from './read-embedded.ts';
import { createRuns, type Runs } from './runs.ts';
import { storyView } from './story-view.ts';
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
  const branches = await readBranches(document.querySelector('#branches')?.textContent ?? '');
  const runs = createRuns(entries, branches, tellAddress);
  const name = header?.scenario.name ?? '';
  const asked = languageInHash();
  if (asked !== undefined && languagesOf(runs.travel.timeline).includes(asked))
    document.documentElement.lang = asked;
  runs.choose(branchInHash());
  show(page, runs, name);
  listenToKeys(runs);
  addEventListener('hashchange', () => {
    const before = runs.travel;
    runs.choose(branchInHash());
    if (runs.travel !== before) show(page, runs, name);
    if (!goToHash(runs.travel)) runs.travel.go(runs.travel.moment);
  });
  if (goToHash(runs.travel)) return;
  if (runs.travel.branch === undefined) runs.travel.move('firstStep');
  else runs.travel.go(runs.travel.moment);
}

/** Shows everything in the language of the page. */
function show(page: HTMLElement, runs: Runs, name: string): void {
  const language = document.documentElement.lang;
  const { page: words } = wordsIn(language).record;
  const { travel } = runs;
  travel.forget();
  const again = (): void => {
    show(page, runs, name);
    runs.travel.go(runs.travel.moment);
  };
  const enter = (branch: string | undefined): void => {
    runs.choose(branch);
    again();
  };
  page.replaceChildren(
    viewsNav(page, words),
    storyView(travel, language, { branches: runs.branches, enter }),
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
    ...branchesNav(runs, language, enter),
    ...others.map((other) => {
      const speak = (): void => {
        document.documentElement.lang = other;
        again();
      };
      const chosen = button(LANGUAGES[other] ?? other, LANGUAGES[other] ?? other, speak);
      chosen.lang = other;
      return chosen;
    }),
  );
}

/** As those who speak them call them. */
const LANGUAGES: Readonly<Record<string, string>> = { en: 'English', ko: '한국어' };
