import { describe, expect, test } from 'vitest';
import type { NetworkAnswer } from '../../../../src/cluster/contract/network-request.ts';
import { imageOf, type Play, type Played, play } from '../processes/play.ts';

const run = (
  reference: string,
  given: Partial<Play> & { readonly args?: readonly string[] } = {},
): Played => {
  const image = imageOf(reference);
  const { args = image.cmd, ...rest } = given;
  return play({
    argv: [...image.entrypoint, ...args],
    image,
    env: image.env,
    cwd: image.workingDir,
    untilMs: 120_000,
    ...rest,
  });
};

/** What a port answers to `GET path` so long after the start. */
function get(
  reference: string,
  port: number,
  path: string,
  given: Parameters<typeof run>[1] & { readonly atMs?: number } = {},
): NetworkAnswer | undefined {
  const { atMs = 60_000, ...rest } = given;
  const request = { protocol: 'http', method: 'GET', host: '10.0.0.5', port, path, headers: {} } as const;
  const happens = [{ atMs, connection: { port, client: '10.0.0.1', request } }];
  return run(reference, { ...rest, happens }).answers[0];
}

describe('the well-known images start with what they bring, and run', () => {
  test.each([
    'nginx:1.25',
    'nginx:alpine',
    'httpd:2.4',
    'redis:7',
    'mongo:7',
    'memcached',
    'rabbitmq:3',
    'tomcat',
    'jenkins/jenkins:lts',
    'amsy810/echo-nginx:v2.0',
    'registry.k8s.io/pause:3.9',
    'registry.k8s.io/liveness',
    'registry.k8s.io/e2e-test-images/agnhost:2.40',
    'registry.k8s.io/echoserver:1.10',
    'hashicorp/http-echo',
    'gcr.io/google-samples/hello-app:1.0',
    'gcr.io/kuar-demo/kuard-amd64:blue',
    'luksa/kubia',
    'vishnunair/docker-mysql',
    'gcr.io/google-samples/gb-frontend:v4',
    'wordpress',
    'prom/prometheus',
    'docker.elastic.co/elasticsearch/elasticsearch:8.11.0',
    'registry.k8s.io/coredns/coredns:v1.11.1',
    'example.com/unknown/app',
  ])('%s', (reference) => {
    const { failed, exit } = run(reference);
    expect([failed, exit]).toEqual([undefined, undefined]);
  });

  test.each(['busybox', 'alpine', 'debian', 'python', 'node', 'amsy810/tools:v2.0', 'nicolaka/netshoot'])(
    '%s ends at once, having nothing to read',
    (reference) => {
      const { exit, failed } = run(reference);
      expect([failed, exit]).toEqual([undefined, { code: 0 }]);
    },
  );
});

describe('how they answer', () => {
  test.each<[string, number, string, Partial<Extract<NetworkAnswer, { kind: 'http' }>>]>([
    ['nginx', 80, '/', { status: 200, body: expect.stringContaining('Welcome to nginx!') }],
    ['nginx', 80, '/nope', { status: 404, body: expect.stringContaining('404 Not Found') }],
    ['httpd', 80, '/', { body: '<html><body><h1>It works!</h1></body></html>\n' }],
    ['amsy810/echo-nginx', 80, '/a', { body: 'Host=web-0  Path=/a\n' }],
    [
      'gcr.io/google-samples/hello-app:1.0',
      8080,
      '/',
      { body: 'Hello, world!\nVersion: 1.0.0\nHostname: web-0\n' },
    ],
    [
      'gcr.io/google-samples/hello-app:2.0',
      8080,
      '/',
      { body: 'Hello, world!\nVersion: 2.0.0\nHostname: web-0\n' },
    ],
    ['luksa/kubia', 8080, '/', { body: "You've hit web-0\n" }],
    ['jenkins/jenkins', 8080, '/login', { status: 200 }],
    ['jenkins/jenkins', 8080, '/', { status: 403 }],
    ['registry.k8s.io/e2e-test-images/agnhost:2.40', 80, '/', { status: 200 }],
    ['example.com/unknown/app', 7000, '/', { status: 200 }],
  ])('%s on port %d at %s', (reference, port, path, expected) => {
    const args = reference.includes('agnhost') ? { args: ['test-webserver'] } : {};
    expect(get(reference, port, path, { ...args, host: { declaredPorts: [7000] } })).toMatchObject(expected);
  });

  test('agnhost is many programs', () => {
    const agnhost = 'registry.k8s.io/e2e-test-images/agnhost:2.40';
    expect(get(agnhost, 8080, '/hostname', { args: ['netexec'] })).toMatchObject({ body: 'web-0' });
    expect(get(agnhost, 8080, '/echo?msg=hi+there', { args: ['netexec'] })).toMatchObject({
      body: 'hi there',
    });
    expect(get(agnhost, 9000, '/hostname', { args: ['netexec', '--http-port=9000'] })).toMatchObject({
      body: 'web-0',
    });
    expect(get(agnhost, 9376, '/', { args: ['serve-hostname'] })).toMatchObject({ body: 'web-0' });
    expect(get(agnhost, 8080, '/', { args: ['pause'] })).toMatchObject({ kind: 'refused' });
  });

  test('http-echo says what it is told to say, where it is told to', () => {
    const args = ['-text=hello from a', '-listen=:8081'];
    expect(get('hashicorp/http-echo', 8081, '/', { args })).toMatchObject({ body: 'hello from a\n' });
  });

  test('kubia-unhealthy is ill after five requests', () => {
    const request = {
      protocol: 'http',
      method: 'GET',
      host: '',
      port: 8080,
      path: '/',
      headers: {},
    } as const;
    const happens = [1, 2, 3, 4, 5, 6].map((seconds) => ({
      atMs: seconds * 1000,
      connection: { port: 8080, client: '10.0.0.1', request },
    }));
    const statuses = run('luksa/kubia-unhealthy', { happens }).answers.map(
      (answer) => 'status' in answer && answer.status,
    );
    expect(statuses).toEqual([200, 200, 200, 200, 200, 500]);
  });

  test('databases accept connections once they are ready', () => {
    const env = { MYSQL_ROOT_PASSWORD: 'x' };
    expect(get('mysql:8', 3306, '/', { atMs: 3000, env })?.kind).toBe('refused');
    expect(get('mysql:8', 3306, '/', { atMs: 9000, env })?.kind).toBe('reset');
  });
});

