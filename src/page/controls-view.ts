import { firstAbove } from '../kernel/table/first-above.ts';
import { momentOf } from '../replay/seek.ts';
import { formatClock } from '../report/clock.ts';
import type { PageWords } from '../words/record-words.ts';
import { button, element } from './element.ts';
import type { Travel } from './travel.ts';

/** Buttons, and the whole run as a line to scrub on, with its steps and where something went wrong. */
export function controlsOf(travel: Travel, words: PageWords): HTMLElement {
  const { timeline } = travel;
  const play = button('▶', words.play, travel.playOrPause);
  const place = element('output', { 'aria-label': words.place });
  const range = document.createElement('input');
  range.type = 'range';
  range.min = '0';
  range.max = String(Math.ceil(travel.whole));
  range.setAttribute('aria-label', words.place);
  range.addEventListener('input', () => travel.seek(Number(range.value)));
  travel.watch(() => {
    const { cursor, clock, played } = travel.moment;
    const step = firstAbove(timeline.steps, cursor);
    range.value = String(Math.round(played));
    place.textContent = `${formatClock(clock)} · ${words.step} ${step}/${timeline.steps.length} · #${cursor}`;
    range.setAttribute('aria-valuetext', place.textContent);
    play.textContent = travel.isPlaying ? '❚❚' : '▶';
    const does = travel.isPlaying ? words.pause : words.play;
    play.setAttribute('aria-label', does);
    play.title = does;
  });
  return element(
    'footer',
    {},
    element(
      'div',
      { class: 'buttons' },
      button('|◀', words.previousStep, () => travel.move('previousStep')),
      button('‹', words.back, () => travel.move('back')),
      play,
      button('›', words.forward, () => travel.move('forward')),
      button('▶|', words.nextStep, () => travel.move('nextStep')),
    ),
    element('div', { class: 'scrubber' }, ticksOf(travel), range),
    place,
    element('small', {}, words.keys),
  );
}

/** Marks above the line, at the same places. */
function ticksOf({ timeline, whole }: Travel): HTMLElement {
  const tick = (kind: string) => (seq: number) => {
    const mark = element('i', { class: kind });
    mark.style.left = `${(momentOf(timeline, seq).played / Math.max(1, whole)) * 100}%`;
    return mark;
  };
  const marks = [
    ...timeline.steps.map(tick('at-step')),
    ...timeline.warnings.slice(0, MOST_MARKS).map(tick('at-warning')),
  ];
  return element('div', { class: 'ticks', 'aria-hidden': 'true' }, ...marks);
}

const MOST_MARKS = 300;
