import { describe, expect, test } from 'vitest';
import type { NetworkRequest } from '../../../../src/cluster/contract/network-request.ts';
import { type Happening, imageOf, type Play, play } from './play.ts';

const get = (path: string, port: number): NetworkRequest => ({
  protocol: 'http',
  method: 'GET',
  host: '10.0.0.5',
  port,
  path,
  headers: { 'User-Agent': 'kube-probe/1.36' },
});

const connects = (atMs: number, port: number, request: NetworkRequest = get('/', port)): Happening => ({
  atMs,
  connection: { port, request, client: '10.0.0.1' },
});

/** Statuses of answers, or their kinds where they are none of HTTP. */
const statuses = (played: ReturnType<typeof play>): unknown[] =>
  played.answers.map((answer) => (answer.kind === 'http' ? answer.status : answer.kind));

const runs = (reference: string, given: Partial<Play>): ReturnType<typeof play> => {
  const image = imageOf(reference);
  return play({ argv: [...image.entrypoint, ...image.cmd], image, untilMs: 60_000, ...given });
};

test('the liveness example answers 200 for ten seconds, then 500', () => {
  const happens = [1, 5, 9.9, 10.1, 30].map((seconds) =>
    connects(seconds * 1000, 8080, get('/healthz', 8080)),
  );
  const image = imageOf('registry.k8s.io/e2e-test-images/agnhost:2.40');
  const played = play({ argv: ['/agnhost', 'liveness'], image, happens, untilMs: 60_000 });
  expect(statuses(played)).toEqual([200, 200, 200, 500, 500]);
  expect(statuses(runs('registry.k8s.io/liveness', { happens }))).toEqual([200, 200, 200, 500, 500]);
});

test('a connection before the program listens is refused, and the port is announced when it opens', () => {
  const played = runs('nginx:1.25', { happens: [connects(5, 80), connects(1000, 80), connects(1001, 81)] });
  expect(statuses(played)).toEqual(['refused', 200, 'refused']);
  expect(played.effects).toContainEqual({ type: 'PortOpened', port: 80 });
});

test('nginx serves what is mounted over its pages, and logs each request', () => {
  const played = runs('nginx:1.25', {
    files: { '/usr/share/nginx/html/index.html': 'mine\n' },
    happens: [connects(1000, 80), connects(2000, 80, get('/nope', 80))],
  });
  expect(statuses(played)).toEqual([200, 404]);
  expect(played.answers[0]).toMatchObject({ body: 'mine\n' });
  expect(played.stdout).toContain(
    '10.0.0.1 - - [01/Jan/2026:00:00:01 +0000] "GET / HTTP/1.1" 200 5 "-" "kube-probe/1.36" "-"\n',
  );
});

test('a preStop hook tells nginx to quit, and sees it go', () => {
  const image = imageOf('nginx:1.25');
  const others = [{ pid: 1, parent: 0, command: 'nginx: master process', startedAt: 0 }];
  const hook = play({ argv: ['nginx', '-s', 'quit'], image, pid: 30, host: { others: () => others } });
  expect(hook.effects).toEqual([{ type: 'SignalSent', pid: 1, signal: 'QUIT' }]);
  expect(hook.exit).toEqual({ code: 0 });
});

describe('what listens on a port that is taken in the pod ends', () => {
  test.each<[string, readonly string[], string]>([
    ['nginx', ['nginx', '-g', 'daemon off;'], 'nginx'],
    ['httpd of busybox', ['httpd', '-f', '-p', '80'], 'busybox'],
    ['nc', ['nc', '-l', '-p', '80'], 'busybox'],
  ])('%s', (_, argv, reference) => {
    const played = play({ argv, image: imageOf(reference), host: { portsTaken: [80] }, untilMs: 5000 });
    expect(played.exit?.code).toBe(1);
    expect(played.stderr).toContain('Address already in use');
  });
});

