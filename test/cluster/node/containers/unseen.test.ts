import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nextDeedAt, processAt } from '../../../../src/cluster/node/containers/run-ahead.ts';
import { imageBehaviour } from '../../../../src/cluster/node/images/image-behaviour.ts';
import { advance } from '../../../../src/cluster/node/processes/advance.ts';
import type { ProcessHost } from '../../../../src/cluster/node/processes/process-host.ts';
import type { ProcessState } from '../../../../src/cluster/node/processes/process-state.ts';
import { startProcess } from '../../../../src/cluster/node/processes/start-process.ts';
import { waitOf } from '../../../../src/cluster/node/processes/wait-of.ts';
import { countOf, lines, logOf, played, podOf, timeOf } from '../pods.ts';

const host: ProcessHost = {
  files: {},
  image: imageBehaviour('busybox', {}),
  epochMs: 0,
  hostname: 'h',
  draw: () => 0.5,
};

function begun(script: string): ProcessState {
  const started = startProcess({ argv: ['sh', '-c', script], env: {}, cwd: '/', host, now: 0 });
  if ('failed' in started) throw new Error(started.failed);
  return advance(started, host, 0).process;
}

describe('a process that runs ahead unseen', () => {
  test('is where it would be had it been looked at all the time', () => {
    const scripts = [
      'while true; do sleep 0.3; done',
      'sleep 1 & while true; do sleep 0.7; i=$((i+1)); done',
      'sleep 2; sleep 3; echo here; sleep 1',
    ];
    fc.assert(
      fc.property(fc.constantFrom(...scripts), fc.integer({ min: 1, max: 4900 }), (script, at) => {
        const base = begun(script);
        let slow = base;
        for (let { until } = waitOf(slow); until !== undefined && until < at; { until } = waitOf(slow))
          slow = advance(slow, host, until).process;
        expect(processAt(processAt(base, host, Math.floor(at / 2)), host, at)).toEqual(slow);
      }),
      { numRuns: 60 },
    );
  });

  test.each([
    ['sleep 2; sleep 3; echo here; sleep 1', 5000],
    ['sleep 2; sleep 3; exit 3', 5000],
    ['sleep 2; sleep 3; touch /tmp/x', 5000],
    ['sleep 2; sleep 3; nc -l -p 80', 5000],
    ['sleep infinity', undefined],
  ])('next does something that shows: %s', (script, at) => {
    expect(nextDeedAt(begun(script), host, 0)).toBe(at);
  });

  test('is written down now and then, so that nobody ever has to go far back', () => {
    expect(nextDeedAt(begun('while true; do sleep 0.1; done'), host, 0)).toBe(20_000 + 100);
  });
});

describe('a container whose script loops', () => {
  const loop = 'while [ ! -f /tmp/go ]; do sleep 0.2; done; echo gone; sleep 1000';

  test('leaves hardly any trace while nothing comes of it', () => {
    const play = played([podOf('loop', loop)], { until: 600_000 });
    expect(countOf(play, 'ProcessAdvanced')).toBeLessThan(20);
  });

  test('goes on at its next look after a probe has written the file that it waits for', () => {
    const exec = { command: ['sh', '-c', 'touch /tmp/go'] };
    const container = { readinessProbe: { exec, initialDelaySeconds: 9, periodSeconds: 10 } };
    const play = played([podOf('loop', loop, { container })], { until: 60_000 });
    const written = play.log.find(({ event }) => event.type === 'FileWritten' && event.path === '/tmp/go');
    const said = play.log.find(({ event }) => event.type === 'ContainerLogged');
    expect(logOf(play, 'loop')).toBe('gone\n');
    expect((said?.at ?? 0) - (written?.at ?? 0)).toBeLessThanOrEqual(200);
  });

  test('sees what another container of its pod writes to a volume that they share', () => {
    const volumeMounts = [{ name: 'shared', mountPath: '/data' }];
    const pod = {
      ...podOf('pair', ''),
      spec: {
        volumes: [{ name: 'shared', emptyDir: {} }],
        containers: [
          { name: 'c', image: 'busybox:1.36', command: ['tail', '-f', '/data/log'], volumeMounts },
          {
            name: 'writer',
            image: 'busybox:1.36',
            command: ['sh', '-c', 'for i in 1 2 3; do echo line $i >> /data/log; sleep 2; done; sleep 100'],
            volumeMounts,
          },
        ],
      },
    };
    const play = played([pod], { until: 60_000 });
    expect(lines(play, /c=terminated/).length).toBeGreaterThan(0);
    expect(logOf(play, 'pair')).toContain('line 2\nline 3\n');
    expect(timeOf(lines(play, /c=running/)[0])).toBeLessThan(5);
  });
});

test('a program that was started inside of a container waits unseen too, and sees what that writes', () => {
  const exec = { command: ['sh', '-c', 'while [ ! -f /tmp/go ]; do sleep 0.1; done'] };
  const container = { readinessProbe: { exec, timeoutSeconds: 100, periodSeconds: 100 } };
  const play = played([podOf('p', 'sleep 20; touch /tmp/go; sleep 1000', { container })], { until: 60_000 });
  const started = timeOf(lines(play, /c=running/)[0]);
  const ready = timeOf(lines(play, /cond.Ready=True/)[0]);
  expect(ready - started).toBeGreaterThan(19.9);
  expect(ready - started).toBeLessThan(20.3);
  expect(countOf(play, 'ExecAdvanced')).toBeLessThan(6);
});
