/** `4.0K`, `1.5M`: as the `-h` of busybox writes sizes. */
export function humanSize(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 1024 && unit < UNITS.length - 1) {
    value /= 1024;
    unit += 1;
  }
  return unit === 0 ? String(bytes) : `${value.toFixed(1)}${UNITS[unit] ?? ''}`;
}

const UNITS = ['', 'K', 'M', 'G', 'T'];
