import type { Millis } from '../../kernel/time/millis.ts';
import { civilOf } from '../../kernel/time/rfc3339.ts';

/** What a program logs. */
export interface Logged {
  /** Milliseconds since 1970. */
  readonly epochMs: Millis;
  /** The number of the process; absent: 1, as in a container. */
  readonly pid?: number;
  readonly text: string;
}

/**
 * A line as Kubernetes' programs log it, without its end: `E0101 00:00:05.123000       1 run.go:72] …`.
 * Virtual time has no microseconds. klog: formatHeader.
 */
export function klogLine(
  level: 'I' | 'W' | 'E' | 'F',
  source: string,
  { epochMs, pid = 1, text }: Logged,
): string {
  const { month, day, hour, minute, second, millisecond } = civilOf(epochMs);
  const two = (value: number): string => String(value).padStart(2, '0');
  const clock = `${two(hour)}:${two(minute)}:${two(second)}.${String(millisecond).padStart(3, '0')}000`;
  return `${level}${two(month)}${two(day)} ${clock} ${String(pid).padStart(7)} ${source}] ${text}`;
}
