import type { IncomingMessage } from 'node:http';
import { Agent, type RequestOptions, request } from 'node:https';
import type { ServedCluster } from './cluster.ts';

export interface Client {
  /** Asks, and reads the answer to its end; throws where it is a refusal. */
  ask(method: string, path: string, body?: object): Promise<string>;
  /** Opens a watch; counts the lines that it tells. */
  watch(path: string): Promise<{ readonly told: () => number }>;
  /** Watches until a line is what is waited for. */
  until(path: string, isMeant: (line: string) => boolean): Promise<void>;
  close(): void;
}

/** A client over TLS that keeps its connections, one for each request that is under way. */
export function createClient({ port, authority, token }: ServedCluster): Client {
  const agent = new Agent({ keepAlive: true, ca: authority });
  const headers = { authorization: `Bearer ${token}`, 'user-agent': 'bench/1.0', accept: 'application/json' };
  const begin = (method: string, path: string): RequestOptions => {
    return { host: '127.0.0.1', port, method, path, agent, headers };
  };
  return {
    ask: (method, path, body) => ask(begin(method, path), body && JSON.stringify(body)),
    watch: (path) => countLines(begin('GET', path)),
    until: (path, isMeant) => readUntil(begin('GET', path), isMeant),
    close: () => agent.destroy(),
  };
}

function ask(options: RequestOptions, body: string | undefined): Promise<string> {
  return new Promise((resolve, reject) => {
    const asked = request(options, (response) => {
      const pieces: Buffer[] = [];
      response.on('data', (piece: Buffer) => pieces.push(piece));
      response.on('error', reject);
      response.on('end', () => {
        const answer = Buffer.concat(pieces).toString();
        if ((response.statusCode ?? 500) < 300) resolve(answer);
        else reject(new Error(`${options.method} ${options.path}: ${response.statusCode} ${answer}`));
      });
    });
    asked.on('error', reject);
    if (body !== undefined) {
      asked.setHeader('content-type', 'application/json');
      asked.setHeader('content-length', Buffer.byteLength(body));
    }
    asked.end(body);
  });
}

function open(options: RequestOptions): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const asked = request(options, resolve);
    asked.on('error', reject);
    asked.end();
  });
}

const NEWLINE = 10;

async function countLines(options: RequestOptions): Promise<{ readonly told: () => number }> {
  let lines = 0;
  const response = await open(options);
  response.on('error', () => undefined);
  response.on('data', (piece: Buffer) => {
    for (let at = piece.indexOf(NEWLINE); at >= 0; at = piece.indexOf(NEWLINE, at + 1)) lines++;
  });
  return { told: () => lines };
}

async function readUntil(options: RequestOptions, isMeant: (line: string) => boolean): Promise<void> {
  const response = await open(options);
  let rest = '';
  for await (const piece of response) {
    const lines = (rest + String(piece)).split('\n');
    rest = lines.pop() ?? '';
    if (lines.some(isMeant)) return;
  }
}
