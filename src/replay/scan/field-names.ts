import { type Asked, askedOf } from '../pod-glance.ts';
import { createByteNames } from './byte-names.ts';
import { asciiText, QUOTE, standsAt } from './bytes.ts';

/**
 * Which fields an update changes, as one name: the resource, and what it sets (after a quote) and what
 * goes (after a backslash). Names with such characters of their own are not scanned. What follows one name is
 * mostly what followed it before, so that the bytes are compared with that and nothing else is made of them.
 */
export interface FieldNames {
  /**
   * Begins a name with the resource at a place, up to a quote; returns where that stands, -1 where the text
   * has something else than plain characters.
   */
  begin(bytes: Uint8Array, from: number): number;
  /** Goes on with a pointer to what is set, or to what goes; the same is returned. */
  set(bytes: Uint8Array, from: number): number;
  unset(bytes: Uint8Array, from: number): number;
  /** The number of the name. */
  end(): number;
  /** Of which of the fields that are set something is asked, in their order. */
  asksOf(id: number): readonly Asks[];
  fresh(): string[];
}

const SET = 0x22;
const UNSET = 0x5c;
const RESOURCE = 0;

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

/** A name as far as it has been read, and what has followed it. */
interface Named {
  readonly name: string;
  /** What was read last. */
  readonly mark: number;
  readonly text: Uint8Array;
  /** The latest of those that go on from here, which are tried first. */
  readonly likely: Named[];
  /** All of them, by the number of the text. */
  readonly set: Map<number, Named>;
  readonly unset: Map<number, Named>;
  /** -1 while no name has ended here. */
  id: number;
}

const MOST_LIKELY = 6;

export function createFieldNames(): FieldNames {
  const texts = createByteNames();
  const asks: (readonly Asks[])[] = [];
  const told: string[] = [];
  const root = named('', RESOURCE, new Uint8Array(0));
  let at = root;
  const goOn = (mark: number, bytes: Uint8Array, from: number): number => {
    const { likely } = at;
    for (let place = 0; place < likely.length; place++) {
      const next = likely[place] as Named;
      const end = from + next.text.length;
      if (next.mark !== mark || bytes[end] !== QUOTE || !standsAt(bytes, from, next.text)) continue;
      if (place > 0) {
        likely[place] = likely[place - 1] as Named;
        likely[place - 1] = next;
      }
      at = next;
      return end;
    }
    const id = texts.idAt(bytes, from);
    if (id < 0) return -1;
    const { end } = texts;
    const known = mark === UNSET ? at.unset : at.set;
    let next = known.get(id);
    if (!next) {
      const after = mark === RESOURCE ? '' : String.fromCharCode(mark);
      next = named(at.name + after + asciiText(bytes, from, end), mark, bytes.slice(from, end));
      known.set(id, next);
    }
    if (likely.length >= MOST_LIKELY) likely.pop();
    likely.push(next);
    at = next;
    return end;
  };
  return {
    begin(bytes, from) {
      at = root;
      return goOn(RESOURCE, bytes, from);
    },
    set: (bytes, from) => goOn(SET, bytes, from),
    unset: (bytes, from) => goOn(UNSET, bytes, from),
    end() {
      if (at.id >= 0) return at.id;
      at.id = asks.length;
      const { resource, set } = fieldsNamed(at.name);
      asks.push(
        set.flatMap((pointer, field): readonly Asks[] => {
          const asked = askedOf(resource, pointer);
          return asked ? [{ field, asked }] : [];
        }),
      );
      told.push(at.name);
      return at.id;
    },
    asksOf: (id) => asks[id] ?? [],
    fresh: () => told.splice(0),
  };
}

function named(name: string, mark: number, text: Uint8Array): Named {
  return { name, mark, text, likely: [], set: new Map(), unset: new Map(), id: -1 };
}

/** What a name tells. */
export function fieldsNamed(name: string): NamedFields {
  const [resource = '', ...fields] = name.split(/(?=["\\])/);
  const after = (mark: number): readonly string[] =>
    fields.filter((field) => field.charCodeAt(0) === mark).map((field) => field.slice(1));
  return { resource, set: after(SET), unset: after(UNSET) };
}
