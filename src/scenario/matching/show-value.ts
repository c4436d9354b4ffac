/** Longer values are cut: what differs is said beside them. */
const MAX_LENGTH = 120;

/** A value in a sentence: `"Running"`, `3`, `nothing`, `{"reason":"Error",…`. */
export function showValue(value: unknown): string {
  if (value === undefined) return 'nothing';
  const text = JSON.stringify(value);
  return text.length > MAX_LENGTH ? `${text.slice(0, MAX_LENGTH)}…` : text;
}