describe('who finds its port taken', () => {
  const stderrOf = (reference: string, argv: readonly string[]): readonly string[] => {
    const played = play({ argv, image: imageOf(reference), host: { portsTaken: [80, 8080] }, untilMs: 5000 });
    expect(played.exit).toEqual({ code: 1 });
    return played.transcript.map((line) => line.replace(/\d{4}\/\d\d\/\d\d [\d:]+ /g, ''));
  };
  const nginx = ['nginx', '-g', 'daemon off;'];

  test('nginx tries five times in two seconds and a half, and says so before anything else', () => {
    const lines = stderrOf('nginx:1.27', nginx);
    expect(lines).toHaveLength(6);
    expect(lines[0]).toBe(
      '0.0 err [emerg] 1#1: bind() to 0.0.0.0:80 failed (98: Address already in use)\n' +
        'nginx: [emerg] bind() to 0.0.0.0:80 failed (98: Address already in use)\n' +
        '[notice] 1#1: try again to bind() after 500ms',
    );
    expect(lines[5]).toBe(
      '2.5 err [emerg] 1#1: still could not bind()\nnginx: [emerg] still could not bind()',
    );
  });

  test('on Alpine the C library has other words', () => {
    expect(stderrOf('nginx:1.27-alpine', nginx)[0]).toContain('(98: Address in use)');
  });

  test('a program of which nothing is known says what Go says', () => {
    const argv = ['/app'];
    const image = imageOf('example.com/whatever:1');
    const host = { portsTaken: [8080], declaredPorts: [8080] };
    const played = play({ argv, image, host, untilMs: 5000 });
    expect([played.stderr, played.exit?.code]).toEqual([
      'listen tcp :8080: bind: address already in use\n',
      1,
    ]);
  });

  test('whoever tries again gets the port when it is free', () => {
    const script = 'nc -l -p 80 & nginx -g "daemon off;" & sleep 1; kill %1; wait';
    const played = play({
      argv: ['sh', '-c', script],
      image: { ...imageOf('nginx:1.27'), commands: ['curl', 'nc'] },
      happens: [connects(1800, 80)],
      untilMs: 4000,
    });
    expect(played.exit).toBeUndefined();
    expect(played.stderr.match(/try again/g)).toHaveLength(2);
    expect(played.stderr).toContain('start worker processes');
    expect(statuses(played)).toEqual([200]);
  });
});

describe('what busybox can listen with', () => {
  test('httpd serves the files of a directory', () => {
    const played = play({
      argv: ['/bin/busybox', 'httpd', '-f', '-p', '8080', '-h', '/www'],
      files: { '/www/index.html': '<p>hi</p>\n', '/www/a/b.txt': 'b\n' },
      happens: [
        connects(1, 8080),
        connects(2, 8080, get('/a/b.txt', 8080)),
        connects(3, 8080, get('/nope', 8080)),
      ],
      untilMs: 1000,
    });
    expect(statuses(played)).toEqual([200, 200, 404]);
    expect(played.answers[1]).toMatchObject({ body: 'b\n', headers: { 'Content-Type': 'text/plain' } });
  });

  test('httpd without -f goes to the background', () => {
    const argv = ['sh', '-c', 'httpd -p 8080 -h /www; echo up; sleep 60'];
    const played = play({
      argv,
      files: { '/www/index.html': 'x' },
      happens: [connects(5, 8080)],
      untilMs: 1000,
    });
    expect([played.stdout, statuses(played)]).toEqual(['up\n', [200]]);
  });

  test('nc answers one connection with its input, and a loop around it the next', () => {
    const loop =
      'while true; do printf "HTTP/1.1 200 OK\\r\\nX-By: nc\\r\\n\\r\\nhi\\n" | nc -l -p 8080; done';
    const played = play({
      argv: ['sh', '-c', loop],
      happens: [
        connects(5, 8080),
        connects(900, 8080),
        connects(950, 8080, { protocol: 'tcp', host: 'x', port: 8080, text: 'q' }),
      ],
      untilMs: 1000,
    });
    expect(played.answers).toEqual([
      { kind: 'http', address: '10.0.0.5', status: 200, headers: { 'X-By': 'nc' }, body: 'hi\n' },
      { kind: 'http', address: '10.0.0.5', status: 200, headers: { 'X-By': 'nc' }, body: 'hi\n' },
      { kind: 'connected', address: '10.0.0.5', text: 'HTTP/1.1 200 OK\r\nX-By: nc\r\n\r\nhi\n' },
    ]);
    expect(played.stdout).toContain('GET / HTTP/1.1\r\nUser-Agent: kube-probe/1.36\r\n\r\n');
  });

  test('nc lets a command talk', () => {
    const argv = ['nc', '-lk', '-p', '7', '-e', 'sh', '-c', 'read x; echo "you said $x"'];
    const happens = [1, 2].map((atMs) =>
      connects(atMs, 7, { protocol: 'tcp', host: 'x', port: 7, text: `n${atMs}\n` }),
    );
    expect(play({ argv, happens, untilMs: 10 }).answers).toEqual([
      { kind: 'connected', address: '10.0.0.5', text: 'you said n1\n' },
      { kind: 'connected', address: '10.0.0.5', text: 'you said n2\n' },
    ]);
  });
});

