/** Keys that a command speaks of: one, those that begin so, or those from one up to another. */
export interface KeyRange {
  readonly first: string;
  /** Exclusive; a zero byte is the end of all keys. */
  readonly end?: string;
  readonly isPrefix?: true;
}

export function isInRange(key: string, { first, end, isPrefix }: KeyRange): boolean {
  if (isPrefix) return key.startsWith(first);
  if (end === undefined) return key === first;
  return key >= first && (end === ALL || key < end);
}

export const ALL = '\0';
