import { describe, expect, test } from 'vitest';
import { checkCommand } from '../../../../src/cluster/clients/command-line/check-command.ts';
import { typeInCluster } from '../type-in-cluster.ts';

const LINES: readonly (readonly [at: number, line: string])[] = [
  [0, 'kubectl run web --image=nginx:1.27 --port=80'],
  [10_000, 'PORT=8080; kubectl port-forward web $PORT:80 & sleep 1; curl -sI localhost:8080 | head -1'],
  [12_000, 'sleep 60 & sleep 70 &'],
  [13_000, 'jobs'],
  [14_000, 'kill %1'],
  [15_000, 'curl -s localhost:8080'],
  [16_000, 'kill -9 $!; kill %7; kill 4'],
  [17_000, 'wait; jobs'],
  [90_000, 'kubectl get pods -w > seen.txt & kubectl delete pod web; kill %1'],
  [94_000, 'head -1 seen.txt'],
  [95_000, 'kubectl get pod nothing &'],
  [96_000, 'sleep 1 & fg'],
];

describe('a line that is left to itself with &', () => {
  const { commands, log } = typeInCluster(LINES, { until: 100_000 });
  const [, forward, sleeps, jobs, killed, after, kills, waited, , watch, , fg] = commands;
  const told = (id: string) =>
    log.flatMap(({ event }) =>
      event.type === 'CommandPrinted' && event.command === id
        ? [`${event.stdout ?? ''}${event.stderr ?? ''}`]
        : [],
    );

  test('runs on beside what is typed after it, with the variables that it found', () => {
    expect(forward).toMatchObject({ exitCode: 0, stdout: 'HTTP/1.1 200 OK\r\n' });
    expect(forward?.stderr).toMatch(/^\[1\] \d{4,5}\n$/);
    expect(told('c2&1').join('')).toMatch(
      /^Forwarding from 127.0.0.1:8080 -> 80\n.*\nHandling connection for 8080\n/,
    );
  });

  test('is listed, and ended, by its number and by its process', () => {
    expect(sleeps?.stderr).toMatch(/^\[2\] \d+\n\[3\] \d+\n$/);
    expect(jobs?.stdout).toBe(
      '[1]   Running                 kubectl port-forward web $PORT:80 &\n' +
        '[2]-  Running                 sleep 60 &\n[3]+  Running                 sleep 70 &\n',
    );
    expect(killed).toMatchObject({ exitCode: 0, stdout: '', stderr: '' });
    expect(told('c2&1').at(-1)).toBe('[1]   Terminated              kubectl port-forward web $PORT:80\n');
    expect(after).toMatchObject({ exitCode: 7 });
    expect(kills).toMatchObject({
      exitCode: 1,
      stderr: 'bash: kill: %7: no such job\nbash: kill: (4) - No such process\n',
    });
    expect(told('c3&3')).toEqual(['[3]+  Killed                  sleep 70\n']);
  });

  test('is waited for', () => {
    expect(waited).toMatchObject({ exitCode: 0, stdout: '' });
    expect(waited?.endedAt).toBeGreaterThanOrEqual(72_000);
    expect(told('c3&2')).toEqual(['[2]+  Done                    sleep 60\n']);
    expect(fg).toMatchObject({ exitCode: 0, stdout: 'sleep 1\n' });
  });

  test('leaves files, and says how it ended', () => {
    expect(watch).toMatchObject({ exitCode: 0, stdout: expect.stringMatching(/^NAME /) });
    expect(told('c11&1').join('')).toMatch(/NotFound.*\n\[1\]\+ {2}Exit 1 {18}kubectl get pod nothing\n$/);
  });

  test('is looked at before anything runs, and stands in no loop', () => {
    expect(checkCommand('kubectl gte pods & sleep 1')?.code).toBe('unknownCommand');
    expect(checkCommand('for a in 1 2; do sleep 1 & done')?.code).toBe('notSimulated');
  });
});
