/**
 * What follows from an object alone, found once for each object. Objects and rows are never changed in place,
 * so it holds for as long as the object is kept; it is forgotten with it.
 */
export function derived<Of extends object, Value>(find: (of: Of) => Value): (of: Of) => Value {
  const found = new WeakMap<Of, Value>();
  // The same object is asked about many times in a row.
  let last: Of | undefined;
  let lastValue: Value | undefined;
  return (of) => {
    if (of === last) return lastValue as Value;
    let value = found.get(of);
    if (value === undefined && !found.has(of)) {
      value = find(of);
      found.set(of, value);
    }
    last = of;
    lastValue = value;
    return value as Value;
  };
}

/** What follows from a text alone; of so many texts it is kept, and then found anew. */
export function derivedOfText<Value>(find: (text: string) => Value, most: number): (text: string) => Value {
  const found = new Map<string, Value>();
  return (text) => {
    let value = found.get(text);
    if (value === undefined && !found.has(text)) {
      value = find(text);
      if (found.size >= most) found.clear();
      found.set(text, value);
    }
    return value as Value;
  };
}

/** What follows from two objects, found anew when the first meets another second. */
export function derivedOfPair<A extends object, B extends object, Value>(
  find: (a: A, b: B) => Value,
): (a: A, b: B) => Value {
  const found = new WeakMap<A, { readonly b: B; readonly value: Value }>();
  return (a, b) => {
    let known = found.get(a);
    if (known?.b !== b) {
      known = { b, value: find(a, b) };
      found.set(a, known);
    }
    return known.value;
  };
}
