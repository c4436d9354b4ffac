import { firstAbove } from '../kernel/table/first-above.ts';
import { tellEntry } from '../report/told-entry.ts';
import { element, keepInSight } from './element.ts';
import type { Pane } from './pane.ts';
import { hrefTo, type Travel } from './travel.ts';

/** So many entries are shown before and after the place where the reader stands. */
const AROUND = 30;

/** What happened around the place where the reader stands: when, who, what, and because of which entry. */
export function entriesView(travel: Travel, language: string): Pane {
  const { timeline } = travel;
  const list = element('ol', { class: 'entries' });
  const pane = element('div', {}, list);
  const draw = (): void => {
    const { notable } = timeline;
    const here = firstAbove(notable, travel.moment.cursor);
    const rows = notable.slice(Math.max(0, here - AROUND), here + AROUND / 2).flatMap((seq) => {
      const entry = timeline.entries.of(seq);
      return entry ? [tellEntry(timeline, entry, language)] : [];
    });
    list.replaceChildren(
      ...rows.map(({ seq, time, actor, what, cause }) =>
        element(
          'li',
          {
            class: seq > travel.moment.cursor ? 'ahead' : 'past',
            ...(seq === notable[here - 1] && { 'aria-current': 'true' }),
          },
          element('a', { href: hrefTo(`entry=${seq}`, travel) }, `${seq}`),
          element('time', {}, time),
          element('b', {}, actor),
          element('span', {}, what),
          ...(cause === null
            ? []
            : [element('a', { href: hrefTo(`entry=${cause}`, travel), class: 'cause' }, `← ${cause}`)]),
        ),
      ),
    );
    const current = list.querySelector<HTMLElement>('[aria-current]');
    if (current) keepInSight(pane, current);
  };
  return { pane, draw };
}
