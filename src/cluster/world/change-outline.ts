/**
 * Which fields of objects of a resource an update sets: of the updates of a long log most set what many have
 * set before, so there are few of them.
 */
export interface ChangedFields {
  /** Above 0; another for other fields, or for the same ones in another order. */
  readonly id: number;
  readonly resource: string;
  /** JSON pointers to what is set, in the order in which they are set. */
  readonly set: readonly string[];
  /** JSON pointers to what goes. */
  readonly unset: readonly string[];
}

/** What is known of an `ObjectUpdated` that nobody has parsed. */
export interface ChangeOutline {
  /** The etcd key of the object, and its number among all that updates have named: above 0. */
  readonly key: string;
  readonly object: number;
  readonly fields: ChangedFields;
}

/** Whether a change of what one pointer leads to may change what another leads to. */
export function meets(pointer: string, other: string): boolean {
  const [short, long] = pointer.length < other.length ? [pointer, other] : [other, pointer];
  return long.startsWith(short) && (long.length === short.length || long[short.length] === '/');
}

/** Whether a change of these fields may change what any of some pointers leads to. */
export function touchesAny({ set, unset }: ChangedFields, pointers: readonly string[]): boolean {
  const isMet = (field: string): boolean => pointers.some((pointer) => meets(field, pointer));
  return set.some(isMet) || unset.some(isMet);
}
