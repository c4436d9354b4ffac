import { describe, expect, test } from 'vitest';
import type { SignalName } from '../../../../src/cluster/node/processes/signals.ts';
import { imageOf, type Play, play } from './play.ts';

interface Told {
  readonly argv: readonly string[];
  readonly sent: readonly (readonly [atMs: number, signal: SignalName])[];
  readonly pid?: number;
  readonly image?: Play['image'];
}

/** What is printed, and how it ends, under signals from outside of the container. */
function underSignals({ argv, sent, pid, image }: Told): readonly string[] {
  const { transcript, exit, endedAt } = play({
    argv,
    happens: sent.map(([atMs, signal]) => ({ atMs, signal })),
    untilMs: 60_000,
    ...(pid !== undefined && { pid }),
    ...(image && { image }),
  });
  const end = exit
    ? `exit ${exit.code}${exit.signal ? ` ${exit.signal}` : ''} at ${((endedAt ?? 0) / 1000).toFixed(1)}`
    : 'still runs';
  return [...transcript, end];
}

const sh = (script: string): readonly string[] => ['sh', '-c', script];

describe('PID 1 takes notice of a signal only if it has arranged for it', () => {
  test.each<[string, readonly string[], SignalName, readonly string[]]>([
    ['a shell', sh('touch /tmp/healthy; sleep 30; rm -rf /tmp/healthy; sleep 600'), 'TERM', ['still runs']],
    ['a tool', ['sleep', '3600'], 'TERM', ['still runs']],
    ['a tool', ['sleep', '3600'], 'INT', ['still runs']],
    ['a tool', ['sleep', '3600'], 'HUP', ['still runs']],
    ['a tool that is killed', ['sleep', '3600'], 'KILL', ['exit 137 KILL at 1.5']],
    ['a shell that is killed', sh('sleep 600'), 'KILL', ['exit 137 KILL at 1.5']],
    ['what a shell was replaced by', sh('trap "exit 0" TERM; exec sleep 600'), 'TERM', ['still runs']],
    [
      'a trap, after the foreground command',
      sh("trap 'exit 0' TERM; while :; do sleep 1; done"),
      'TERM',
      ['exit 0 at 2.0'],
    ],
    [
      'a trap that takes time',
      sh("trap 'sleep 3; exit 0' TERM; while :; do sleep 1; done"),
      'TERM',
      ['exit 0 at 5.0'],
    ],
    ['a trap that ignores', sh("trap '' TERM; while :; do sleep 1; done"), 'TERM', ['still runs']],
    [
      'a trap during wait, at once',
      sh("trap 'echo bye; exit 4' TERM; sleep 600 & wait"),
      'TERM',
      ['1.5 out bye', 'exit 4 at 1.5'],
    ],
    [
      'a trap during a long foreground command',
      sh("trap 'exit 0' TERM; sleep 20"),
      'TERM',
      ['exit 0 at 20.0'],
    ],
    [
      'a trap that goes on',
      sh("trap 'echo caught' TERM; sleep 3; echo end"),
      'TERM',
      ['3.0 out caught\nend', 'exit 0 at 3.0'],
    ],
    [
      'another trap',
      sh("trap 'echo hup' HUP; sleep 2 & wait; echo $?"),
      'HUP',
      ['1.5 out hup\n129', 'exit 0 at 1.5'],
    ],
  ])('%s: %s gets %s', (_, argv, signal, expected) => {
    expect(underSignals({ argv, sent: [[1500, signal]] })).toEqual(expected);
  });
});

describe('any other process dies of a signal that it has not arranged for', () => {
  test.each<[readonly string[], SignalName, readonly string[]]>([
    [['sleep', '3600'], 'TERM', ['exit 143 TERM at 1.0']],
    [['sleep', '3600'], 'KILL', ['exit 137 KILL at 1.0']],
    [sh('sleep 600; echo no'), 'HUP', ['exit 129 HUP at 1.0']],
    [sh('trap "echo t; exit 3" TERM; while :; do sleep 1; done'), 'TERM', ['1.0 out t', 'exit 3 at 1.0']],
  ])('%s gets %s', (argv, signal, expected) => {
    expect(underSignals({ argv, sent: [[1000, signal]], pid: 20 })).toEqual(expected);
  });
});

test('what stands inside of the container cannot kill its PID 1, and a foreground child that is killed is told', () => {
  expect(underSignals({ argv: sh('kill -9 1; kill -TERM 1; echo alive'), sent: [] })).toEqual([
    '0.0 out alive',
    'exit 0 at 0.0',
  ]);
  expect(underSignals({ argv: sh("sh -c 'kill -9 $$'; echo $?"), sent: [] })).toEqual([
    '0.0 err Killed',
    '0.0 out 137',
    'exit 0 at 0.0',
  ]);
});

test('the end of PID 1 ends what it has started; what an exec leaves in the background goes on', () => {
  const script = '(sleep 5; echo late) & echo now';
  expect(play({ argv: sh(script) }).transcript).toEqual(['0.0 out now']);
  const exec = play({ argv: sh(script), pid: 30 });
  expect(exec.transcript).toEqual(['0.0 out now', '5.0 out late']);
  expect(exec.exit).toEqual({ code: 0 });
});

test('a stopped process goes on where it was when it is continued', () => {
  const argv = sh('while :; do echo tick; sleep 1; done');
  const { transcript } = play({
    argv,
    pid: 9,
    happens: [
      { atMs: 1500, signal: 'STOP' },
      { atMs: 4500, signal: 'CONT' },
      { atMs: 6000, signal: 'KILL' },
    ],
  });
  expect(transcript).toEqual(['0.0 out tick', '1.0 out tick', '4.5 out tick', '5.5 out tick']);
});

test('an init for containers hands signals on and ends as its program does', () => {
  const image = { ...imageOf('busybox'), commands: ['tini'] };
  const argv = ['tini', '--', 'sleep', '600'];
  expect(underSignals({ argv, sent: [[1000, 'TERM']], image })).toEqual([
    'exit 143 TERM at 1.0'.replace(' TERM', ''),
  ]);
});

test('programs of the image do what they have arranged for', () => {
  const nginx = imageOf('nginx:1.25');
  const argv = [...nginx.entrypoint, ...nginx.cmd];
  const { exit, endedAt, stderr } = play({ argv, image: nginx, happens: [{ atMs: 5000, signal: 'TERM' }] });
  expect(exit).toEqual({ code: 0 });
  expect(endedAt).toBeLessThan(5200);
  expect(stderr).toContain('signal 15 (SIGTERM) received, exiting');
});