describe('programs of scenarios', () => {
  const image = {
    ...imageOf('busybox'),
    entrypoint: ['/app'],
    programs: {
      '/app': {
        startupMs: 500,
        listens: [
          {
            port: 8080,
            protocol: 'http' as const,
            untilMs: 20_000,
            answers: [
              { path: '/slow', delayMs: 3000, body: 'at last' },
              { path: '/hangs', hangs: true as const },
              { path: '/bye', body: 'bye', exitCode: 7 },
              { path: '/few', untilRequests: 2, body: '{requests} of {hostname}' },
              { path: '/few', status: 503 },
              { untilMs: 10_000, body: 'fine' },
              { status: 500 },
            ],
          },
          {
            port: 5000,
            protocol: 'grpc' as const,
            answers: [{ untilMs: 1000, grpc: 'NOT_SERVING' as const }, {}],
          },
        ],
        logs: [
          { afterMs: 0, text: 'starting\n' },
          { afterMs: 500, text: 'ready at {iso}\n' },
        ],
      },
    },
  };
  const playApp = (happens: readonly Happening[]): ReturnType<typeof play> =>
    play({ argv: ['/app'], image, happens, untilMs: 60_000 });

  test('answers depend on the time since the start', () => {
    const played = playApp([400, 600, 9999, 10_000, 20_000].map((atMs) => connects(atMs, 8080)));
    expect(statuses(played)).toEqual(['refused', 200, 200, 500, 'refused']);
    expect(played.transcript).toEqual(['0.0 out starting', '0.5 out ready at 2026-01-01T00:00:00.500Z']);
  });

  test('answers depend on how many requests came before', () => {
    const played = playApp([1, 2, 3].map((seconds) => connects(seconds * 1000, 8080, get('/few', 8080))));
    expect(statuses(played)).toEqual([200, 200, 503]);
    expect(played.answers[0]).toMatchObject({ body: '1 of web-0' });
  });

  test('a request can end the program, or never be answered', () => {
    const played = playApp([
      connects(1000, 8080, get('/hangs', 8080)),
      connects(2000, 8080, get('/bye', 8080)),
    ]);
    expect(statuses(played)).toEqual(['timedOut', 200]);
    expect([played.exit, played.endedAt]).toEqual([{ code: 7 }, 2000]);
  });

  test('the health service of gRPC', () => {
    const health: NetworkRequest = { protocol: 'grpc', host: '10.0.0.5', port: 5000, service: '' };
    const played = playApp([
      connects(600, 5000, health),
      connects(1500, 5000, health),
      connects(1600, 8080, health),
    ]);
    expect(played.answers).toEqual([
      { kind: 'grpc', address: '10.0.0.5', health: 'NOT_SERVING' },
      { kind: 'grpc', address: '10.0.0.5', health: 'SERVING' },
      { kind: 'reset', address: '10.0.0.5' },
    ]);
  });
});
