import { type Column, createColumn } from './column.ts';

/**
 * What has been written and nobody has looked at: which rows at which seqs, in two columns, so that taking
 * note of a write touches hardly any memory but their ends. A row takes its own when somebody asks for it.
 */
export interface Unmade {
  /** Of each write, the one before it of the same row; 0 for none, else its place and one more. */
  readonly before: Column;
  readonly seqs: Column;
  /** The last write of each row, by the row's number, in the same way. */
  readonly last: number[];
  /** Whether each row is there, by its number. */
  readonly isThere: boolean[];
}

export function createUnmade(): Unmade {
  return { before: createColumn('int32'), seqs: createColumn('int32'), last: [], isThere: [] };
}

/** Takes note that a row was written. */
export function noteUnmade({ before, seqs, last }: Unmade, row: number, seq: number): void {
  before.push(last[row] ?? 0);
  seqs.push(seq);
  last[row] = seqs.length;
}

/** seq of each write of a row that nobody has looked at, oldest first: from now on somebody has. */
export function takeUnmade({ before, seqs, last }: Unmade, row: number): readonly number[] {
  const taken: number[] = [];
  for (let write = last[row] ?? 0; write > 0; write = before.at(write - 1)) taken.push(seqs.at(write - 1));
  last[row] = 0;
  return taken.reverse();
}
