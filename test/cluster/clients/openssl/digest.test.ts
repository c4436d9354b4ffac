import { expect, test } from 'vitest';
import { digestCalled } from '../../../../src/cluster/clients/openssl/digest.ts';
import type { Call } from '../../../../src/cluster/clients/program.ts';

function said(name: string, words: readonly string[], stdin: string): string {
  let text = '';
  const call = { stdin, write: (_: string, more: string) => (text += more) } as unknown as Call;
  digestCalled(name)(call, words);
  return text;
}

// As openssl 3 writes them; some words of these sums begin with zeros.
test.each([
  ['dgst', ['-sha1'], 'admin', 'SHA1(stdin)= d033e22ae348aeb5660fc2140aec35850c4da997\n'],
  ['sha1', ['-r'], 'password', '5baa61e4c9b93f3f0682250b6cf8331b7ee68fd8 *stdin\n'],
  ['md5', [], 'abc', 'MD5(stdin)= 900150983cd24fb0d6963f7d28e17f72\n'],
  ['dgst', [], '', 'SHA2-256(stdin)= e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\n'],
])('openssl %s %j of %j', (name, words, stdin, text) => {
  expect(said(name, words, stdin)).toBe(text);
});
