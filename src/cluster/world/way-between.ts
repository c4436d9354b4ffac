import type { Millis } from '../../kernel/time/millis.ts';
import { type PathEnd, type PathRow, pathKey } from '../contract/path-row.ts';
import type { RowReader } from '../contract/reader.ts';
import { type Labels, matchesLabels } from '../objects/label-selector.ts';

/** One of the two who talk with each other. */
export interface PathParty {
  /** Absent for whoever is not in the cluster. */
  readonly node?: string;
  readonly pod?: { readonly namespace: string; readonly labels: Labels };
}

/** What packets meet between two parties, there and back; rates from 0 to 1. */
export interface Way {
  readonly lostThere: number;
  readonly lostBack: number;
  readonly thereMs: Millis;
  readonly backMs: Millis;
  /** Why, in plain words, and the key of the row that makes it so. */
  readonly because: string;
  readonly key: string;
}

/** Undefined where packets pass as they should. */
export function wayBetween(rows: RowReader, one: PathParty, other: PathParty): Way | undefined {
  const all = rows.rowsBy('paths', 'all', '');
  if (all.length === 0) return undefined;
  let way: Way | undefined;
  for (const row of all) {
    const there = isOn(row, one, other);
    const back = isOn(row, other, one);
    if (there || back) way = withHarm(way, row, { there, back });
  }
  return way;
}

/** Whether nothing at all passes, in one of the two directions: no connection is made then. */
export function isCut({ lostThere, lostBack }: Pick<Way, 'lostThere' | 'lostBack'>): boolean {
  return lostThere >= 1 || lostBack >= 1;
}

function withHarm(
  way: Way | undefined,
  { path, lost = 0, lateMs = 0, bothWays }: PathRow,
  { there, back }: { readonly there: boolean; readonly back: boolean },
): Way {
  const { lostThere = 0, lostBack = 0, thereMs = 0, backMs = 0 } = way ?? {};
  const isWorst = lost >= 1 || way === undefined;
  const harm = lost >= 1 ? 'cut' : lost > 0 ? 'lossy' : 'slow';
  return {
    lostThere: there ? 1 - (1 - lostThere) * (1 - lost) : lostThere,
    lostBack: back ? 1 - (1 - lostBack) * (1 - lost) : lostBack,
    thereMs: thereMs + (there ? lateMs : 0),
    backMs: backMs + (back ? lateMs : 0),
    because: isWorst ? HARMS[harm](bothWays ? `between ${path}` : `from ${path}`) : way.because,
    key: isWorst ? pathKey(harm, path) : way.key,
  };
}

const HARMS = {
  cut: (path: string) => `nothing gets through ${path}`,
  lossy: (path: string) => `packets ${path} are lost`,
  slow: (path: string) => `packets ${path} are late`,
} as const;

function isOn({ from, to, bothWays }: PathRow, sender: PathParty, receiver: PathParty): boolean {
  const isForward = isEnd(from, sender) && isEnd(to, receiver);
  return isForward || (bothWays === true && isEnd(to, sender) && isEnd(from, receiver));
}

function isEnd({ nodes, pods, outside }: PathEnd, { node, pod }: PathParty): boolean {
  if (nodes && !(node !== undefined && nodes.includes(node))) return false;
  if (outside && (node !== undefined || pod !== undefined)) return false;
  if (!pods) return true;
  return pod !== undefined && pod.namespace === pods.namespace && matchesLabels(pods.selector, pod.labels);
}
