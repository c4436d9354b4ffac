import type { Millis } from '../kernel/time/millis.ts';

/** Virtual time as a player shows it: `01:02.114`, and from an hour on `1:01:02.114`. */
export function formatClock(at: Millis): string {
  const whole = Math.max(0, Math.round(at));
  const hours = Math.floor(whole / 3_600_000);
  const rest = `${two(Math.floor(whole / 60_000) % 60)}:${two(Math.floor(whole / 1000) % 60)}.${three(whole % 1000)}`;
  return hours > 0 ? `${hours}:${rest}` : rest;
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}

function three(value: number): string {
  return String(value).padStart(3, '0');
}
