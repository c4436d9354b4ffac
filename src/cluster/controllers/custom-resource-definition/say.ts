import type { Millis } from '../../../kernel/time/millis.ts';
import { formatRfc3339 } from '../../../kernel/time/rfc3339.ts';
import type { View } from '../../contract/component.ts';

/** A virtual time as objects bear it. */
export function rfc3339At({ settings }: View, now: Millis): string {
  return formatRfc3339(settings.epochMs + now);
}
