import { drawWhole } from '../../kernel/chance/draw.ts';
import type { Millis } from '../../kernel/time/millis.ts';
import type { View } from '../contract/component.ts';
import { recorderRowKey } from '../contract/recorder-row.ts';

interface Moment {
  readonly now: Millis;
  readonly recorder: string;
  readonly reason: string;
  readonly text: string;
}

const NANOS = 1_000_000n;

/**
 * `web.18e9f72c81bda063`: the object's name, and the nanoseconds since 1970 in hexadecimal digits. What a
 * recorder tells of at one instant it tells in order, and lists of Events show them by their names.
 */
export function eventName(view: View, objectName: string, { now, recorder, reason, text }: Moment): string {
  const start = BigInt(view.settings.epochMs + now) * NANOS;
  const first = nextAfter(view, recorder, start);
  const below = drawWhole(
    view.chance,
    first,
    Math.max(first, 999_999),
    'event name',
    recorder,
    now,
    reason,
    text,
  );
  return `${objectName}.${(start + BigInt(below)).toString(16)}`;
}

/** The first nanosecond behind all that the recorder has written since the instant began. */
function nextAfter(view: View, recorder: string, start: bigint): number {
  const name = view.rows.row('recorders', recorderRowKey(recorder, 'newest'))?.newest;
  if (name === undefined) return 0;
  const nanos = BigInt(`0x${name.slice(name.lastIndexOf('.') + 1)}`) - start;
  return nanos >= 0n && nanos < NANOS ? Number(nanos) + 1 : 0;
}
