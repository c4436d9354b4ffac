import {
  type ClusterRow,
  clusterRows,
  clusterSize,
  type NodePodRow,
  type NodeRow,
  type Share,
} from '../../report/cluster-rows.ts';
import { formatSpan } from '../../report/span.ts';
import type { ScreenWords } from '../../words/screen-words.ts';
import { cellsIn, cutToCells, padded, shortName, shownName } from '../columns.ts';
import type { Box } from '../layout.ts';
import { type Line, lineOf, type PaneBody, type Segment } from '../line.ts';
import { POD_GLYPHS, POD_TONES } from './pod-glyphs.ts';
import { placeBefore, type Seen } from './seen.ts';

/** The nodes with what is asked of them, and their pods. */
export function clusterLines(seen: Seen, { width, height }: Box): PaneBody {
  const { timeline, player, words } = seen;
  const { cursor, clock, selected } = player;
  const room = height - 1;
  const size = clusterSize(timeline, cursor);
  const most = size <= room ? room : room - 1;
  const rows = clusterRows(timeline, { cursor, clock, before: placeBefore(seen) }, { most, selected });
  const set = setting(rows, width, words);
  const lines = rows.map((row) => rowLine(row, set, 'key' in row && row.key === selected));
  const title = words.cluster;
  return {
    title,
    lines: [
      ...(lines.length > 0 ? lines : [lineOf(` ${words.noNodes}`, 'faint')]),
      ...(size > room ? [lineOf(` ${words.otherRows(size - rows.length)}`, 'faint')] : []),
    ],
    room: { first: 0, last: 0, page: room },
  };
}

/** How wide the columns are. */
interface Setting {
  readonly width: number;
  readonly node: number;
  readonly status: number;
  readonly name: number;
  readonly bar: number;
  readonly words: ScreenWords;
}

function setting(rows: readonly ClusterRow[], width: number, words: ScreenWords): Setting {
  const nodes = rows.filter((row) => row.kind === 'node');
  const pods = rows.filter((row) => row.kind === 'pod');
  const most = (widths: readonly number[]): number => Math.max(0, ...widths);
  return {
    width,
    words,
    node: Math.min(Math.floor(width / 4), most(nodes.map(({ name }) => cellsIn(shownName(name))))),
    status: most(nodes.map((row) => cellsIn(statusOf(row, words)))),
    name: Math.min(Math.floor(width / 2), most(pods.map((row) => cellsIn(shownName(nameOf(row)))))),
    bar: width >= 90 ? 10 : width >= 56 ? 6 : 4,
  };
}

function rowLine(row: ClusterRow, set: Setting, isSelected: boolean): Line {
  if (row.kind === 'unbound') return lineOf(` ${set.words.unbound(row.count)}`, 'warning');
  const line = row.kind === 'node' ? nodeLine(row, set) : podLine(row, set);
  if (!isSelected) return line;
  const text = line.map((segment) => segment.text).join('');
  return lineOf(padded(`▸${text.slice(1)}`, set.width), 'current');
}

function statusOf({ status, isKubeletDown }: NodeRow, words: ScreenWords): string {
  return isKubeletDown ? `${status}, ${words.kubeletDown}` : status;
}

function nodeLine(row: NodeRow, { node, status, bar, words }: Setting): Line {
  const isWell = row.isReady && !row.isKubeletDown && row.status === 'Ready';
  return [
    { text: ` ${padded(shortName(row.name, node), node)}  `, tone: 'strong' },
    { text: padded(statusOf(row, words), status), tone: isWell ? 'good' : 'bad' },
    ...shareSegments('cpu', row.cpu, { bar, format: coresText }),
    ...shareSegments('mem', row.memory, { bar, format: bytesText }),
  ];
}

function shareSegments(
  name: string,
  { used, of }: Share,
  { bar, format }: { readonly bar: number; readonly format: (amount: number) => string },
): readonly Segment[] {
  const part = of > 0 ? Math.min(1, used / of) : 0;
  const full = part > 0 ? Math.max(1, Math.round(part * bar)) : 0;
  return [
    { text: `  ${name} ` },
    { text: '▓'.repeat(full), tone: part >= 0.9 ? 'warning' : 'good' },
    { text: '░'.repeat(bar - full), tone: 'faint' },
    { text: ` ${format(used)}/${format(of)}` },
  ];
}

/** Cores to a tenth. */
function coresText(cores: number): string {
  return String(Math.round(cores * 10) / 10);
}

const UNITS = ['', 'Ki', 'Mi', 'Gi', 'Ti'] as const;

function bytesText(bytes: number): string {
  let amount = bytes;
  let unit = 0;
  while (amount >= 1000 && unit < UNITS.length - 1) {
    amount /= 1024;
    unit++;
  }
  return `${amount >= 10 ? Math.round(amount) : Math.round(amount * 10) / 10}${UNITS[unit]}`;
}

function nameOf({ namespace, name }: NodePodRow): string {
  return namespace === 'default' ? name : `${namespace}/${name}`;
}

function podLine(row: NodePodRow, { name, width, words }: Setting): Line {
  const { state, status, ready, image, graceLeftMs, isNew } = row;
  const left = graceLeftMs === undefined ? '' : `  ${words.graceLeft(formatSpan(graceLeftMs))}`;
  const head = ` ${isNew ? '▸' : ' '} ${padded(shortName(nameOf(row), name), name)} `;
  const how = `${POD_GLYPHS[state]} ${status} ${ready}${left}`;
  const rest = Math.max(0, width - cellsIn(head) - cellsIn(how) - 2);
  return [
    { text: head, tone: isNew ? 'strong' : 'plain' },
    { text: how, tone: POD_TONES[state] },
    { text: rest > 5 ? `  ${cutToCells(image, rest)}` : '', tone: 'faint' },
  ];
}
