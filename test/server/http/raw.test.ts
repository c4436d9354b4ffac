import { get } from 'node:https';
import { connect, type Socket } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../support/test-server.ts';

let server: TestServer;
let secure: TestServer;
const SLOW_MS = 300;
beforeAll(async () => {
  // What a slow client is waited for is short here, and a minute elsewhere.
  const limits = { headersMs: SLOW_MS, requestMs: SLOW_MS, connections: 40, body: 4096 };
  server = await startTestServer({ clock: { clock: 'manual' }, limits });
  secure = await startTestServer({ clock: { clock: 'manual' }, secure: true, limits });
});
afterAll(async () => {
  await server.close();
  await secure.close();
});

const AUTH = 'Authorization: Bearer the-administrator';
const GET = `GET /livez HTTP/1.1\r\nHost: a\r\n${AUTH}\r\n\r\n`;
const FOLDER = 'POST /api/v1/namespaces/default/configmaps HTTP/1.1\r\nHost: a';
const POST = `${FOLDER}\r\n${AUTH}\r\nContent-Type: application/json`;
const MAP = '{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"raw"}}';

interface Heard {
  readonly text: string;
  /** The server has closed the connection. */
  readonly isClosed: boolean;
}

/** What a server says to bytes that are sent piece by piece, until it closes, or has said so many answers. */
async function said(to: TestServer, pieces: readonly string[], answers = Number.POSITIVE_INFINITY) {
  const socket = await opened(to);
  return await new Promise<Heard>((resolve) => {
    let text = '';
    const done = (isClosed: boolean) => () => {
      clearTimeout(late);
      socket.destroy();
      resolve({ text, isClosed });
    };
    const late = setTimeout(done(false), 20_000);
    socket.on('data', (piece) => {
      text += piece.toString('latin1');
      if ((text.match(/HTTP\/1\.1 \d/g) ?? []).length >= answers) setImmediate(done(false));
    });
    socket.on('close', done(true));
    socket.on('error', done(true));
    for (const piece of pieces) socket.write(piece, 'latin1');
  });
}

async function opened({ url }: TestServer): Promise<Socket> {
  const { port } = new URL(url);
  return await new Promise((resolve, reject) => {
    const socket = connect(Number(port), '127.0.0.1', () => resolve(socket));
    socket.on('error', reject);
  });
}

function codes({ text }: Heard): readonly number[] {
  return [...text.matchAll(/HTTP\/1\.1 (\d{3})/g)].map(([, code]) => Number(code));
}

const chunked = `${POST}\r\nTransfer-Encoding: chunked\r\n\r\n`;

test.each<readonly [string, readonly string[], readonly number[]]>([
  ['a chunk whose size is no number', [`${chunked}zz\r\n{}\r\n0\r\n\r\n`], [400]],
  ['a chunk that is longer than it says', [`${chunked}2\r\n${MAP}\r\n0\r\n\r\n`], [400]],
  ['a chunk of a negative size', [`${chunked}-5\r\n{}\r\n0\r\n\r\n`], [400]],
  [
    'chunks and a length at once',
    [`${POST}\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`],
    [400],
  ],
  ['two lengths', [`${POST}\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n{}   `], [400]],
  ['a length that is no number', [`${POST}\r\nContent-Length: five\r\n\r\n`], [400]],
  ['a header larger than all may be', [`GET /livez HTTP/1.1\r\nX: ${'y'.repeat(70_000)}\r\n\r\n`], [431]],
  ['headers without an end', [`GET /livez HTTP/1.1\r\n${`A: ${'b'.repeat(90)}\r\n`.repeat(1000)}`], [431]],
  ['a body larger than it may be', [`${POST}\r\nContent-Length: 5000\r\n\r\n`], [413]],
  ['chunks that come to more than may be', [`${chunked}1400\r\n${'x'.repeat(0x1400)}\r\n0\r\n\r\n`], [413]],
  ['a header with a line end in its name', ['GET /livez HTTP/1.1\r\nA\r: b\r\n\r\n'], [400]],
  ['a line end in the middle of a path', ['GET /li\rvez HTTP/1.1\r\n\r\n'], [400]],
  ['HTTP/2 without being asked for it', ['PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'], [400]],
  ['a greeting of TLS', ['\x16\x03\x01\x00\xa5\x01\x00\x00\xa1\x03\x03'], [400]],
])('%s is refused with a Status, and the connection ends', async (_, pieces, wanted) => {
  const before = server.live.entries.length;
  const heard = await said(server, pieces);
  expect(codes(heard)).toEqual(wanted);
  expect(heard.isClosed).toBe(true);
  expect(JSON.parse(heard.text.split('\r\n\r\n')[1] ?? '')).toMatchObject({
    kind: 'Status',
    status: 'Failure',
    code: wanted[0],
  });
  expect(server.live.entries.length).toBe(before);
});

test('requests that are sent before the answers have come are answered in their order', async () => {
  const write = `${POST}\r\nContent-Length: ${MAP.length}\r\n\r\n${MAP}`;
  const missing = GET.replace('/livez', '/nowhere');
  const heard = await said(server, [`${GET}${write}${write}${missing}${GET}`], 5);
  expect(codes(heard)).toEqual([200, 201, 409, 404, 200]);
});

test('whoever never finishes is not waited for, and keeps nobody else from asking', async () => {
  const slow = await Promise.all([
    said(server, ['GET /livez HTTP/1.1\r\nHost: a\r\n']),
    said(server, ['G']),
    said(server, [`${POST}\r\nContent-Length: 100\r\n\r\n{`]),
    said(server, [`${chunked}5\r\n{`]),
    server.ask('/livez'),
  ]);
  for (const each of slow.slice(0, 4)) expect((each as Heard).isClosed).toBe(true);
  expect(slow[4]).toMatchObject({ code: 200 });
}, 60_000);

test('more connections than it bears are closed, and there is room again when others go', async () => {
  const sockets = await Promise.all(Array.from({ length: 60 }, async () => await opened(server)));
  const [last] = sockets.slice(-1);
  await new Promise((resolve) => last?.on('close', resolve).on('error', () => undefined));
  for (const socket of sockets) socket.destroy();
  for (;;) {
    const { text } = await said(server, [GET], 1);
    if (text.startsWith('HTTP/1.1 200')) break;
  }
  expect(await server.ask('/livez')).toMatchObject({ code: 200 });
});

test('what is no TLS is closed by a server that speaks nothing else, which goes on', async () => {
  const garbage = [
    '\x16\x03\x01\xff\xff',
    'GET / HTTP/1.1\r\n\r\n',
    '\x00'.repeat(300),
    '\x80\x2e\x01\x00\x02',
  ];
  for (const bytes of garbage) {
    const { text } = await said(secure, [bytes, GET]);
    expect(text).not.toContain('ok');
  }
  const { port } = new URL(secure.url);
  const code = await new Promise((resolve, reject) => {
    const headers = { authorization: 'Bearer the-administrator' };
    const options = { host: '127.0.0.1', port, path: '/livez', ca: secure.authority, headers, agent: false };
    get(options, ({ statusCode }) => resolve(statusCode)).on('error', reject);
  });
  expect(code).toBe(200);
});
