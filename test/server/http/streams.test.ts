import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import * as k8s from '@kubernetes/client-node';
import { WebSocketHandler } from '@kubernetes/client-node/dist/web-socket-handler.js';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ClientOptions, WebSocket } from 'ws';
import { clientConfig } from '../support/client-config.ts';
import { sink } from '../support/sink.ts';
import { startTestServer, type TestServer } from '../support/test-server.ts';

// What goes through the API server into a container, both ways: programs with and without a terminal, those
// who attach, and requests that are passed on.
let server: TestServer;
let config: k8s.KubeConfig;
let core: k8s.CoreV1Api;
const NAMESPACE = 'default';

const ECHOES = 'while read line; do echo "got $line"; done; echo over';
const ONCE = { name: 'main', image: 'busybox', stdin: true, stdinOnce: true };

beforeAll(async () => {
  server = await startTestServer();
  config = clientConfig(server);
  core = config.makeApiClient(k8s.CoreV1Api);
  await pod('shell', { name: 'main', image: 'busybox', command: ['sleep', '1d'] });
  await pod('reader', { name: 'main', image: 'busybox', stdin: true, command: ['sh', '-c', ECHOES] });
  await pod('once', { ...ONCE, command: ['sh', '-c', `echo begun; ${ECHOES}`] }, 'Never');
  await pod('web', { name: 'main', image: 'nginx:1.27', ports: [{ containerPort: 80 }] });
  const body = {
    metadata: { name: 'web' },
    spec: { selector: { app: 'web' }, ports: [{ port: 8080, targetPort: 80 }] },
  };
  await core.createNamespacedService({ namespace: NAMESPACE, body });
  for (const name of ['shell', 'reader', 'once', 'web']) await untilReady(name);
});
afterAll(() => server.close());

async function pod(name: string, container: k8s.V1Container, restartPolicy = 'Always'): Promise<void> {
  const spec = { containers: [container], restartPolicy };
  const body = { metadata: { name, labels: { app: name } }, spec };
  await core.createNamespacedPod({ namespace: NAMESPACE, body });
}

