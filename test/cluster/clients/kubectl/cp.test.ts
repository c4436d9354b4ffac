import { describe, expect, test } from 'vitest';
import { POD_FILES } from '../pods.ts';
import { lastOf } from './last-of.ts';

const files = {
  ...POD_FILES,
  'conf/app.conf': "it's 100%\nmore\n",
  'conf/deep/b.txt': 'b',
  'empty.txt': '',
};

function typed(first: string, line: string): string {
  const { stdout, stderr, exitCode } = lastOf(
    [
      [10_000, first],
      [20_000, line],
    ],
    { files },
  );
  return `${stdout}${stderr}${exitCode === 0 ? '' : `(exit ${exitCode})`}`;
}

describe('cp', () => {
  test.each`
    what                                     | first                                           | line                                              | printed
    ${'a file, under a new name'}            | ${'kubectl cp conf/app.conf web:/tmp/new.conf'} | ${'kubectl exec web -- cat /tmp/new.conf'}        | ${"it's 100%\nmore\n"}
    ${'a file, into a folder'}               | ${'kubectl cp conf/app.conf web:/tmp'}          | ${'kubectl exec web -- cat /tmp/app.conf'}        | ${"it's 100%\nmore\n"}
    ${'a file without content'}              | ${'kubectl cp empty.txt web:/tmp/empty'}        | ${'kubectl exec web -- ls /tmp/empty'}            | ${'/tmp/empty\n'}
    ${'a folder, as a folder that is there'} | ${'kubectl cp conf web:/tmp'}                   | ${'kubectl exec web -- cat /tmp/conf/deep/b.txt'} | ${'b'}
    ${'a folder, under a new name'}          | ${'kubectl cp conf default/web:/tmp/other'}     | ${'kubectl exec web -- cat /tmp/other/app.conf'}  | ${"it's 100%\nmore\n"}
    ${'into one container of several'}       | ${'kubectl cp empty.txt two:/tmp/e -c a'}       | ${'kubectl exec two -c a -- ls /tmp/e'}           | ${'/tmp/e\n'}
  `('$what: there', ({ first, line, printed }) => {
    expect(typed(first, line)).toBe(printed);
  });

  test.each`
    what                                  | first                                                                                      | line                                                                 | printed
    ${'a file'}                           | ${"kubectl exec web -- sh -c 'echo in > /tmp/in; echo more >> /tmp/in'"}                   | ${'kubectl cp web:/tmp/in got.txt 2>/dev/null && cat got.txt'}       | ${'in\nmore\n'}
    ${'a file, into new folders'}         | ${"kubectl exec web -- sh -c 'echo in > /tmp/in'"}                                         | ${'kubectl cp web:/tmp/in x/y/got.txt 2>/dev/null; cat x/y/got.txt'} | ${'in\n'}
    ${'a folder'}                         | ${"kubectl exec web -- sh -c 'mkdir -p /tmp/d/e; echo 1 > /tmp/d/a; echo 2 > /tmp/d/e/b'"} | ${'kubectl cp web:/tmp/d got 2>/dev/null; cat got/a got/e/b'}        | ${'1\n2\n'}
    ${'what was copied there, as it was'} | ${'kubectl cp conf/app.conf web:/tmp/c'}                                                   | ${'kubectl cp web:/tmp/c back 2>/dev/null; cat back'}                | ${"it's 100%\nmore\n"}
  `('$what: back', ({ first, line, printed }) => {
    expect(typed(first, line)).toBe(printed);
  });

  test.each([
    [
      'kubectl cp web:/tmp/nosuch got.txt',
      /No such file or directory[\s\S]*command terminated with exit code \d/,
    ],
    ['kubectl cp nosuch.txt web:/tmp', /^error: nosuch.txt doesn't exist in local filesystem\n/],
    [
      'kubectl cp empty.txt web:/nosuch/folder/x',
      /No such file or directory\ncommand terminated with exit code 2/,
    ],
    ['kubectl cp empty.txt nope:/tmp', /^Error from server \(NotFound\): pods "nope" not found\n/],
    ['kubectl cp empty.txt other.txt', /^error: one of src or dest must be a remote file specification\n/],
    ['kubectl cp web:/a two:/b', /^error: one of src or dest must be a local file specification\n/],
    ['kubectl cp empty.txt', /^error: source and destination are required\n/],
    ['kubectl cp empty.txt web:', /^error: filepath can not be empty\n/],
    ['kubectl cp a/b/c:/x y', /^error: filespec must match the canonical format/],
  ])('%s', (line, complaint) => {
    const { stderr, exitCode } = lastOf([[10_000, line]], { files });
    expect(stderr).toMatch(complaint);
    expect(exitCode).toBe(1);
  });
});
