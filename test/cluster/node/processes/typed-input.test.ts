import { expect, test } from 'vitest';
import { play } from './play.ts';

// What somebody outside types or sends is run command by command, as it comes.

const typed = (...lines: readonly string[]) =>
  lines.map((input, place) => ({ atMs: 1000 * (place + 1), input, ended: false }));

test('a shell answers each line when it comes', () => {
  const { transcript } = play({
    argv: ['sh'],
    hasInput: true,
    happens: typed('echo a; cd /tmp\n', 'pwd\n', 'exit 4\n'),
    untilMs: 10_000,
  });
  expect(transcript).toEqual(['1.0 out a', '2.0 out /tmp']);
});

test('a command of several lines is run when it is whole', () => {
  const { transcript, exit } = play({
    argv: ['sh'],
    hasInput: true,
    happens: typed('for i in 1 2\n', 'do echo $i\n', 'done; exit 3\n'),
  });
  expect(transcript).toEqual(['3.0 out 1\n2']);
  expect(exit).toEqual({ code: 3 });
});

test('what stands behind a command can be read by it', () => {
  const { stdout } = play({
    argv: ['sh'],
    hasInput: true,
    happens: [{ atMs: 1000, input: 'read x\nhello\necho "got $x"\n', ended: true }],
  });
  expect(stdout).toBe('got hello\n');
});

test.each([
  ['false\n', 1],
  ['true', 0],
  ['', 0],
  ['echo )\n', 2],
])('the end of %j is the end of the shell, with its last status', (input, code) => {
  const { exit } = play({ argv: ['sh'], hasInput: true, happens: [{ atMs: 1000, input, ended: true }] });
  expect(exit).toEqual({ code });
});
