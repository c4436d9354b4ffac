import { wordsIn } from '../words/words-in.ts';
import { button, element } from './element.ts';
import type { Runs } from './runs.ts';

/** The story and its branches, of which one is seen; nothing where there are none. */
export function branchesNav(
  runs: Runs,
  language: string,
  go: (name: string | undefined) => void,
): readonly HTMLElement[] {
  if (runs.branches.length === 0) return [];
  const { told, record } = wordsIn(language);
  const choice = (name: string | undefined, title: string): HTMLElement => {
    const chosen = button(title, title, () => go(name));
    chosen.setAttribute('aria-pressed', String(runs.travel.branch === name));
    return chosen;
  };
  return [
    element(
      'nav',
      { class: 'branches', 'aria-label': record.page.branches },
      choice(undefined, record.page.story),
      ...runs.branches.map(({ name }) => choice(name, told.whatIf(name))),
    ),
  ];
}
