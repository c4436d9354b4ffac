/** Without vowels and without 0, 1 and 3, so that no bad word comes out (apimachinery: util/rand). */
const ALPHABET = 'bcdfghjklmnpqrstvwxz2456789';
const SUFFIX_LENGTH = 5;
const GENERATED_NAME_MAX = 63;

/** How many numbers a generated name takes, and below which bound each must be. */
export const NAME_DRAWS = { count: SUFFIX_LENGTH, below: ALPHABET.length } as const;

/**
 * `web-` → `web-7xkqz`. A long base is cut so that the name stays a DNS label (apiserver: names/generate.go).
 */
export function generatedName(base: string, draws: readonly number[]): string {
  return base.slice(0, GENERATED_NAME_MAX - SUFFIX_LENGTH) + randomSuffix(draws);
}

/** Whether the server could have drawn a name from a base. */
export function isGeneratedFrom(base: string, name: string): boolean {
  const cut = base.slice(0, GENERATED_NAME_MAX - SUFFIX_LENGTH);
  const suffix = name.slice(cut.length);
  return (
    name.startsWith(cut) &&
    suffix.length === SUFFIX_LENGTH &&
    [...suffix].every((letter) => ALPHABET.includes(letter))
  );
}

/** One letter of the safe alphabet for each whole number in [0, 27). */
export function randomSuffix(draws: readonly number[]): string {
  return draws.map((number) => ALPHABET[number % ALPHABET.length] ?? '').join('');
}

/** A decimal hash in the safe alphabet, as pod-template-hash shows it: `1234567890` → `56789bcdf4`. */
export function safeEncode(text: string): string {
  return [...text].map((character) => ALPHABET[character.charCodeAt(0) % ALPHABET.length] ?? '').join('');
}