async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  for (let attempt = 0; attempt < 400; attempt += 1) {
    if (await holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  throw new Error('it never came to it');
}

async function untilReady(name: string): Promise<void> {
  await until(async () => {
    const { status } = await core.readNamespacedPod({ namespace: NAMESPACE, name });
    return status?.containerStatuses?.[0]?.ready === true;
  });
}

test('a shell at a terminal asks, shows what is typed, and answers each line', async () => {
  const [out, keys] = [sink(), new PassThrough()];
  const ended = new Promise<k8s.V1Status>((resolve) => {
    const { stream } = out;
    void new k8s.Exec(config).exec(NAMESPACE, 'shell', 'main', ['sh'], stream, stream, keys, true, resolve);
  });
  await until(() => out.text() === '/ # ');
  keys.write('echo hi; cd /tmp\r');
  await until(() => out.text().endsWith('/tmp # '));
  // A program that reads is typed to at once.
  keys.write('read x; echo "<$x>"\r');
  keys.write('abc\r');
  await until(() => out.text().endsWith('<abc>\r\n/tmp # '));
  keys.write('exit 3\r');
  const status = await ended;
  expect(out.text()).toBe(
    '/ # echo hi; cd /tmp\r\nhi\r\n/tmp # read x; echo "<$x>"\r\nabc\r\n<abc>\r\n/tmp # exit 3\r\n',
  );
  expect(status.details?.causes).toEqual([{ reason: 'ExitCode', message: '3' }]);
});

test('a shell without a terminal runs each line when it comes', async () => {
  const [out, input] = [sink(), new PassThrough()];
  const { stream } = out;
  const ended = new Promise<k8s.V1Status>((resolve) => {
    void new k8s.Exec(config).exec(NAMESPACE, 'shell', 'main', ['sh'], stream, null, input, false, resolve);
  });
  input.write('echo one\n');
  await until(() => out.text() === 'one\n');
  input.write('echo two; exit\n');
  expect((await ended).status).toBe('Success');
  expect(out.text()).toBe('one\ntwo\n');
});

test('who attaches is read by the container, and leaves it open', async () => {
  const [out, input] = [sink(), new PassThrough()];
  const attach = new k8s.Attach(config);
  const socket = await attach.attach(NAMESPACE, 'reader', 'main', out.stream, null, input, false);
  input.write('hello\n');
  await until(() => out.text() === 'got hello\n');
  socket.close();
  const { status } = await core.readNamespacedPod({ namespace: NAMESPACE, name: 'reader' });
  expect(status?.phase).toBe('Running');
});

test('input that is open once ends with whoever was attached, who is shown all of the output', async () => {
  const [out, input] = [sink(), new PassThrough()];
  const attach = new k8s.Attach(config);
  const socket = await attach.attach(NAMESPACE, 'once', 'main', out.stream, null, input, false);
  input.write('last\n');
  await until(() => out.text() === 'begun\ngot last\n');
  socket.close();
  await until(async () => {
    const log = await core.readNamespacedPodLog({ namespace: NAMESPACE, name: 'once', previous: false });
    return log.includes('over');
  });
});

/** Runs a program to its end. */
async function output(exec: k8s.Exec, command: string[], input: Readable | null): Promise<string> {
  const { stream, text } = sink();
  await new Promise((resolve) => {
    void exec.exec(NAMESPACE, 'shell', 'main', command, stream, stream, input, false, resolve);
  });
  return text();
}

// Who can't say that there is no more (v4) hangs up instead.
test.each(['v5.channel.k8s.io', 'v4.channel.k8s.io'])(
  'a folder is copied into a pod over %s',
  async (spoken) => {
    const from = mkdtempSync(join(tmpdir(), 'kubereel-copied-'));
    mkdirSync(join(from, 'below'));
    writeFileSync(join(from, 'short.txt'), 'short\n');
    writeFileSync(join(from, 'below', 'long.txt'), 'a line\n'.repeat(30_000));
    const connect = (url: string, _named: string[], options: ClientOptions) =>
      new WebSocket(url, spoken, options);
    const exec = new k8s.Exec(config, new WebSocketHandler(config, connect));
    await new Promise((resolve) => {
      const heard = {
        async exec(...asked: Parameters<k8s.Exec['exec']>) {
          const socket = await exec.exec(...asked);
          socket.onclose = resolve;
          return socket;
        },
      };
      void new k8s.Cp(config, heard as k8s.Exec).cpToPod(NAMESPACE, 'shell', 'main', from, '/tmp');
    });
    // Who hangs up may be gone before all of it is unpacked.
    const look = ['sh', '-c', 'cat /tmp/short.txt && wc -l < /tmp/below/long.txt'];
    await until(async () => /^short\n\s*30000\n$/.test(await output(new k8s.Exec(config), look, null)));
    await output(new k8s.Exec(config), ['rm', '-r', '/tmp/short.txt', '/tmp/below'], null);
    rmSync(from, { recursive: true });
  },
);

test('a message may be of a MiB, and the number of its channel', async () => {
  const input = Readable.from([Buffer.alloc(1 << 20, 'x')]);
  expect(await output(new k8s.Exec(config), ['wc', '-c'], input)).toMatch(/^\s*1048576\n$/);
});

const PROXIED = `/api/v1/namespaces/${NAMESPACE}`;

test.each([
  [`${PROXIED}/pods/web/proxy/`, 200],
  [`${PROXIED}/pods/web:80/proxy/nothing`, 404],
  [`${PROXIED}/services/web/proxy/`, 200],
  [`${PROXIED}/services/http:web:8080/proxy/`, 200],
  ['/api/v1/nodes/node-1/proxy/healthz', 200],
  ['/api/v1/nodes/node-1:10250/proxy/nothing', 404],
])('%s is answered by what stands behind', async (path, code) => {
  const answer = await server.ask(path);
  expect(answer.code).toBe(code);
  expect(answer.json).toEqual({});
});

test.each([
  [
    `${PROXIED}/pods/web:81/proxy/`,
    503,
    /^error trying to reach service: dial tcp [\d.]+:81: connect: connection refused$/,
  ],
  [`${PROXIED}/services/web:81/proxy/`, 503, /^no service port 81 found for service "web"$/],
  [`${PROXIED}/services/web:name/proxy/`, 503, /^no endpoints available for service "web"$/],
  [`${PROXIED}/pods/none/proxy/`, 404, /^pods "none" not found$/],
  [`${PROXIED}/pods/a:b:c/proxy/`, 400, /^invalid pod request "a:b:c"$/],
])('%s is refused with %i', async (path, code, message) => {
  const answer = await server.ask(path);
  expect(answer.json).toMatchObject({
    kind: 'Status',
    code,
    message: expect.stringMatching(message) as string,
  });
});

test('a request that is passed on keeps its method and its body', async () => {
  const init = { method: 'POST', body: 'text', headers: { 'content-type': 'text/plain' } };
  expect((await server.ask(`${PROXIED}/pods/web/proxy/form?a=b`, init)).code).toBe(404);
  const log = await core.readNamespacedPodLog({ namespace: NAMESPACE, name: 'web' });
  expect(log).toContain('"POST /form?a=b HTTP/1.1" 404');
  const headers = { authorization: `Bearer ${server.token}` };
  const bare = await fetch(`${server.url}${PROXIED}/pods/web/proxy`, { headers, redirect: 'manual' });
  expect([bare.status, bare.headers.get('location')]).toEqual([301, 'proxy/']);
});
