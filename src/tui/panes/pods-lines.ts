import { storageKey } from '../../cluster/objects/storage-key.ts';
import { type PodRow, podCountAt, podRows } from '../../report/pod-rows.ts';
import { alignedRows, padded, shortName } from '../columns.ts';
import type { Box } from '../layout.ts';
import { lineOf, type PaneBody } from '../line.ts';
import { placeBefore, type Seen } from './seen.ts';

/** The pods as kubectl shows them, and what happened to each last. */
export function podsLines(seen: Seen, { width, height }: Box): PaneBody {
  const { timeline, player, words, view } = seen;
  const count = podCountAt(timeline, player);
  const room = height - 2;
  const isAll = count <= room;
  const shown = podRows(timeline, player, {
    most: isAll ? room : room - 1,
    selected: player.selected,
    language: view.language,
  });
  const [header = '', ...lines] = podTexts(shown, width);
  const before = placeBefore(seen);
  return {
    title: words.pods,
    lines: [
      lineOf(count === 0 ? ` ${words.noPods}` : header, 'faint'),
      ...shown.map((row, index) => {
        const isNew = row.changedAt > before;
        const text = `${isNew ? '▸' : ' '} ${lines[index] ?? ''}`;
        if (keyOf(row) === player.selected) return lineOf(padded(text, width), 'current');
        return lineOf(text, isNew ? 'strong' : 'plain');
      }),
      ...(isAll ? [] : [lineOf(`  ${words.otherPods(count - shown.length)}`, 'faint')]),
    ],
    room: { first: 0, last: 0, page: room },
  };
}

function keyOf({ namespace, name }: PodRow): string {
  return storageKey({ resource: 'pods', namespace, name });
}

/** From so many columns on there is room for the nodes as well. */
const NODES_FROM = 100;

function podTexts(rows: readonly PodRow[], width: number): readonly string[] {
  const isNamespaced = new Set(rows.map(({ namespace }) => namespace)).size > 1;
  const isWide = width >= NODES_FROM;
  const nameWidth = Math.max(20, Math.floor(width / 3));
  const header = ['NAME', 'READY', 'STATUS', 'RESTARTS', 'AGE', ...(isWide ? ['NODE'] : []), 'CHANGED'];
  const cells = rows.map((row) => [
    ...(isNamespaced ? [row.namespace] : []),
    shortName(row.name, nameWidth),
    row.ready,
    row.status,
    row.restarts,
    row.age,
    ...(isWide ? [row.node || '-'] : []),
    `${row.ago}, ${row.change}`,
  ]);
  const [head = '', ...lines] = alignedRows([[...(isNamespaced ? ['NAMESPACE'] : []), ...header], ...cells]);
  return [`  ${head}`, ...lines];
}
