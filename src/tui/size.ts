export interface Size {
  readonly columns: number;
  readonly rows: number;
}

/** A terminal that does not say how large it is, is 80 by 24. */
export function sizeOf({ columns, rows }: NodeJS.WriteStream): Size {
  return { columns: columns || 80, rows: rows || 24 };
}
