import { finishHash, HIGH_PRIME, LOW_PRIME } from '../chance/draw.ts';
import type { Sum } from './log-format.ts';

export interface BytesSum {
  readonly sum: Sum;
  /** All bytes are characters of their own, so they can be read as such. */
  readonly isAscii: boolean;
}

/**
 * The sum (`chain`) after a text that lies encoded as UTF-8 from one place in bytes to before another:
 * without making a text of it, which takes several times as long. Undefined for what is no UTF-8.
 */
export function chainBytes(before: Sum, bytes: Uint8Array, from: number, to: number): BytesSum | undefined {
  let [high, low] = before;
  let place = from;
  for (; place < to; place++) {
    const byte = bytes[place] as number;
    if (byte >= 0x80) break;
    high = Math.imul(high ^ byte, HIGH_PRIME);
    low = Math.imul(low ^ byte, LOW_PRIME);
  }
  if (place === to) return { sum: finishHash(high, low), isAscii: true };
  while (place < to) {
    const point = pointAt(bytes, place, to);
    if (point === undefined) return undefined;
    place += lengthOf(point);
    // Sums are of UTF-16, in which what lies beyond 0xffff is two units.
    if (point > 0xffff) {
      const lead = 0xd800 + ((point - 0x10000) >> 10);
      high = Math.imul(high ^ lead, HIGH_PRIME);
      low = Math.imul(low ^ lead, LOW_PRIME);
    }
    const unit = point > 0xffff ? 0xdc00 + ((point - 0x10000) & 0x3ff) : point;
    high = Math.imul(high ^ unit, HIGH_PRIME);
    low = Math.imul(low ^ unit, LOW_PRIME);
  }
  return { sum: finishHash(high, low), isAscii: false };
}

function lengthOf(point: number): number {
  return point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
}

/**
 * The code point whose bytes begin at a place, each in its shortest form: no two texts have the same bytes.
 */
function pointAt(bytes: Uint8Array, place: number, to: number): number | undefined {
  const first = bytes[place] as number;
  if (first < 0x80) return first;
  const length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
  if (first < 0xc0 || first > 0xf7 || place + length > to) return undefined;
  let point = first & (0xff >> (length + 1));
  for (let next = place + 1; next < place + length; next++) {
    const byte = bytes[next] as number;
    if ((byte & 0xc0) !== 0x80) return undefined;
    point = (point << 6) | (byte & 0x3f);
  }
  return lengthOf(point) === length && point <= 0x10ffff ? point : undefined;
}
