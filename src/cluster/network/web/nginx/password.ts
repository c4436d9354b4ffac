import { sha1 } from '../../../etcd/sha1.ts';
import { encodeBytes, utf8Bytes } from '../../../objects/base64.ts';
import { md5 } from '../../../objects/md5.ts';

/**
 * Whether a password is the one of a line of `htpasswd`; undefined for what is hashed in another way than
 * `htpasswd` does by default, or with `-s` or `-p` (nginx: ngx_crypt.c).
 */
export function isPassword(password: string, hashed: string): boolean | undefined {
  if (hashed.startsWith('{PLAIN}')) return hashed.slice(7) === password;
  if (hashed.startsWith('{SHA}')) return hashed.slice(5) === encodeBytes(bytesOf(sha1(utf8Bytes(password))));
  const [, salt] = /^\$apr1\$([^$]{0,8})\$/.exec(hashed) ?? [];
  if (salt === undefined) return undefined;
  return hashed === apr1(password, salt);
}

function bytesOf(words: readonly number[]): number[] {
  return words.flatMap((word) => [24, 16, 8, 0].map((bits) => (word >>> bits) & 255));
}

const known = new Map<string, string>();

/** Apache's MD5 in a thousand rounds, found once for each password: it is asked about with each request. */
function apr1(password: string, salt: string): string {
  const key = `${salt} ${password}`;
  const found = known.get(key) ?? makeApr1(utf8Bytes(password), salt);
  if (known.size > 100) known.clear();
  known.set(key, found);
  return found;
}

const ROUNDS = 1000;

function makeApr1(secret: readonly number[], salt: string): string {
  const salted = utf8Bytes(salt);
  const first = md5([...secret, ...salted, ...secret]);
  const begun = [...secret, ...utf8Bytes('$apr1$'), ...salted];
  for (let left = secret.length; left > 0; left -= 16) begun.push(...first.slice(0, Math.min(16, left)));
  for (let bits = secret.length; bits > 0; bits >>= 1) begun.push(bits & 1 ? 0 : (secret[0] ?? 0));
  let digest = md5(begun);
  for (let round = 0; round < ROUNDS; round++) {
    const [odd, three, seven] = [round % 2 === 1, round % 3 !== 0, round % 7 !== 0];
    digest = md5([
      ...(odd ? secret : digest),
      ...(three ? salted : []),
      ...(seven ? secret : []),
      ...(odd ? digest : secret),
    ]);
  }
  return `$apr1$${salt}$${spelled(digest)}`;
}

const LETTERS = './0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** Three bytes are four letters, and the last one two. */
function spelled(digest: readonly number[]): string {
  const byte = (index: number): number => digest[index] ?? 0;
  const letters = (value: number, count: number): string =>
    Array.from({ length: count }, (_, index) => LETTERS[(value >> (6 * index)) & 63] ?? '').join('');
  const threes = [0, 1, 2, 3, 4].map((index) => {
    const last = index === 4 ? 5 : index + 12;
    return letters((byte(index) << 16) | (byte(index + 6) << 8) | byte(last), 4);
  });
  return `${threes.join('')}${letters(byte(11), 2)}`;
}
