/** Texts that come again and again, each kept once and numbered in the order in which it came. */
export interface Names {
  /** How many there are; numbers go from 0 to below it. */
  readonly length: number;
  /** The number of a text, which is 0 for the empty one; a new text gets the next. */
  idOf(text: string): number;
  /** The number of a text that there is; undefined for another. */
  find(text: string): number | undefined;
  /** The text of a number. */
  of(id: number): string;
}

export function createNames(): Names {
  const texts: string[] = [''];
  const ids = new Map<string, number>([['', 0]]);
  return {
    get length() {
      return texts.length;
    },
    idOf(text) {
      let id = ids.get(text);
      if (id === undefined) {
        id = texts.length;
        ids.set(text, id);
        texts.push(text);
      }
      return id;
    },
    find: (text) => ids.get(text),
    of: (id) => texts[id] ?? '',
  };
}
