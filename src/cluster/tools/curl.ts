import type { HttpAnswer, HttpRequest, NetworkAnswer } from '../contract/network-request.ts';
import { encodeBase64 } from '../objects/base64.ts';
import { byteLength } from './byte-length.ts';
import { curlProgress, writeOut } from './curl-report.ts';
import { type Options, readOptionWords } from './option-words.ts';
import {
  headerOf,
  httpRequest,
  parseUrl,
  redirectedUrl,
  responseHead,
  statusLine,
  type Url,
  urlText,
} from './url.ts';

/** Where curl runs, whether in a container or where a person types. */
export interface CurlIo {
  readonly now: number;
  /** Whether it draws its meter, which it does where its output is no terminal. */
  readonly hasMeter: boolean;
  out(text: string): void;
  err(text: string): void;
  /** Writes a file; false where it cannot. */
  save(path: string, text: string): boolean;
}

/** What it has asked for. */
export interface CurlAsked {
  readonly url: string;
  readonly hops: number;
  readonly sentAt: number;
}

/** An exit code, or a request whose answer it goes on with. */
export type CurlStep =
  | { readonly exitCode: number }
  | { readonly request: HttpRequest; readonly asked: Omit<CurlAsked, 'sentAt'> };

/** The options of a command line, or what is wrong with it. */
export function curlOptions(args: readonly string[]): Options | string {
  return readOptionWords(args, {
    letters: 'sSo:Ow:fIivm:X:d:H:kLA:u:GNb:c:e:46T:P:C:R:x:V:E:',
    long: LONG,
  });
}

export function startCurl(io: CurlIo, options: Options): CurlStep {
  const [text] = options.operands;
  if (text === undefined) {
    io.err("curl: try 'curl --help' or 'curl --manual' for more information\n");
    return { exitCode: 2 };
  }
  const url = parseUrl(text);
  if (url) return request(options, url, 0);
  return fail(io, options, { code: 3, text: 'URL using bad/illegal format or missing URL' }, text);
}

const MOST_REDIRECTS = 50;

const LONG: Readonly<Record<string, string>> = {
  silent: 's',
  'show-error': 'S',
  output: 'o',
  'remote-name': 'O',
  'write-out': 'w',
  fail: 'f',
  head: 'I',
  include: 'i',
  verbose: 'v',
  'max-time': 'm',
  'connect-timeout': 'T:',
  request: 'X',
  data: 'd',
  'data-raw': 'd',
  'data-binary': 'd',
  header: 'H',
  insecure: 'k',
  location: 'L',
  'user-agent': 'A',
  user: 'u',
  get: 'G',
  'no-buffer': 'N',
  noproxy: 'P:',
  cacert: 'cacert:',
  capath: 'C:',
  cert: 'E:',
  key: 'C:',
  tlsv1: 'N',
  'tlsv1.2': 'N',
  retry: 'R:',
  resolve: 'V:',
  cookie: 'b:',
  'http1.1': 'N',
  'no-progress-meter': 's',
};

function request(options: Options, url: Url, hops: number): CurlStep {
  const user = options.value('u');
  const headers: Record<string, string> = {
    Host: url.authority,
    ...(user !== undefined && { Authorization: `Basic ${encodeBase64(user)}` }),
    'User-Agent': options.value('A') ?? 'curl/8.5.0',
    Accept: '*/*',
  };
  const data = options.values('d').join('&');
  const sendsData = options.has('d') && !options.has('G');
  if (sendsData) headers['Content-Type'] = 'application/x-www-form-urlencoded';
  for (const header of options.values('H')) {
    const [name = '', value = ''] = header.split(/:\s*(.*)/s);
    headers[name] = value;
  }
  const cookies = options.values('b').filter((value) => value.includes('='));
  if (cookies.length > 0) headers['Cookie'] = cookies.join('; ');
  const method = options.value('X') ?? (options.has('I') ? 'HEAD' : sendsData ? 'POST' : 'GET');
  const target =
    options.has('G') && data !== ''
      ? { ...url, path: `${url.path}${url.path.includes('?') ? '&' : '?'}${data}` }
      : url;
  const seconds = [options.value('m'), options.value('T')].flatMap((text) =>
    text === undefined ? [] : [Number(text)],
  );
  const limits = seconds.filter((value) => value > 0);
  const timeoutMs = limits.length > 0 ? Math.round(Math.min(...limits) * 1000) : undefined;
  const fields = {
    method,
    headers,
    ...(sendsData && { body: data }),
    ...(timeoutMs !== undefined && { timeoutMs }),
  };
  const pinned = addressGiven(options, url);
  const host = pinned === undefined ? {} : { host: pinned };
  return { request: { ...httpRequest(target, fields), ...host }, asked: { url: urlText(target), hops } };
}

/** `--resolve shop.example.com:443:203.0.113.10`. */
function addressGiven(options: Options, { host, port }: Url): string | undefined {
  const prefix = `${host}:${port}:`;
  return options
    .values('V')
    .find((value) => value.startsWith(prefix))
    ?.slice(prefix.length);
}

interface CurlFailure {
  readonly code: number;
  readonly text: string;
}

