/**
 * What follows from each item of a list alone. A list is mostly the one that was asked about before with an
 * item or two changed, come or gone: what was found for the others is kept, and takes a comparison of
 * pointers.
 */
export function derivedOfEach<Of extends object, Value>(
  find: (of: Of) => Value,
): (items: readonly Of[]) => readonly Value[] {
  let known: readonly Of[] = [];
  let values: readonly Value[] = [];
  return (items) => {
    if (items === known) return values;
    const before = values;
    let next = 0;
    values = items.map((item) => {
      const place = placeFrom(known, item, next);
      if (place < 0) return find(item);
      next = place + 1;
      return before[place] as Value;
    });
    known = items;
    return values;
  };
}

/** The items of a list that fulfil a condition on each alone. */
export function filteredByEach<Of extends object>(
  fulfils: (of: Of) => boolean,
): (items: readonly Of[]) => readonly Of[] {
  const verdictsOn = derivedOfEach(fulfils);
  let known: readonly Of[] = [];
  let filtered: readonly Of[] = [];
  return (items) => {
    if (items !== known) {
      const verdicts = verdictsOn(items);
      filtered = verdicts.includes(false) ? items.filter((_, index) => verdicts[index]) : items;
      known = items;
    }
    return filtered;
  };
}

/** A list sorted by an order that tells any two items apart: what is new in it is put into its place. */
export function sortedByEach<Of extends object>(
  compare: (a: Of, b: Of) => number,
): (items: readonly Of[]) => readonly Of[] {
  let known: readonly Of[] = [];
  let sorted: readonly Of[] = [];
  return (items) => {
    const { come, gone } = differenceOf(known, items);
    if (come.length > MANY) sorted = items.toSorted(compare);
    else if (come.length + gone.length > 0) {
      const next = sorted.slice();
      for (const item of gone) next.splice(next.indexOf(item, placeBy(compare, next, item)), 1);
      for (const item of come) next.splice(placeBy(compare, next, item), 0, item);
      sorted = next;
    }
    known = items;
    return sorted;
  };
}

/** The items that are not, as the very same ones and in the same order, in the list before. */
export function newItems<Of>(items: readonly Of[], before: readonly Of[]): Of[] {
  let next = 0;
  return items.filter((item) => {
    const place = placeFrom(before, item, next);
    if (place >= 0) next = place + 1;
    return place < 0;
  });
}

/** What came and what went; an item that is not found again has done both. */
function differenceOf<Of>(before: readonly Of[], items: readonly Of[]): { come: Of[]; gone: Of[] } {
  const come: Of[] = [];
  const gone: Of[] = [];
  let next = 0;
  for (const item of items) {
    const place = placeFrom(before, item, next);
    if (place < 0) come.push(item);
    else {
      for (let left = next; left < place; left++) gone.push(before[left] as Of);
      next = place + 1;
    }
  }
  gone.push(...before.slice(next));
  return { come, gone };
}

/**
 * Where the very same item stands in a list, from a place on, or -1 for one that is new, or is taken for new
 * because too much has changed. Of two lists that are compared nearly every item is at the first place.
 */
function placeFrom<Of>(list: readonly Of[], item: Of, from: number): number {
  const end = Math.min(from + MANY, list.length);
  for (let place = from; place < end; place++) if (list[place] === item) return place;
  return -1;
}

/** When more has gone at one place, all that comes after is found anew. */
const MANY = 32;

/** Where an item stands in a sorted list, or would stand. */
function placeBy<Of>(compare: (a: Of, b: Of) => number, sorted: readonly Of[], item: Of): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (compare(sorted[middle] as Of, item) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}
