import { describe, expect, test } from 'vitest';
import { hostRefusal } from '../../src/cli/host-refusal.ts';
import { ENGLISH_FILES } from '../../src/words/english-files.ts';

describe('what the host refuses', () => {
  test.each`
    code            | syscall      | path         | said
    ${'EACCES'}     | ${'open'}    | ${'/a'}      | ${'cannot open /a: permission denied'}
    ${'EACCES'}     | ${'scandir'} | ${'/a'}      | ${'cannot open /a: permission denied'}
    ${'ENOSPC'}     | ${'write'}   | ${undefined} | ${'cannot write: no space is left on the device'}
    ${'EISDIR'}     | ${'open'}    | ${'/a'}      | ${'cannot open /a: it is a folder'}
    ${'EPIPE'}      | ${'write'}   | ${undefined} | ${undefined}
    ${'ERR_ASSERT'} | ${undefined} | ${undefined} | ${undefined}
  `('$code of $syscall is told as: $said', ({ said, ...fields }) => {
    expect(hostRefusal(Object.assign(new Error('x'), fields), ENGLISH_FILES)).toBe(said);
  });

  test('is nothing else', () => {
    expect(hostRefusal(new Error('a bug'), ENGLISH_FILES)).toBeUndefined();
    expect(hostRefusal('EACCES', ENGLISH_FILES)).toBeUndefined();
  });
});
