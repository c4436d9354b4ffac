import type { KubeObject } from '../../../../objects/kube-object.ts';
import type { PrintedResource } from '../kind-text.ts';
import { alignColumns, TABLE_ALIGNMENT } from './align-columns.ts';
import type { Column } from './column.ts';
import { headerText, rowText, shownColumns, type TableOptions } from './print-table.ts';

/** What a running `kubectl get -w` remembers of what it has printed. */
export interface WatchOutput {
  readonly isHeaderPrinted: boolean;
  /** Column widths so far; later rows keep to them. */
  readonly widths: readonly number[];
}

export const NOTHING_WATCHED: WatchOutput = { isHeaderPrinted: false, widths: [] };

/** A change as a watch reports it; the list that a watch begins with counts as additions. */
export interface WatchedChange {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED';
  readonly object: KubeObject;
}

export interface WatchOptions extends TableOptions {
  /** `--output-watch-events`: an EVENT column in front. */
  readonly outputWatchEvents?: boolean;
}

/**
 * The rows for changes that are written at once, and what to remember for the next: the first list in one go,
 * later changes one by one, because a column's width can only grow with what has been seen. Mirrors kubectl:
 * get.go watch.
 */
export function printWatched(
  resource: PrintedResource,
  changes: readonly WatchedChange[],
  options: WatchOptions,
  before: WatchOutput,
): { readonly text: string; readonly output: WatchOutput } {
  if (changes.length === 0) return { text: '', output: before };
  const columns = shownColumns(resource, options);
  const rows = changes.map((change) => changeText(columns, change, options));
  const isHeaderDue = !before.isHeaderPrinted && options.noHeaders !== true;
  const eventHeader = options.outputWatchEvents ? 'EVENT\t' : '';
  const lines = isHeaderDue ? [eventHeader + headerText(columns), ...rows] : rows;
  const alignment = { ...TABLE_ALIGNMENT, remembered: before.widths };
  const { text, widths } = alignColumns(`${lines.join('\n')}\n`, alignment);
  return { text, output: { isHeaderPrinted: true, widths } };
}

function changeText(columns: readonly Column<never>[], change: WatchedChange, options: WatchOptions): string {
  const event = options.outputWatchEvents ? `${change.type.padEnd('MODIFIED'.length)}\t` : '';
  return event + rowText(columns, change.object, options);
}
