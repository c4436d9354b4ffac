import { derivedOfText } from '../objects/derived.ts';

const POINTERS_MAX = 10_000;

/**
 * A JSON pointer, and those that go on from it: the same few hundred come again and again, and a text is
 * found faster than made.
 */
export interface Pointer {
  readonly text: string;
  readonly below: Map<string | number, Pointer>;
}

/** Leads to the object itself. */
export const WHOLE: Pointer = { text: '', below: new Map() };
let pointers = 0;

/** The pointer to a field, or to a place in a list, of what a pointer leads to. */
export function pointerBelow({ text, below }: Pointer, step: string | number): Pointer {
  let pointer = below.get(step);
  if (!pointer) {
    if (++pointers > POINTERS_MAX) {
      WHOLE.below.clear();
      pointers = 0;
    }
    pointer = {
      text: `${text}/${typeof step === 'string' ? escapePointer(step) : step}`,
      below: new Map(),
    };
    below.set(step, pointer);
  }
  return pointer;
}

/**
 * The fields that a pointer passes, and the one that it leads to: to split a text is most of the work
 * otherwise.
 */
export const stepsOf = derivedOfText(
  (pointer): readonly string[] => pointer.split('/').slice(1).map(unescapePointer),
  POINTERS_MAX,
);

function escapePointer(field: string): string {
  return /[~/]/.test(field) ? field.replaceAll('~', '~0').replaceAll('/', '~1') : field;
}

function unescapePointer(step: string): string {
  return step.includes('~') ? step.replaceAll('~1', '/').replaceAll('~0', '~') : step;
}
