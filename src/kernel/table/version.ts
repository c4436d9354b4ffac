/** A row as an entry wrote it; a removal is a version without a row. */
export interface Version<Row> {
  readonly seq: number;
  readonly row: Row | undefined;
}
