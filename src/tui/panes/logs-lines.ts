import { formatClock } from '../../report/clock.ts';
import { objectName } from '../../report/object-history.ts';
import { podBehind } from '../../report/owner-tree.ts';
import { podLog } from '../../report/pod-log.ts';
import { printable } from '../../report/printable.ts';
import type { Box } from '../layout.ts';
import { type Line, lineOf, type PaneBody } from '../line.ts';
import { objectAtHand } from '../pane-keys.ts';
import { wrapped } from '../wrapped.ts';
import { placeBefore, type Seen } from './seen.ts';

/** More of a log than that nobody reads on a screen. */
const MOST_LINES = 2000;

/** What a container has written so far, the last line at the bottom; lines that are new are marked. */
export function logsLines(seen: Seen, { width, height }: Box): PaneBody {
  const { timeline, player, view, words } = seen;
  const world = timeline.worldAt(player.cursor);
  const key = objectAtHand(seen);
  const pod = key === undefined ? undefined : podBehind(world, key);
  const log =
    pod === undefined ? undefined : podLog(timeline, { key: pod, cursor: player.cursor }, view.logs);
  if (pod === undefined || !log) return { title: words.logs, lines: [lineOf(` ${words.noLogPod}`, 'faint')] };
  const title = [
    `${words.logs}  ${objectName(timeline, pod)}`,
    log.containers.map((name) => (name === log.container ? `[${name}]` : name)).join(' '),
    ...(view.logs.previous ? [words.previousLog] : []),
  ].join('  ');
  const room = height - 1;
  const lines = log.refusal === undefined ? log.lines.slice(-MOST_LINES) : [];
  const since = timeline.timeOf(placeBefore(seen));
  const set = lines.flatMap(({ at, text }): Line[] => {
    const time = `${formatClock(at)} `;
    return wrapped(printable(text), Math.max(10, width - time.length - 2)).map((part, index) => [
      {
        text: `${at > since && index === 0 ? '▸' : ' '}${index === 0 ? time : ' '.repeat(time.length)}`,
        tone: 'faint',
      },
      { text: part, tone: at > since ? 'strong' : 'plain' },
    ]);
  });
  if (log.refusal !== undefined) set.push(lineOf(` ${log.refusal.trim()}`, 'warning'));
  else if (set.length === 0) set.push(lineOf(` ${words.emptyLog}`, 'faint'));
  const last = Math.max(0, set.length - room);
  const top = seen.isFocus ? Math.max(0, Math.min(last, last + view.top)) : last;
  return {
    title,
    lines: set.slice(top, top + room),
    room: { first: -last, last: 0, page: Math.max(1, room - 1) },
  };
}
