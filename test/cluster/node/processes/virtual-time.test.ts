import { describe, expect, test } from 'vitest';
import { play } from './play.ts';

/** What a script prints, when, and how it ends: `exit 0 at 630.0`. */
function story(script: string, untilMs = 3_600_000): string[] {
  const { transcript, exit, endedAt } = play({ argv: ['sh', '-c', script], untilMs });
  const end = exit ? `exit ${exit.code} at ${((endedAt ?? 0) / 1000).toFixed(1)}` : 'still runs';
  return [...transcript, end];
}

describe('only waiting takes virtual time', () => {
  test.each([
    ['touch /tmp/healthy; sleep 30; rm -rf /tmp/healthy; sleep 600', ['exit 0 at 630.0']],
    ['echo a; sleep 1; echo b', ['0.0 out a', '1.0 out b', 'exit 0 at 1.0']],
    ['sleep 0.2; sleep 1m; sleep 1h', ['still runs']],
    ['for i in 1 2 3; do echo $i; sleep 2; done', ['0.0 out 1', '2.0 out 2', '4.0 out 3', 'exit 0 at 6.0']],
    ['sleep 5; exit 3', ['exit 3 at 5.0']],
    ['sleep infinity', ['still runs']],
    ['tail -f /dev/null', ['still runs']],
    [
      'date; sleep 61; date +%T',
      ['0.0 out Thu Jan  1 00:00:00 UTC 2026', '61.0 out 00:01:01', 'exit 0 at 61.0'],
    ],
    [
      '(sleep 2; echo late) & echo soon; wait; echo end',
      ['0.0 out soon', '2.0 out late\nend', 'exit 0 at 2.0'],
    ],
    ['sleep 3 | sleep 1; echo end', ['3.0 out end', 'exit 0 at 3.0']],
    ['x=$(sleep 2; echo made); echo $x', ['2.0 out made', 'exit 0 at 2.0']],
    [
      '{ sleep 1; echo 1; sleep 1; echo 2; } | while read n; do echo got $n; done',
      ['1.0 out got 1', '2.0 out got 2', 'exit 0 at 2.0'],
    ],
    ['timeout 2 sleep 10; echo $?', ['2.0 err Terminated', '2.0 out 143', 'exit 0 at 2.0']],
    ['timeout 5 sleep 1; echo $?', ['1.0 out 0', 'exit 0 at 1.0']],
    [
      'until [ -f /tmp/go ]; do sleep 1; i=$((i+1)); [ $i = 3 ] && touch /tmp/go; done; echo $i',
      ['3.0 out 3', 'exit 0 at 3.0'],
    ],
    [
      'read -t 2 line < /dev/null; echo $?; sleep 3 | { read -t 1 x; echo $?; }',
      ['0.0 out 1', '1.0 out 1', 'exit 0 at 3.0'],
    ],
    ['time sleep 1', ['1.0 err real\t0m 1.00s\nuser\t0m 0.00s\nsys\t0m 0.00s', 'exit 0 at 1.0']],
    ['sleep 1 && echo yes || echo no; ! sleep 1; echo $?', ['1.0 out yes', '2.0 out 1', 'exit 0 at 2.0']],
    [
      'yes > /dev/null & sleep 5; kill $!; wait $!; echo $?',
      ['5.0 err Terminated', '5.0 out 143', 'exit 0 at 5.0'],
    ],
    ['while sleep 1; do n=x$n; [ $n = xxx ] && break; done; echo $n', ['3.0 out xxx', 'exit 0 at 3.0']],
  ])('%s', (script, expected) => {
    expect(story(script, 600_000 + 60_000)).toEqual(expected);
  });
});

test('the two counters of the logging sidecar write on, and tail -F follows what others write', () => {
  const counter = play({
    argv: [
      '/bin/sh',
      '-c',
      'i=0; while true; do echo "$i: $(date)" >> /var/log/1.log; i=$((i+1)); sleep 1; done',
    ],
    files: { '/var/log': { kind: 'directory', mode: 0o755, modifiedAt: 0 } },
    untilMs: 2000,
  });
  expect(counter.files['/var/log/1.log']?.content).toBe(
    '0: Thu Jan  1 00:00:00 UTC 2026\n1: Thu Jan  1 00:00:01 UTC 2026\n2: Thu Jan  1 00:00:02 UTC 2026\n',
  );
  const follower = play({
    argv: ['/bin/sh', '-c', 'tail -n+1 -F /var/log/1.log'],
    happens: [
      { atMs: 2500, writes: { '/var/log/1.log': 'one\n' } },
      { atMs: 9000, writes: { '/var/log/1.log': 'one\ntwo\n' } },
    ],
    untilMs: 60_000,
  });
  expect(follower.transcript).toEqual([
    "0.0 err tail: can't open '/var/log/1.log': No such file or directory",
    '3.0 err tail: /var/log/1.log has appeared; following end of new file',
    '3.0 out one',
    '9.0 out two',
  ]);
  // Between changes of its file it need not be woken.
  expect(follower.advances).toBeLessThan(6);
});

test('tail -F tells of a file that goes and comes back, and reads the new one from its start', () => {
  const script =
    'tail -n +1 -F /tmp/a & sleep 1.5; echo one > /tmp/a; sleep 2; rm /tmp/a; sleep 2; echo two > /tmp/a; sleep 2; kill $!';
  expect(story(script)).toEqual([
    "0.0 err tail: can't open '/tmp/a': No such file or directory",
    '2.0 err tail: /tmp/a has appeared; following end of new file',
    '2.0 out one',
    '4.0 err tail: /tmp/a has been renamed or deleted: No such file or directory',
    '6.0 err tail: /tmp/a has been replaced; following end of new file',
    '6.0 out two',
    'exit 0 at 7.5',
  ]);
});

describe('a script that never waits is stopped by its budget, and the message says where', () => {
  test.each([
    ['while :; do :; done', 'in line 1 of the script of sh: while :; do :; done'],
    ['echo a\nwhile true; do\n  x=$((x+1))\ndone', 'of the script of sh: '],
    ['f() { f; }; f', 'in line 1 of the script of sh: f() { f; }; f'],
    ['yes | while read y; do :; done', 'script of sh'],
  ])('%s', (script, place) => {
    const { stderr, exit } = play(script);
    expect(exit).toEqual({ code: 152, signal: 'XCPU', reason: 'StepBudgetExceeded' });
    expect(stderr).toMatch(/^kubereel: stopped after 100000 steps without time passing, /m);
    expect(stderr).toContain(place);
  });

  test('the budget is new whenever time passes', () => {
    const busy = 'i=0; while [ $i -lt 2000 ]; do i=$((i+1)); done; sleep 1; ';
    expect(play(busy.repeat(20)).exit).toEqual({ code: 0 });
  });
});

test('a text that grows without end is more than a shell can hold', () => {
  const { stderr, exit } = play('x=y; while x=$x$x; do :; done');
  expect([stderr, exit]).toEqual(['sh: out of memory\n', { code: 2 }]);
});

test('reading what never ends keeps a processor busy and memory growing', () => {
  const { state } = play({ argv: ['sh', '-c', 'sleep 2; tail /dev/zero'], untilMs: 60_000 });
  const waits = Object.values(state?.tasks ?? {}).map((task) => task.wait);
  expect(waits).toEqual([{ cpus: 1, growing: { since: 2000, bytesPerSecond: 512 << 20 } }]);
});
