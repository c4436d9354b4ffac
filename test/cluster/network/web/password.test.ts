import { expect, test } from 'vitest';
import { isPassword } from '../../../../src/cluster/network/web/nginx/password.ts';
import { md5 } from '../../../../src/cluster/objects/md5.ts';

const hex = (bytes: readonly number[]): string =>
  bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('');

test.each([
  ['', 'd41d8cd98f00b204e9800998ecf8427e'],
  ['abc', '900150983cd24fb0d6963f7d28e17f72'],
  [
    '12345678901234567890123456789012345678901234567890123456789012345678901234567890',
    '57edf4a22be3c955ac49da2e2107b67a',
  ],
])('the MD5 of %j is the one of RFC 1321', (text, digest) => {
  expect(hex(md5([...text].map((letter) => letter.charCodeAt(0))))).toBe(digest);
});

// As `openssl passwd -apr1` and `htpasswd -s` write them.
test.each([
  ['bar', '$apr1$abcdefgh$bGLO42WqKpmLoPH9uGWTg1', true],
  ['a longer passphrase ü', '$apr1$xyz$mmgmn2eKXC/G3fUjUAOzn/', true],
  ['Bar', '$apr1$abcdefgh$bGLO42WqKpmLoPH9uGWTg1', false],
  ['password', '{SHA}W6ph5Mm5Pz8GgiULbPgzG37mj9g=', true],
  ['secret', '{SHA}W6ph5Mm5Pz8GgiULbPgzG37mj9g=', false],
  ['secret', '{PLAIN}secret', true],
  ['secret', '$2y$05$abcdefghijklmnopqrstuu', undefined],
])('whether %j is the password of %s: %s', (password, hashed, is) => {
  expect(isPassword(password, hashed)).toBe(is);
});
