import type { Json } from '../../../../objects/json.ts';
import type { JsonpathNode } from './jsonpath-node.ts';

type Slice = Extract<JsonpathNode, { type: 'slice' }>;

/** The items that `[start:end:step]` takes of a list, or client-go's complaint (jsonpath.go evalArray). */
export function sliceList(
  list: readonly Json[],
  slice: Slice,
): { readonly items: readonly Json[]; readonly isEmptyRange: boolean } | string {
  const length = list.length;
  const start = slice.start.value === undefined ? 0 : fromEnd(slice.start.value, length);
  const given = slice.end.value ?? length;
  const end = given < 0 || (given === 0 && slice.end.isDerived === true) ? given + length : given;
  if (start === end) return { items: [], isEmptyRange: true };
  if (start >= length || start < 0) return `array index out of bounds: index ${start}, length ${length}`;
  if (end > length || end < 0) return `array index out of bounds: index ${end - 1}, length ${length}`;
  if (start > end) return `starting index ${start} is greater than ending index ${end}`;
  const step = slice.step.value ?? 1;
  if (step <= 0) return 'step must be > 0';
  return { items: list.slice(start, end).filter((_, index) => index % step === 0), isEmptyRange: false };
}

function fromEnd(index: number, length: number): number {
  return index < 0 ? index + length : index;
}
