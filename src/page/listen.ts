import { momentNamed } from '../replay/place.ts';
import type { Runs } from './runs.ts';
import { hrefTo, type Movement, type Travel } from './travel.ts';

const KEYS: Readonly<Record<string, Movement>> = {
  ArrowLeft: 'back',
  ArrowRight: 'forward',
  ',': 'back',
  '.': 'forward',
  '[': 'previousStep',
  ']': 'nextStep',
  Home: 'start',
  End: 'end',
};

/** The keys of the page, wherever one is in it; those of a tab, a link or a button stay theirs. */
export function listenToKeys(runs: Runs): void {
  addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    const isButton = event.target instanceof HTMLElement && event.target.closest('button, summary') !== null;
    const move = KEYS[event.key];
    if (event.key === ' ' && !isButton) runs.travel.playOrPause();
    else if (move) runs.travel.move(move);
    else return;
    event.preventDefault();
  });
}

let waiting = 0;

/** The address is that of the place where the reader rests. */
export function tellAddress(travel: Travel): void {
  travel.watchAlways(() => {
    clearTimeout(waiting);
    if (travel.isPlaying) return;
    // Browsers take it amiss when an address changes all the time.
    waiting = window.setTimeout(() => history.replaceState(null, '', addressOf(travel)), REST_MS);
  });
}

const REST_MS = 400;

/** The language that the page was written in needs no word. */
const WRITTEN_IN = document.documentElement.lang;

function addressOf(travel: Travel): string {
  const { lang } = document.documentElement;
  return `${hrefTo(`entry=${travel.moment.cursor}`, travel)}${lang === WRITTEN_IN ? '' : `&lang=${lang}`}`;
}

/** The language that a link asks for: `#step=3&lang=ko`. */
export function languageInHash(): string | undefined {
  return /[#&]lang=([a-z]{2,3})\b/.exec(location.hash)?.[1];
}

/** The branch that a link asks for: `#step=3&branch=patient`; without one it means the story itself. */
export function branchInHash(): string | undefined {
  return /[#&]branch=([a-z0-9-]+)/.exec(location.hash)?.[1];
}

/** `#step=3`, `#entry=412`, `#at=rolled-out`, `#at=90s`; false for anything else. */
export function goToHash(travel: Travel): boolean {
  const [, instant] = /^#at=([^&]+)/.exec(location.hash) ?? [];
  const moment = instant === undefined ? undefined : momentNamed(travel.timeline, decoded(instant));
  if (moment) {
    travel.go(moment);
    return true;
  }
  const [, kind, number] = /^#(step|entry)=(\d+)(?:&|$)/.exec(location.hash) ?? [];
  if (kind === undefined) return false;
  const seq = kind === 'step' ? travel.timeline.steps[Number(number) - 1] : Number(number);
  if (seq === undefined) return false;
  travel.toEntry(seq);
  return true;
}

/** As it was meant; what is no text of an address stays as it is. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
