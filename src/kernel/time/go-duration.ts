/**
 * Durations in Go's notation, which is the one that Kubernetes prints and that scenarios use: `1m30s`,
 * `850ms`.
 */

const UNIT_MS: Readonly<Record<string, number>> = {
  ns: 1e-6,
  us: 1e-3,
  µs: 1e-3,
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
};

/**
 * Virtual milliseconds of a Go duration (`time.ParseDuration`), fractions of one kept; undefined if it is
 * none.
 */
export function parseGoDuration(text: string): number | undefined {
  if (text === '0') return 0;
  const signed = /^([+-]?)((?:(?:\d+\.?\d*|\.\d+)(?:ns|us|µs|ms|s|m|h))+)$/.exec(text);
  if (!signed) return undefined;
  let total = 0;
  for (const [, value, unit] of (signed[2] ?? '').matchAll(/(\d+\.?\d*|\.\d+)(ns|us|µs|ms|s|m|h)/g)) {
    total += Number(value) * (UNIT_MS[unit ?? ''] ?? 0);
  }
  return signed[1] === '-' ? -total : total;
}

/** As Go's `Duration.String`: `0s`, `850ms`, `1.234s`, `2m40s`, `1h0m0s`. */
export function formatGoDuration(ms: number): string {
  if (ms < 0) return `-${formatGoDuration(-ms)}`;
  if (ms === 0) return '0s';
  if (ms < 1) return `${trimmed(ms * 1000)}µs`;
  if (ms < 1000) return `${trimmed(ms)}ms`;
  const hours = Math.floor(ms / 3_600_000);
  const minutes = Math.floor(ms / 60_000) % 60;
  const seconds = `${trimmed((ms % 60_000) / 1000)}s`;
  if (hours > 0) return `${hours}h${minutes}m${seconds}`;
  return minutes > 0 ? `${minutes}m${seconds}` : seconds;
}

/** Six decimals are below a nanosecond's meaning here, and hide the noise of binary fractions. */
function trimmed(value: number): string {
  return String(Number(value.toFixed(6)));
}
