import { describe, expect, test } from 'vitest';
import type { Probe } from '../../../../src/cluster/objects/kubernetes.ts';
import { lines, logOf, played, podOf, timeOf } from '../pods.ts';

const images = {
  web: {
    program: {
      listens: [
        {
          port: 80,
          protocol: 'http',
          accessLog: '{method} {path} {agent}\n',
          answers: [
            { path: '/ok' },
            { path: '/moved', status: 302, body: 'there' },
            { path: '/broken', status: 500, body: 'no' },
            { path: '/slow', delayMs: 1500 },
            { path: '/hangs', hangs: true },
          ],
        },
      ],
    },
  },
  health: {
    program: {
      listens: [{ port: 5000, protocol: 'grpc', answers: [{ untilMs: 20_000 }, { grpc: 'NOT_SERVING' }] }],
    },
  },
  old: { program: { listens: [{ port: 5000, protocol: 'grpc', answers: [{ grpc: 'UNIMPLEMENTED' }] }] } },
};
const settings = { images, presentImages: ['busybox:1.36', 'web', 'health', 'old'] };

function told(image: string, probe: Probe, until = 15_000, minor = 36): string[] {
  const container = { name: 'c', image, ports: [{ name: 'www', containerPort: 80 }], readinessProbe: probe };
  const play = played([{ ...podOf('p', ''), spec: { containers: [container] } }], { until, minor, settings });
  return lines(play, /Unhealthy|cond.Ready=True|ProbeWarning/).map((line) =>
    line.replace(/^t\+\s*\S+ \w+\s+/, ''),
  );
}

const ready = expect.stringContaining('cond.Ready=True');
const unhealthy = (text: string): string =>
  `Event x1 Warning Unhealthy Pod/p: Readiness probe failed: ${text}`;
const AT = '10.88.1.2:80';

describe('a probe', () => {
  test.each<[string, string, Probe, unknown]>([
    ['GET', 'web', { httpGet: { path: '/ok', port: 80 } }, ready],
    ['GET at a port by its name', 'web', { httpGet: { path: 'ok', port: 'www' } }, ready],
    [
      'GET that is redirected to the same host',
      'web',
      { httpGet: { path: '/moved', port: 80 } },
      'Event x1 Warning ProbeWarning Pod/p: Readiness probe warning: Probe terminated redirects, Response body: there',
    ],
    [
      'GET of an error',
      'web',
      { httpGet: { path: '/broken', port: 80 } },
      unhealthy('HTTP probe failed with statuscode: 500'),
    ],
    [
      'GET that takes too long',
      'web',
      { httpGet: { path: '/slow', port: 80 } },
      unhealthy(
        `Get "http://${AT}/slow": context deadline exceeded (Client.Timeout exceeded while awaiting headers)`,
      ),
    ],
    ['GET with more time', 'web', { httpGet: { path: '/slow', port: 80 }, timeoutSeconds: 2 }, ready],
    [
      'GET at a port where nobody listens',
      'web',
      { httpGet: { path: '/ok', port: 81 } },
      unhealthy('Get "http://10.88.1.2:81/ok": dial tcp 10.88.1.2:81: connect: connection refused'),
    ],
    ['connection', 'web', { tcpSocket: { port: 80 } }, ready],
    [
      'connection to nobody',
      'web',
      { tcpSocket: { port: 8080 } },
      unhealthy('dial tcp 10.88.1.2:8080: connect: connection refused'),
    ],
    ['call of a health service', 'health', { grpc: { port: 5000 } }, ready],
    [
      'call of a server without one',
      'old',
      { grpc: { port: 5000 } },
      unhealthy(
        'error: this server does not implement the grpc health protocol (grpc.health.v1.Health): unknown service grpc.health.v1.Health',
      ),
    ],
    [
      'call of nobody',
      'web',
      { grpc: { port: 9 } },
      unhealthy('timeout: failed to connect service "10.88.1.2:9" within 1s: context deadline exceeded'),
    ],
  ])('by %s', (_, image, probe, outcome) => {
    expect(told(image, probe)[0]).toEqual(outcome);
  });

  test('by call says what the health service has said', () => {
    const probe = { grpc: { port: 5000 }, failureThreshold: 1 };
    expect(told('health', probe, 40_000)[1]).toBe(
      unhealthy('service unhealthy (responded with "NOT_SERVING")'),
    );
  });

  test('by GET shows in the log of who answers', () => {
    const httpGet = { path: '/ok', port: 80, httpHeaders: [{ name: 'X-A', value: 'b' }] };
    const container = { name: 'c', image: 'web', readinessProbe: { httpGet } };
    const play = played([{ ...podOf('p', ''), spec: { containers: [container] } }], {
      until: 24_000,
      settings,
    });
    expect(logOf(play, 'p').split('\n')).toContain('GET /ok kube-probe/1.36');
  });

  test('that succeeds again and again leaves the line of whoever answers, and nothing else', () => {
    const httpGet = { path: '/ok', port: 80 };
    const container = { name: 'c', image: 'web', readinessProbe: { httpGet, periodSeconds: 5 } };
    const play = played([{ ...podOf('p', ''), spec: { containers: [container] } }], {
      until: 60_000,
      settings,
    });
    const steady = play.log.filter(({ at, key }) => key.startsWith('probe/') && at > 30_000);
    expect(steady.length).toBeGreaterThan(4);
    expect(new Set(steady.map(({ event }) => event.type))).toEqual(new Set(['ContainerLogged']));
    expect(steady.slice(1).map(({ at }, index) => at - (steady[index]?.at ?? 0))).toEqual(
      steady.slice(1).map(() => 5000),
    );
  });
});