describe('what ends them', () => {
  test.each<[string, Record<string, string>, number, number]>([
    ['nginx', {}, 0, 200],
    ['httpd', {}, 0, 200],
    ['redis', {}, 0, 500],
    ['mysql', { MYSQL_ROOT_PASSWORD: 'x' }, 0, 3000],
    ['tomcat', {}, 143, 1000],
    ['registry.k8s.io/pause', {}, 0, 100],
    ['registry.k8s.io/liveness', {}, 2, 100],
    ['example.com/unknown/app', {}, 0, 100],
  ])('%s on TERM', (reference, env, code, withinMs) => {
    const { exit, endedAt = 0 } = run(reference, { env, happens: [{ atMs: 30_000, signal: 'TERM' }] });
    expect(exit).toEqual({ code });
    expect(endedAt - 30_000).toBeLessThanOrEqual(withinMs);
  });

  test('a Node.js program has arranged for nothing, so as PID 1 it goes on', () => {
    expect(run('luksa/kubia', { happens: [{ atMs: 1000, signal: 'TERM' }] }).exit).toBeUndefined();
  });

  test.each([
    ['mysql:8', 'password option is not specified'],
    ['postgres:16', 'superuser password is not specified'],
  ])('%s refuses to begin without a password', (reference, text) => {
    const { exit, stderr } = run(reference);
    expect([exit, stderr]).toEqual([{ code: 1 }, expect.stringContaining(text)]);
  });
});

describe('what can be run in them beside their program', () => {
  const exec = (reference: string, argv: readonly string[], portsTaken: readonly number[] = []): Played =>
    play({ argv, image: imageOf(reference), pid: 20, host: { portsTaken } });

  test.each<[string, readonly string[], readonly number[], string, number]>([
    ['redis', ['redis-cli', 'ping'], [6379], 'PONG\n', 0],
    ['redis', ['redis-cli', 'ping'], [], '', 1],
    ['mysql', ['mysqladmin', 'ping', '-h', 'localhost'], [3306], 'mysqld is alive\n', 0],
    ['postgres', ['pg_isready', '-U', 'postgres'], [], '', 1],
    ['nginx', ['ls', '/usr/share/nginx/html'], [], '50x.html\nindex.html\n', 0],
    ['nginx', ['nginx', '-t'], [], '', 0],
  ])('%s: %j', (reference, argv, portsTaken, stdout, code) => {
    const played = exec(reference, argv, portsTaken);
    expect([played.stdout, played.exit?.code]).toEqual([stdout, code]);
  });
});

test("the documentation's Job computes pi", () => {
  const argv = ['perl', '-Mbignum=bpi', '-wle', 'print bpi(2000)'];
  const { stdout, exit, endedAt } = play({ argv, image: imageOf('perl:5.34.0') });
  expect(stdout.slice(0, 52)).toBe('3.14159265358979323846264338327950288419716939937510');
  expect([stdout.length, exit, endedAt]).toEqual([2002, { code: 0 }, 4200]);
});

test('a program of the shell waits for nginx to be gone, as the documentation has it', () => {
  const script = 'nginx; nginx -s quit; while killall -0 nginx; do sleep 1; done';
  const { exit, endedAt } = play({
    argv: ['sh', '-c', `nginx & ${script.slice(7)}`],
    image: { ...imageOf('nginx:alpine') },
  });
  expect([exit?.code, endedAt]).toEqual([0, 1000]);
});
