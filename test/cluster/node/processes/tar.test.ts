import { expect, test } from 'vitest';
import {
  packEnd,
  packEntry,
  unpackArchive,
} from '../../../../src/cluster/node/processes/tools/tar-archive.ts';
import { imageOf, play } from './play.ts';

// `kubectl cp` lets tar pack and unpack in the container: `tar cf - PATH`, `tar -xmf - -C FOLDER`.

const sh = (text: string, image = 'busybox') =>
  play({ argv: ['sh', '-c', text], image: imageOf(image), files: { '/a/b/한글.txt': 'x\n', '/a/c': '' } });

test.each(['busybox', 'nginx:1.27'])('what %s packs it unpacks', (image) => {
  const { stdout, exit } = sh(
    'tar cf - /a 2>/dev/null | (mkdir /to; tar -xmf - -C /to); cat /to/a/b/한글.txt; ls /to/a',
    image,
  );
  expect(stdout).toBe('x\nb\nc\n');
  expect(exit).toEqual({ code: 0 });
});

test('an archive is read when its end has come, though nobody says that there is no more', () => {
  const entry = { name: 'f', kind: 'file', mode: 0o600, time: 0, content: 'text' } as const;
  const archive = packEntry(entry) + packEnd(1024, 1024);
  const happens = [
    { atMs: 1000, input: archive.slice(0, 700), ended: false },
    { atMs: 2000, input: archive.slice(700), ended: false },
  ];
  const { exit, effects } = play({ argv: ['tar', 'xmf', '-', '-C', '/tmp'], hasInput: true, happens });
  expect(exit).toEqual({ code: 0 });
  expect(effects).toContainEqual(expect.objectContaining({ type: 'FileWritten', path: '/tmp/f' }));
});

test.each([
  [
    'busybox',
    '/nope',
    "tar: removing leading '/' from member names\ntar: nope: No such file or directory\n",
    1,
  ],
  ['nginx:1.27', 'nope', 'tar: nope: Cannot stat: No such file or directory\n', 2],
])('%s says what is not there', (image, path, words, code) => {
  const { stdout, stderr, exit } = sh(`tar cf - ${path}`, image);
  expect(stdout).toBe('');
  expect(stderr.startsWith(words)).toBe(true);
  expect(exit).toEqual({ code });
});

test('entries come back as they were, also those with long names', () => {
  const entries = [
    { name: 'd', kind: 'directory', mode: 0o755, time: 1_700_000_000, content: '' },
    {
      name: `d/${'n'.repeat(150)}`,
      kind: 'file',
      mode: 0o644,
      time: 1_700_000_001,
      content: 'ü'.repeat(600),
    },
    { name: 'l', kind: 'link', mode: 0o777, time: 0, content: 'd' },
  ] as const;
  const text = entries.map(packEntry).join('');
  expect(unpackArchive(text + packEnd(0, 1024))).toEqual({ entries, isWhole: true, isBroken: false });
  expect(unpackArchive('x'.repeat(512)).isBroken).toBe(true);
});