describe('a start-up probe', () => {
  test('keeps the others waiting until it has succeeded', () => {
    const container = {
      startupProbe: { exec: { command: ['test', '-f', '/tmp/up'] }, periodSeconds: 1, failureThreshold: 60 },
      readinessProbe: { exec: { command: ['true'] }, periodSeconds: 1 },
    };
    const play = played([podOf('p', 'sleep 8; touch /tmp/up; sleep 1000', { container })], { until: 30_000 });
    const started = timeOf(lines(play, /c=running/)[0]);
    const ready = timeOf(lines(play, /cond.Ready=True/)[0]);
    expect(ready - started).toBeGreaterThan(8);
    expect(ready - started).toBeLessThan(10.1);
    expect(lines(play, /Unhealthy/).every((line) => line.includes('Startup probe failed: '))).toBe(true);
  });

  test('that never succeeds ends the container', () => {
    const container = {
      startupProbe: { exec: { command: ['false'] }, periodSeconds: 1, failureThreshold: 3 },
    };
    const play = played([podOf('p', 'trap "exit 4" TERM; while true; do sleep 0.1; done', { container })], {
      until: 30_000,
    });
    expect(lines(play, /Killing/)[0]).toContain('Container c failed startup probe, will be restarted');
    expect(lines(play, /restarts=1/)[0]).toContain('last=Error/4');
  });
});

describe('an exec probe that takes its time', () => {
  const probeOf = (command: string, timeoutSeconds: number): object => ({
    livenessProbe: {
      exec: { command: ['sh', '-c', command] },
      periodSeconds: 5,
      timeoutSeconds,
      failureThreshold: 1,
    },
  });

  test('may take it', () => {
    const play = played([podOf('p', 'sleep 1000', { container: probeOf('sleep 2', 3) })], { until: 30_000 });
    expect(lines(play, /Unhealthy/)).toEqual([]);
  });

  test('fails when it takes too long', () => {
    const play = played([podOf('p', 'sleep 1000', { container: probeOf('sleep 2', 1) })], { until: 30_000 });
    expect(lines(play, /Unhealthy/)[0]).toContain(
      'Liveness probe failed: command timed out: "sh -c sleep 2" timed out after 1s',
    );
  });

  test('cannot be run where there is no such command', () => {
    const container = { livenessProbe: { exec: { command: ['nosuch'] }, failureThreshold: 1 } };
    const play = played([podOf('p', 'sleep 1000', { container })], { until: 30_000 });
    expect(lines(play, /Unhealthy/)[0]).toMatch(
      /Liveness probe errored and resulted in unknown state: rpc error: .*exec: "nosuch": executable file not found in \$PATH$/,
    );
    expect(lines(play, /Killing/)).toEqual([]);
  });
});
