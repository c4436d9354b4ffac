/**
 * A value as JSON for programs, in one line or, with `indent`, in many. What a terminal could act on is
 * escaped in it: JSON itself leaves some control characters as they are, and those that turn the direction of
 * text.
 */
export function jsonText(value: unknown, indent?: number): string {
  return JSON.stringify(value, null, indent).replace(ACTED_ON, (char) => {
    return `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}

const ACTED_ON = /[\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]/g;
