import type { HttpAnswer, NetworkAnswer } from '../../../contract/network-request.ts';
import { byteLength } from '../../../tools/byte-length.ts';
import type { Options } from '../../../tools/option-words.ts';
import {
  headerOf,
  httpRequest,
  parseUrl,
  redirectedUrl,
  statusLine,
  type Url,
  urlText,
} from '../../../tools/url.ts';
import { whyNotWritable } from '../files/file-view.ts';
import { type ExchangeMemory, received, send, waitOn } from './exchange.ts';
import { readOptions, refuse } from './options.ts';
import { durationMs } from './sleep.ts';
import type { Tool, ToolIo, ToolOutcome } from './tool.ts';

const usage =
  'wget [-cqS] [--spider] [-O FILE] [-o LOGFILE] [--header STR]\n\t[--post-data STR | --post-file FILE] [-Y on/off]\n\t[--no-check-certificate] [-P DIR] [-U AGENT] [-T SEC] URL...';

/** busybox' default `-T`. */
const TIMEOUT_MS = 900_000;
const MOST_REDIRECTS = 5;

interface WgetMemory extends ExchangeMemory {
  readonly url: string;
  readonly hops: number;
}

export const wget: Tool = {
  usage,
  run(io) {
    const long = {
      spider: 'X',
      header: 'H:',
      'post-data': 'D:',
      'post-file': 'Z:',
      'no-check-certificate': 'K',
      timeout: 'T',
      tries: 't',
      quiet: 'q',
      'output-document': 'O',
      'user-agent': 'U',
      'server-response': 'S',
      'no-verbose': 'q',
    };
    const args = io.args.map((arg) => (arg === '-nv' ? '-q' : arg));
    const options = readOptions({ ...io, args }, usage, { letters: 'cqSO:o:P:U:T:Y:t:XH:D:Z:K', long });
    if (!options) return 1;
    const [text] = options.operands;
    if (text === undefined) {
      refuse(io, usage, 'missing URL');
      return 1;
    }
    const memory = io.memory as unknown as WgetMemory | undefined;
    if (!memory) {
      const url = parseUrl(text);
      return url ? request(io, options, url, 0) : fail(io, `not an http or ftp url: ${text}`);
    }
    const answer = received(io, memory);
    if (answer === undefined) return waitOn({ ...memory });
    if (answer === 'late') return fail(io, 'download timed out');
    return finish(io, options, memory, answer);
  },
};

function fail(io: ToolIo, text: string): 1 {
  io.complain(text);
  return 1;
}

function request(io: ToolIo, options: Options, url: Url, hops: number): ToolOutcome {
  const headers: Record<string, string> = { Host: url.authority, 'User-Agent': options.value('U') ?? 'Wget' };
  for (const header of options.values('H')) {
    const [name = '', value = ''] = header.split(/:\s*(.*)/s);
    headers[name] = value;
  }
  const body = options.value('D') ?? '';
  const method = options.has('D') ? 'POST' : options.has('X') ? 'HEAD' : 'GET';
  const timeoutMs = durationMs(options.value('T') ?? '') ?? TIMEOUT_MS;
  return send(io, httpRequest(url, { method, headers, timeoutMs, ...(body !== '' && { body }) }), {
    url: urlText(url),
    hops,
  });
}

function finish(io: ToolIo, options: Options, memory: WgetMemory, answer: NetworkAnswer): ToolOutcome {
  const url = parseUrl(memory.url);
  if (!url) return 1;
  const say = (text: string): void => {
    if (!options.has('q')) io.err(text);
  };
  const isUnheard = answer.kind === 'timedOut' && answer.address === undefined;
  if (answer.kind === 'unresolved' || isUnheard) return fail(io, `bad address '${url.authority}'`);
  const address = 'address' in answer ? (answer.address ?? url.host) : url.host;
  say(`Connecting to ${url.authority} (${address}:${url.port})\n`);
  switch (answer.kind) {
    case 'refused':
      return fail(io, `can't connect to remote host (${address}): Connection refused`);
    case 'unreachable':
      return fail(io, `can't connect to remote host (${address}): No route to host`);
    case 'timedOut':
      return fail(io, `can't connect to remote host (${address}): Connection timed out`);
    case 'reset':
      return fail(io, 'error getting response: Connection reset by peer');
    case 'http':
      return take(io, options, { url, hops: memory.hops, answer });
    default:
      return fail(io, 'error getting response: Invalid argument');
  }
}

function take(
  io: ToolIo,
  options: Options,
  from: { url: Url; hops: number; answer: HttpAnswer },
): ToolOutcome {
  const { url, hops, answer } = from;
  if (options.has('S')) {
    const headers = Object.entries(answer.headers).map(([name, value]) => `  ${name}: ${value}\n`);
    io.err(`  ${statusLine(answer.status)}\n${headers.join('')}  \n`);
  }
  const location = headerOf(answer.headers, 'Location');
  if (answer.status >= 300 && answer.status < 400 && location !== undefined) {
    const next = redirectedUrl(url, location);
    if (!next || hops >= MOST_REDIRECTS) return fail(io, 'too many redirections');
    return request(io, options, next, hops + 1);
  }
  if (answer.status >= 300) return fail(io, `server returned error: ${statusLine(answer.status)}`);
  if (options.has('X')) {
    if (!options.has('q')) io.err('remote file exists\n');
    return 0;
  }
  return save(io, options, url, answer.body);
}

function save(io: ToolIo, options: Options, url: Url, body: string): 0 | 1 {
  const name = url.path.split('?')[0]?.split('/').at(-1) || 'index.html';
  const target = options.value('O') ?? (options.has('P') ? `${options.value('P') ?? ''}/${name}` : name);
  const say = (text: string): void => {
    if (!options.has('q')) io.err(text);
  };
  const bytes = byteLength(body);
  const bar = `${(target === '-' ? '-' : name).slice(0, 20).padEnd(20)} 100% |${'*'.repeat(32)}| ${String(bytes).padStart(5)}  0:00:00 ETA\n`;
  if (target === '-') {
    say('writing to stdout\n');
    io.out(body);
    say(`${bar}written to stdout\n`);
    return 0;
  }
  const path = io.files.resolve(target, io.task.cwd) ?? target;
  if (/^\/dev\/(null|stdout|stderr)$/.test(path)) {
    if (path === '/dev/stdout') io.out(body);
    return 0;
  }
  const why = !options.has('O') && io.files.node(path) ? 'File exists' : whyNotWritable(io.files, path);
  if (why !== undefined) return fail(io, `can't open '${target}': ${why}`);
  say(`saving to '${target}'\n`);
  io.files.write(path, { kind: 'file', mode: 0o644, content: body });
  say(`${bar}'${target}' saved\n`);
  return 0;
}
