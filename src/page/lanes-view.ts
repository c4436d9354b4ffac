import { lanesSvg } from '../report/record/lanes-svg.ts';
import { FIELD } from '../report/record/time-axis.ts';
import type { RecordWords } from '../words/record-words.ts';
import type { ScreenWords } from '../words/screen-words.ts';
import { element } from './element.ts';
import type { Travel } from './travel.ts';

export interface LanesTelling {
  readonly record: RecordWords;
  readonly screen: ScreenWords;
}

/** The pods over time, with a line where the reader stands. A click goes there. */
export function lanesView(travel: Travel, { record, screen }: LanesTelling): HTMLElement {
  const { timeline } = travel;
  const view = element('div', { class: 'lanes', role: 'group', tabindex: '0', 'aria-label': record.pods });
  // Every text in the picture is escaped where it is drawn.
  view.innerHTML = lanesSvg(timeline, {
    title: record.pods,
    words: { ...record, states: screen.laneStates },
  });
  const svg = view.querySelector('svg');
  if (!svg) return view;
  const line = document.createElementNS('http://www.w3.org/2000/svg', 'line');
  line.setAttribute('class', 'here');
  line.setAttribute('y1', '30');
  line.setAttribute('y2', String(svg.viewBox.baseVal.height - 24));
  svg.append(line);
  const room = FIELD.width - FIELD.left - FIELD.right;
  const whole = Math.max(1, timeline.duration);
  travel.watch(() => {
    const x = String(FIELD.left + (travel.moment.clock / whole) * room);
    line.setAttribute('x1', x);
    line.setAttribute('x2', x);
  });
  svg.addEventListener('click', ({ clientX }) => {
    const box = svg.getBoundingClientRect();
    const x = ((clientX - box.left) / box.width) * FIELD.width;
    const at = Math.min(1, Math.max(0, (x - FIELD.left) / room)) * whole;
    const stop = timeline.stops.findLast((seq) => timeline.timeOf(seq) <= at);
    travel.toEntry(stop ?? 1);
  });
  return view;
}
