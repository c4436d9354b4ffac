import { type Asked, askedOf } from '../pod-glance.ts';
import { createByteNames } from './byte-names.ts';

/**
 * Which fields an update changes, as one name: the resource, and what it sets (after a quote) and what
 * goes (after a backslash). Names with such characters of their own are not scanned.
 */
export interface FieldNames {
  /** Begins a name with the resource that lies between two places. */
  begin(bytes: Uint8Array, from: number, to: number): void;
  /** Goes on with a pointer to what is set, or to what goes. */
  set(bytes: Uint8Array, from: number, to: number): void;
  unset(bytes: Uint8Array, from: number, to: number): void;
  /** The number of the name. */
  end(): number;
  /** Of which of the fields that are set something is asked, in their order. */
  asksOf(id: number): readonly Asks[];
  fresh(): string[];
}

const SET = 0x22;
const UNSET = 0x5c;

export interface NamedFields {
  readonly resource: string;
  readonly set: readonly string[];
  readonly unset: readonly string[];
}

interface Asks {
  /** Counted from 0. */
  readonly field: number;
  readonly asked: Asked;
}

export function createFieldNames(): FieldNames {
  const names = createByteNames();
  const asks: (readonly Asks[])[] = [];
  const told: string[] = [];
  let name = new Uint8Array(1 << 10);
  let length = 0;
  const append = (bytes: Uint8Array, from: number, to: number): void => {
    if (length + to - from >= name.length) {
      const larger = new Uint8Array(2 * (length + to - from));
      larger.set(name);
      name = larger;
    }
    for (let place = from; place < to; place++) name[length++] = bytes[place] as number;
  };
  const appendAfter = (mark: number, bytes: Uint8Array, from: number, to: number): void => {
    name[length++] = mark;
    append(bytes, from, to);
  };
  return {
    begin(bytes, from, to) {
      length = 0;
      append(bytes, from, to);
    },
    set: (bytes, from, to) => appendAfter(SET, bytes, from, to),
    unset: (bytes, from, to) => appendAfter(UNSET, bytes, from, to),
    end() {
      const id = names.idOf(name, 0, length);
      if (id < asks.length) return id;
      for (const text of names.fresh()) {
        const { resource, set } = fieldsNamed(text);
        asks.push(
          set.flatMap((pointer, field): readonly Asks[] => {
            const asked = askedOf(resource, pointer);
            return asked ? [{ field, asked }] : [];
          }),
        );
        told.push(text);
      }
      return id;
    },
    asksOf: (id) => asks[id] ?? [],
    fresh: () => told.splice(0),
  };
}

/** What a name tells. */
export function fieldsNamed(name: string): NamedFields {
  const [resource = '', ...fields] = name.split(/(?=["\\])/);
  const after = (mark: number): readonly string[] =>
    fields.filter((field) => field.charCodeAt(0) === mark).map((field) => field.slice(1));
  return { resource, set: after(SET), unset: after(UNSET) };
}
