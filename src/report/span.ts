import type { Millis } from '../kernel/time/millis.ts';

/** A length of time as one says it: `850ms`, `28s`, `10m`, `1h5m`; what is too fine to matter is left out. */
export function formatSpan(ms: Millis): string {
  if (ms < 1000) return `${Math.round(ms)}ms`;
  const seconds = Math.round(ms / 1000);
  if (seconds < 120) return `${seconds}s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 10 && seconds % 60 > 0) return `${minutes}m${seconds % 60}s`;
  if (minutes < 120) return `${minutes}m`;
  return minutes % 60 === 0 ? `${minutes / 60}h` : `${Math.floor(minutes / 60)}h${minutes % 60}m`;
}
