/** JSON pointers to what a function reads of an object, as deep as it looks. */
export function fieldsRead(object: object, read: (object: never) => unknown): readonly string[] {
  const found = new Set<string>();
  const watched = (value: object, pointer: string): object =>
    new Proxy(value, {
      get(of, name) {
        const member = Reflect.get(of, name) as unknown;
        if (typeof name === 'symbol' || typeof member === 'function' || !isField(of, name)) return member;
        const place = `${pointer}/${name}`;
        found.delete(pointer);
        found.add(place);
        return typeof member === 'object' && member !== null ? watched(member, place) : member;
      },
    });
  read(watched(object, '') as never);
  return [...found].sort();
}

/** A list's length is no field of its own. */
function isField(of: object, name: string): boolean {
  return !(Array.isArray(of) && name === 'length');
}
