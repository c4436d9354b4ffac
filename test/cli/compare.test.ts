import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildCli, kubereel } from '../support/built-cli.ts';
import { createScratch } from '../support/scenario-folder.ts';

const scratch = createScratch();
const log = join(scratch.path, 'run.log');
const recording = join(scratch.path, 'recording');
let lines: readonly string[] = [];

const COMMANDS = `[t+0.000] $ kubectl apply -f exec-liveness.yaml
pod/liveness-exec created
[t+0.070] (exit 0)
[t+60.000] $ kubectl get pods
NAME            READY   STATUS    RESTARTS   AGE
liveness-exec   1/1     Running   0          60s
[t+60.080] (exit 0)
[t+76.000] END
`;

/** What a run of a bundled scenario looks like to a recorder beside a real cluster. */
beforeAll(async () => {
  await buildCli();
  expect(kubereel(['run', 'liveness-failure', '-o', log]).code).toBe(0);
  lines = kubereel(['export', log, '--format', 'watch']).stdout.trimEnd().split('\n');
  scratch.write('recording/trace.ndjson', lines.join('\n'));
});
afterAll(() => scratch.remove());

function traceOf(name: string, text: string): string {
  scratch.write(`${name}/trace.ndjson`, text);
  return join(scratch.path, name);
}

