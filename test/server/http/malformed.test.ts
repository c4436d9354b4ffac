import { connect } from 'node:net';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { userOf } from '../../../src/cluster/contract/user.ts';
import { handleCall } from '../../../src/server/http/handle-call.ts';
import { call, nearly } from '../support/odd-calls.ts';
import { startTestServer, type TestServer } from '../support/test-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ clock: { clock: 'manual' } });
});
afterAll(() => server.close());

/** How many are asked; drawn anew where FAST_CHECK_SEED says so. */
const CALLS = 10_000;

test('requests of any kind are answered, and change nothing that they may not', async () => {
  const users = () => userOf({ name: 'admin', groups: ['system:masters'] });
  const { live } = server;
  // What could be granted is only tried: the state must be the very same in the end.
  const handling = { live: { ...live, ask: refuse }, users, metrics: () => '' };
  const before = live.entries.length;
  const bugs = new Set<string>();
  await fc.assert(
    fc.asyncProperty(fc.oneof(call, nearly), async (asked) => {
      const handled = await handleCall(handling, asked);
      if (handled.type !== 'answer') return;
      const { code, headers, body: text } = handled.answer;
      expect(code).toBeGreaterThanOrEqual(200);
      if (code < 400) return;
      expect(headers['content-type']).toMatch(/^(?:application\/json|text\/plain)/);
      if (!String(headers['content-type']).startsWith('application/json')) return;
      const status: unknown = JSON.parse(String(text));
      expect(status).toMatchObject({ kind: 'Status', apiVersion: 'v1', status: 'Failure', code });
      const { message } = status as { message: string };
      if (code === 500 && message.startsWith('Internal error occurred'))
        bugs.add(`${message} ${JSON.stringify(asked)}`);
    }),
    { numRuns: CALLS },
  );
  expect([...bugs].slice(0, 5)).toEqual([]);
  expect(live.entries.length).toBe(before);
});

async function refuse() {
  return { ok: false as const, status: { code: 409, reason: 'Conflict', message: 'it is only tried' } };
}

/** What a server says to bytes; empty where it only closes. */
async function said(bytes: string): Promise<string> {
  const { port } = new URL(server.url);
  return await new Promise((resolve) => {
    const socket = connect(Number(port), '127.0.0.1', () => socket.end(bytes, 'latin1'));
    let text = '';
    socket.on('data', (piece) => {
      text += piece.toString('latin1');
    });
    socket.on('error', () => resolve(text));
    socket.on('close', () => resolve(text));
    socket.setTimeout(5000, () => socket.destroy(new Error('the server hangs')));
  });
}

const line = fc.oneof(
  fc.constantFrom(
    'GET / HTTP/1.1',
    'GET /api HTTP/1.1',
    'GET /api/v1/pods HTTP/9.9',
    'POST /api/v1/namespaces/default/pods HTTP/1.1',
    'GET http://elsewhere.example/api HTTP/1.1',
    'CONNECT a:1 HTTP/1.1',
    'PRI * HTTP/2.0',
    '\x16\x03\x01\x02\x00\x01\x00',
    'GET  HTTP/1.1',
  ),
  fc.string({ maxLength: 40 }),
);
const header = fc.oneof(
  fc.constantFrom(
    'Host: a',
    'Content-Length: 5',
    'Content-Length: -1',
    'Content-Length: 99999999999',
    'Transfer-Encoding: chunked',
    'Transfer-Encoding: gzip, chunked',
    'Connection: Upgrade',
    'Upgrade: SPDY/3.1',
    'Upgrade: websocket',
    'Sec-WebSocket-Key: x',
    'Authorization: Bearer the-administrator',
    'Expect: 100-continue',
    'Expect: nonsense',
    `X: ${'y'.repeat(70_000)}`,
    ': nothing',
    'a b: c',
  ),
  fc.string({ maxLength: 30 }),
);

test('bytes that are hardly HTTP are answered or refused, and the server goes on', async () => {
  const before = server.live.entries.length;
  await fc.assert(
    fc.asyncProperty(
      line,
      fc.array(header, { maxLength: 5 }),
      fc.string({ maxLength: 30 }),
      async (...parts) => {
        const [first, headers, rest] = parts;
        const text = await said(`${[first, ...headers].join('\r\n')}\r\n\r\n${rest}`);
        if (text !== '') expect(text).toMatch(/^HTTP\/1\.1 (?:100|[2-5]\d\d) /);
      },
    ),
    { numRuns: 300 },
  );
  expect(server.live.entries.length).toBe(before);
  expect((await server.ask('/livez')).text).toBe('ok');
});
