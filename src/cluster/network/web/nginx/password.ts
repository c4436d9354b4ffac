import { encodeBytes, utf8Bytes } from '../../../objects/base64.ts';
import { derivedOfText } from '../../../objects/derived.ts';
import { md5 } from '../../../objects/md5.ts';
import { sha1 } from '../../../objects/sha1.ts';

/**
 * Whether a password is the one of a line of `htpasswd`; undefined for what is hashed in another way than
 * `htpasswd` does by default, or with `-s` or `-p` (nginx: ngx_crypt.c).
 */
export function isPassword(password: string, hashed: string): boolean | undefined {
  if (hashed.startsWith('{PLAIN}')) return hashed.slice(7) === password;
  if (hashed.startsWith('{SHA}')) return hashed.slice(5) === encodeBytes(sha1(utf8Bytes(password)));
  const [, salt] = /^\$apr1\$([^$]{0,8})\$/.exec(hashed) ?? [];
  if (salt === undefined) return undefined;
  return hashed === apr1(`${salt}$${password}`);
}

const ROUNDS = 1000;

/** Apache's MD5 in a thousand rounds of `salt$password`: it is asked about with each request. */
const apr1 = derivedOfText((text) => {
  const [salt = '', password = ''] = text.split(/\$(.*)/s);
  const secret = utf8Bytes(password);
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
}, 100);

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
