import { encodeGoJson } from '../../../objects/go-json.ts';
import type { JsonObject } from '../../../objects/json.ts';
import { sha256 } from '../../../objects/sha256.ts';

const LETTERS: Readonly<Record<string, string>> = { 0: 'g', 1: 'h', 3: 'k', a: 'm', e: 't' };

/** Ten letters of the hash of what an object holds, without vowels (kubectl: pkg/util/hash). */
export function hashOfFields(fields: JsonObject): string {
  return sha256(encodeGoJson(fields))
    .slice(0, 10)
    .replace(/[013ae]/g, (letter) => LETTERS[letter] ?? letter);
}
