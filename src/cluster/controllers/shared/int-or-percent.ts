/**
 * A number as it is, or a share of `total`: `25%` of 3 is 1 rounded up and 0 rounded down (apimachinery:
 * intstr.go).
 */
export function scaledValue(value: number | string | undefined, total: number, round: 'up' | 'down'): number {
  if (value === undefined) return 0;
  if (typeof value === 'number') return value;
  const percent = Number(/^(\d+)%$/.exec(value)?.[1] ?? 0);
  return round === 'up' ? Math.ceil((percent * total) / 100) : Math.floor((percent * total) / 100);
}
