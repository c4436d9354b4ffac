import { k8sEventRows, k8sEventsAt } from '../../report/k8s-event-rows.ts';
import { alignedRows } from '../columns.ts';
import type { Box } from '../layout.ts';
import { lineOf, type PaneBody, windowFrom } from '../line.ts';
import type { Seen } from './seen.ts';

/**
 * The Kubernetes Events that there are, the last one at the bottom; or those of the object that is followed.
 */
export function eventsLines({ timeline, player, words, isFocus }: Seen, { height }: Box): PaneBody {
  const room = Math.max(1, height - 2);
  const isSought = isFocus && player.selected !== undefined;
  const there = k8sEventsAt(timeline, player.cursor, isSought ? undefined : room);
  const last = there.findLastIndex(({ about }) => about !== undefined && about === player.selected);
  const first =
    isFocus && last >= 0 ? windowFrom(there.length, last, room) : Math.max(0, there.length - room);
  const shown = k8sEventRows(timeline, player, there.slice(first, first + room));
  const [header = '', ...lines] = alignedRows([
    ['LAST SEEN', 'REASON', 'OBJECT', 'MESSAGE'],
    ...shown.map(({ age, reason, count, object, message }) => [
      age,
      `${reason}${count > 1 ? ` x${count}` : ''}`,
      object,
      message,
    ]),
  ]);
  return {
    title: words.events,
    lines: [
      lineOf(shown.length === 0 ? ` ${words.noEvents}` : `  ${header}`, 'faint'),
      ...lines.map((line, index) => {
        const row = shown[index];
        const isOfSelected = row?.key !== undefined && row.key === player.selected;
        const mark = row?.isWarning ? '!' : ' ';
        const tone = row?.isWarning ? 'warning' : isOfSelected ? 'strong' : 'plain';
        return lineOf(`${isOfSelected ? '◇' : ' '}${mark}${line}`, tone);
      }),
    ],
    room: { first: 0, last: 0, page: room },
  };
}
