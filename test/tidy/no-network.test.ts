import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { expect, test } from 'vitest';

test('a test that fetches an address elsewhere is told so', async () => {
  const refusal = 'A test wants to reach kubernetes.example: tests have no network.';
  await expect(fetch('http://kubernetes.example/')).rejects.toMatchObject({ cause: { message: refusal } });
  expect(() => connect(80, 'kubernetes.example')).toThrow(refusal);
});

test('a test may talk to a server of its own', async () => {
  const server = createServer((socket) => socket.end('hello')).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  const [data] = await once(connect(address.port, '127.0.0.1'), 'data');
  expect(String(data)).toBe('hello');
  server.close();
});