function fail(io: CurlIo, options: Options, failure: CurlFailure, url: string): CurlStep {
  if (io.hasMeter && !options.has('s')) io.err(curlProgress(0));
  if (!options.has('s') || options.has('S')) io.err(`curl: (${failure.code}) ${failure.text}\n`);
  io.out(
    writeOut(options.value('w') ?? '', { status: 0, bytes: 0, ms: 0, url, contentType: '', address: '' }),
  );
  return { exitCode: failure.code };
}

/** `late`: it has waited as long as it was told to. */
export function goOnWithCurl(
  io: CurlIo,
  options: Options,
  memory: CurlAsked,
  answer: NetworkAnswer | typeof EMPTY | 'late',
): CurlStep {
  const url = parseUrl(memory.url);
  if (!url) return { exitCode: 3 };
  const ms = io.now - memory.sentAt;
  if (answer !== 'late' && answer.kind === 'http') return take(io, options, { url, memory, answer });
  return fail(io, options, failureOf(answer, url, ms), memory.url);
}

/** Somebody took the connection, and closed it without a word. */
export const EMPTY = { kind: 'empty' } as const;

function failureOf(answer: NetworkAnswer | typeof EMPTY | 'late', url: Url, ms: number): CurlFailure {
  const cannot = `Failed to connect to ${url.host} port ${url.port} after ${ms} ms: Couldn't connect to server`;
  if (answer === 'late') return { code: 28, text: `Connection timed out after ${ms} milliseconds` };
  switch (answer.kind) {
    case 'unresolved':
      return { code: 6, text: `Could not resolve host: ${url.host}` };
    case 'refused':
    case 'unreachable':
      return { code: 7, text: cannot };
    case 'timedOut':
      return answer.address === undefined
        ? { code: 28, text: `Resolving timed out after ${ms} milliseconds` }
        : { code: 28, text: cannot };
    case 'empty':
      return { code: 52, text: 'Empty reply from server' };
    case 'reset':
      return { code: 56, text: 'Recv failure: Connection reset by peer' };
    default:
      return { code: 1, text: 'Received HTTP/0.9 when not allowed' };
  }
}

function take(
  io: CurlIo,
  options: Options,
  from: { url: Url; memory: CurlAsked; answer: HttpAnswer },
): CurlStep {
  const { url, memory, answer } = from;
  if (answer.isUnknown && !options.has('k')) return distrust(io, options, memory.url);
  const location = headerOf(answer.headers, 'Location');
  const isRedirect = answer.status >= 300 && answer.status < 400 && location !== undefined;
  if (options.has('v')) io.err(verbose(url, answer, options));
  if (isRedirect && options.has('L') && memory.hops < MOST_REDIRECTS) {
    const next = redirectedUrl(url, location);
    if (next) return request(options, next, memory.hops + 1);
  }
  if (options.has('f') && answer.status >= 400) {
    return fail(
      io,
      options,
      { code: 22, text: `The requested URL returned error: ${answer.status}` },
      memory.url,
    );
  }
  const isHead = options.has('I') || options.value('X') === 'HEAD';
  const head = options.has('i') || options.has('I') ? responseHead(answer.status, answer.headers) : '';
  const text = head + (isHead ? '' : answer.body);
  if (io.hasMeter && !options.has('s')) io.err(curlProgress(byteLength(answer.body)));
  if (!save(io, options, url, text)) return { exitCode: 23 };
  io.out(
    writeOut(options.value('w') ?? '', {
      status: answer.status,
      bytes: byteLength(answer.body),
      ms: io.now - memory.sentAt,
      url: memory.url,
      contentType: headerOf(answer.headers, 'Content-Type') ?? '',
      address: answer.address,
    }),
  );
  return { exitCode: 0 };
}

/** The certificate is of nobody that it knows. */
function distrust(io: CurlIo, options: Options, url: string): CurlStep {
  const step = fail(io, options, { code: 60, text: 'SSL certificate problem: self-signed certificate' }, url);
  if (!options.has('s') || options.has('S')) {
    io.err(
      'More details here: https://curl.se/docs/sslcerts.html\n\n' +
        'curl failed to verify the legitimacy of the server and therefore could not\n' +
        'establish a secure connection to it. To learn more about this situation and\n' +
        'how to fix it, please visit the web page mentioned above.\n',
    );
  }
  return step;
}

function save(io: CurlIo, options: Options, url: Url, text: string): boolean {
  const target = options.has('O') ? (url.path.split('/').at(-1) ?? '') : options.value('o');
  if (target === undefined || target === '-' || target === '/dev/stdout') io.out(text);
  else if (target !== '/dev/null' && !io.save(target, text)) {
    io.err('curl: (23) Failure writing output to destination\n');
    return false;
  }
  return true;
}

function verbose(url: Url, answer: HttpAnswer, options: Options): string {
  const asked = [
    `${options.value('X') ?? 'GET'} ${url.path} HTTP/1.1`,
    `Host: ${url.authority}`,
    `User-Agent: ${options.value('A') ?? 'curl/8.5.0'}`,
    'Accept: */*',
    '',
  ];
  const told = [
    statusLine(answer.status),
    ...Object.entries(answer.headers).map(([name, value]) => `${name}: ${value}`),
    '',
  ];
  const start = `*   Trying ${answer.address}:${url.port}...\n* Connected to ${url.host} (${answer.address}) port ${url.port}\n`;
  return (
    start +
    asked.map((line) => `> ${line}\n`).join('') +
    told.map((line) => `< ${line}\n`).join('') +
    `* Connection #0 to host ${url.host} left intact\n`
  );
}