describe('kubereel compare', () => {
  test('tells that a trace agrees with the log that it was made from, and exits with 0', () => {
    for (const trace of [recording, join(recording, 'trace.ndjson'), log]) {
      const { code, stdout, stderr } = kubereel(['compare', trace, log]);
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      expect(stdout).toContain('They agree.\n');
    }
  });

  test.each<[what: string, rewrite: (line: string) => string, names: RegExp]>([
    [
      'another message',
      (line) => line.replace('Container liveness failed liveness probe', 'Container liveness failed'),
      /Pod liveness-exec \(Events\):\n {2}the real cluster: Normal Killing.*Container liveness failed, will be/,
    ],
    [
      'another field',
      (line) => line.replace('"restartCount":1', '"restartCount":2'),
      /Pod liveness-exec \(states\):\n {2}the real cluster: restarted.*x2/,
    ],
    [
      'an Event that is not there',
      (line) => (line.includes('"reason":"Killing"') ? '' : line),
      /Pod liveness-exec \(Events\):\n.*\n {2}\S+: Normal Killing/,
    ],
    [
      'another time',
      (line) => {
        const { t_ms, ...rest } = JSON.parse(line);
        const later = line.includes('"restartCount":1') ? 20_000 : 0;
        return JSON.stringify({ t_ms: t_ms + later, ...rest });
      },
      /Pod liveness-exec \(times\):\n {2}the real cluster: restarted, 9\d\.\d+ s after/,
    ],
  ])('names %s, what both tell last, and how to see it; exits with 1', (_what, rewrite, names) => {
    const folder = traceOf('rewritten', lines.map(rewrite).join('\n'));
    const { code, stdout } = kubereel(['compare', folder, log, '--all']);
    expect(code).toBe(1);
    expect(stdout).toMatch(/They part in \d+ places?/);
    expect(stdout).toMatch(names);
    expect(stdout).toMatch(/the last that both tell: /);
    expect(stdout).toMatch(/to see it: kubereel play \S+run\.log --at \d+/);
  });

  test('shows the first place, and all when it is asked to', () => {
    const folder = traceOf(
      'empty-handed',
      lines.filter((line) => !line.includes('"kind":"Event"')).join('\n'),
    );
    const places = (text: string) => text.split('\n').filter((line) => line.startsWith('At t+')).length;
    const first = kubereel(['compare', folder, log]);
    expect(places(first.stdout)).toBe(1);
    expect(first.stdout).toMatch(/more places? where they part: --all shows/);
    expect(places(kubereel(['compare', folder, log, '--all']).stdout)).toBeGreaterThan(1);
  });

  test('tells programs the same in JSON', () => {
    const folder = traceOf('json', lines.map((line) => line.replace('will be restarted', 'is')).join('\n'));
    const { code, stdout } = kubereel(['compare', folder, log, '--json']);
    const { agrees, divergences, wanted } = JSON.parse(stdout);
    expect({ code, agrees, version: wanted.version }).toEqual({ code: 1, agrees: false, version: '1.36' });
    expect(divergences[0]).toMatchObject({ about: 'Pod liveness-exec', aspect: 'events' });
    expect(JSON.parse(kubereel(['compare', recording, log, '--json']).stdout).agrees).toBe(true);
  });

  test('compares the beginning only, when asked to', () => {
    const folder = traceOf(
      'until',
      lines.map((line) => line.replace('"restartCount":1', '"restartCount":7')).join('\n'),
    );
    expect(kubereel(['compare', folder, log, '--until', '20s']).code).toBe(0);
    expect(kubereel(['compare', folder, log]).code).toBe(1);
  });

  test('plays what was typed in a recording, and keeps the log', () => {
    const manifest = readFileSync('scenarios/liveness-failure/exec-liveness.yaml', 'utf8');
    scratch.write('typed/trace.ndjson', lines.join('\r\n'));
    scratch.write('typed/commands.txt', COMMANDS);
    scratch.write('typed/exec-liveness.yaml', manifest);
    const kept = join(scratch.path, 'typed.log');
    const { code, stdout } = kubereel(['compare', join(scratch.path, 'typed'), '-o', kept, '--until', '70s']);
    expect(stdout).toContain('They agree');
    expect(stdout).toContain('2 of 2 commands');
    expect(code).toBe(0);
    expect(kubereel(['compare', join(scratch.path, 'typed'), kept, '--until', '70s']).code).toBe(0);
  });

  test('reads a damaged trace up to and behind the damage, and says where it is', () => {
    const damaged = [...lines.slice(0, 40), lines[40]?.slice(0, 50), ...lines.slice(41), '{"t_ms":1'].join(
      '\n',
    );
    const { stderr } = kubereel(['compare', traceOf('damaged', damaged), log]);
    expect(stderr).toContain('trace.ndjson: line 41: it is no JSON, or was cut off');
    expect(stderr).toContain(`line ${lines.length + 1}: it is no JSON`);
  });

  test('is of a recording that can be played and asked like a log', () => {
    const { code, stdout } = kubereel(['kubectl', recording, '--at', '20s', '--', 'get', 'pods']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^liveness-exec {3}1\/1 {5}Running {3}0 /m);
    expect(kubereel(['play', recording]).stdout).toMatch(/^# recording\n/);
    expect(
      kubereel(['log', join(recording, 'trace.ndjson'), '--reason', 'Killing', '--json']).stdout,
    ).toContain('"reason":"Killing"');
    const forked = kubereel(['fork', recording, '--run', 'kubectl get pods']);
    expect({ code: forked.code, stdout: forked.stdout }).toEqual({ code: 2, stdout: '' });
  });

  test('names places that play understands', () => {
    for (const place of ['143', '1m20.5s']) {
      const { code, stderr } = kubereel(['play', log, '--at', place]);
      expect({ code, stderr }).toEqual({
        code: 0,
        stderr: 'note: --at is for the player: a transcript begins at the beginning\n',
      });
    }
    expect(kubereel(['state', log, '--at', 'soon']).stderr).toContain('It is a time such as 90s');
  });

  test.each<[args: readonly string[], message: string]>([
    [['nothing-here'], 'there is no recording or log nothing-here'],
    [['RECORDING', 'nothing-here'], 'there is no log nothing-here'],
    [['RECORDING', 'RECORDING/trace.ndjson'], 'is no log of kubereel'],
    [['RECORDING'], 'has no commands.txt'],
    [['LOG'], 'is a log: name another one'],
    [['scenarios'], 'holds no trace.ndjson'],
    [['RECORDING', 'LOG', '--seed', '2'], 'leave the log out'],
    [['RECORDING', 'LOG', '--until', 'soon'], 'It is a time such as 90s'],
    [['package.json', 'LOG'], 'tells of no change'],
  ])('%j is refused: %s', (args, message) => {
    const named = args.map((arg) => arg.replace('RECORDING', recording).replace('LOG', log));
    const { code, stdout, stderr } = kubereel(['compare', ...named]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(message);
    expect(stderr).not.toMatch(/^ +at /m);
  });
});
