import { drawWhole } from '../../kernel/chance/draw.ts';
import type { Millis } from '../../kernel/time/millis.ts';
import type { View } from '../contract/component.ts';

interface Moment {
  readonly now: Millis;
  readonly recorder: string;
  readonly reason: string;
  readonly text: string;
}

/** `web.18e9f72c81bda063`: the object's name, and the nanoseconds since 1970 in hexadecimal digits. */
export function eventName(view: View, objectName: string, { now, recorder, reason, text }: Moment): string {
  const below = drawWhole(view.chance, 0, 999_999, 'event name', recorder, now, reason, text);
  const nanos = BigInt(view.settings.epochMs + now) * 1_000_000n + BigInt(below);
  return `${objectName}.${nanos.toString(16)}`;
}
