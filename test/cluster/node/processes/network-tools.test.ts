import { describe, expect, test } from 'vitest';
import type { DnsRecord, DnsReply } from '../../../../src/cluster/contract/dns-record.ts';
import type { NetworkAnswer, NetworkRequest } from '../../../../src/cluster/contract/network-request.ts';
import { imageOf, play } from './play.ts';

const address = '10.0.0.1';
const page = (
  status: number,
  body = 'hello\n',
  headers: Readonly<Record<string, string>> = {},
): NetworkAnswer => ({
  kind: 'http',
  address,
  status,
  headers,
  body,
});

/** What a command line prints, and its exit code, when the network answers like that after 3 ms. */
function ask(line: string, answer: NetworkAnswer | ((request: NetworkRequest) => NetworkAnswer)) {
  const asked: NetworkRequest[] = [];
  const played = play({
    argv: ['sh', '-c', `${line}; echo "[$?]"`],
    image: { ...imageOf('busybox:1.36'), commands: ['curl'] },
    answer: (request) => {
      asked.push(request);
      return { afterMs: 3, answer: typeof answer === 'function' ? answer(request) : answer };
    },
  });
  return { output: played.transcript.map((text) => text.replace(/^\S+ /, '')), asked };
}

describe('wget', () => {
  test.each<[string, string, NetworkAnswer, readonly string[]]>([
    ['a page', 'wget -q -O- http://web', page(200), ['out hello\n[0]']],
    ['to a file', 'wget -q http://web/a/b.txt; cat b.txt', page(200), ['out hello\n[0]']],
    [
      'refused',
      'wget -q -O- web',
      { kind: 'refused', address },
      [`err wget: can't connect to remote host (${address}): Connection refused`, 'out [1]'],
    ],
    [
      'an error',
      'wget -qO- web',
      page(500),
      ['err wget: server returned error: HTTP/1.1 500 Internal Server Error', 'out [1]'],
    ],
    [
      'no such page',
      'wget -q --spider web',
      page(404),
      ['err wget: server returned error: HTTP/1.1 404 Not Found', 'out [1]'],
    ],
    [
      'no such name',
      'wget -q -O- http://x',
      { kind: 'unresolved' },
      ["err wget: bad address 'x'", 'out [1]'],
    ],
    [
      'nobody there',
      'wget -q web',
      { kind: 'timedOut', address },
      [`err wget: can't connect to remote host (${address}): Connection timed out`, 'out [1]'],
    ],
    [
      'reset',
      'wget -q web',
      { kind: 'reset', address },
      ['err wget: error getting response: Connection reset by peer', 'out [1]'],
    ],
    [
      'it is there',
      'wget --spider http://web/',
      page(200),
      [`err Connecting to web (${address}:80)\nremote file exists`, 'out [0]'],
    ],
    ['nothing asked', 'wget', page(200), ['err wget: missing URL', 'out [1]']],
  ])('%s: %s', (_, line, answer, expected) => {
    const { output } = ask(line, answer);
    expect(output.map((text) => text.replace(/\nBusyBox[\s\S]*$/, ''))).toEqual(expected);
  });

  test('it waits no longer than it is told to, and follows where it is sent', () => {
    const slow = play({ argv: ['wget', '-T', '2', '-q', 'web'], pid: 5 });
    expect([slow.transcript, slow.exit, slow.endedAt]).toEqual([
      ['2.0 err wget: download timed out'],
      { code: 1 },
      2000,
    ]);
    const { output, asked } = ask('wget -q -O- http://web/old', (request) =>
      request.protocol === 'http' && request.path === '/old'
        ? page(302, '', { Location: 'http://other:81/new' })
        : page(200),
    );
    expect(output).toEqual(['out hello\n[0]']);
    expect(asked.at(-1)).toMatchObject({ host: 'other', port: 81, path: '/new' });
  });
});

describe('curl', () => {
  test.each<[string, string, NetworkAnswer, readonly string[]]>([
    ['a page', 'curl -s web:8080', page(200), ['out hello\n[0]']],
    ['only its status', "curl -s -o /dev/null -w '%{http_code}' http://web/x", page(404), ['out 404[0]']],
    [
      'an error it fails on',
      'curl -sSf web',
      page(503),
      ['err curl: (22) The requested URL returned error: 503', 'out [22]'],
    ],
    ['an error it does not fail on', 'curl -s web', page(500, 'no\n'), ['out no\n[0]']],
    [
      'refused',
      'curl -sS web:81',
      { kind: 'refused', address },
      ["err curl: (7) Failed to connect to web port 81 after 3 ms: Couldn't connect to server", 'out [7]'],
    ],
    ['refused and silent', 'curl -s web', { kind: 'refused', address }, ['out [7]']],
    [
      'no such name',
      'curl -sS http://x',
      { kind: 'unresolved' },
      ['err curl: (6) Could not resolve host: x', 'out [6]'],
    ],
    [
      'its head',
      'curl -sI web',
      page(200, '', { Server: 'nginx' }),
      ['out HTTP/1.1 200 OK\r\nServer: nginx\r\n\r\n[0]'],
    ],
    [
      'refused, and what it writes out',
      "curl -s -w '%{http_code}\\n' web",
      { kind: 'refused', address },
      ['out 000\n[7]'],
    ],
  ])('%s: %s', (_, line, answer, expected) => {
    expect(ask(line, answer).output).toEqual(expected);
  });

  test('it sends what it is told to send', () => {
    const { asked } = ask("curl -s -X PUT -d 'a=1' -H 'X-Test: yes' http://web:8080/path?q=1", page(200));
    expect(asked).toEqual([
      {
        protocol: 'http',
        method: 'PUT',
        host: 'web',
        port: 8080,
        path: '/path?q=1',
        headers: expect.objectContaining({ Host: 'web:8080', 'X-Test': 'yes' }),
        body: 'a=1',
      },
    ]);
  });

  test('it waits no longer than it is told to', () => {
    const image = { ...imageOf('busybox'), commands: ['curl'] };
    const { transcript, exit } = play({ argv: ['curl', '-sS', '-m', '1.5', 'web'], image, pid: 5 });
    expect([transcript, exit]).toEqual([
      ['1.5 err curl: (28) Connection timed out after 1500 milliseconds'],
      { code: 28 },
    ]);
  });
});

describe('nc and ping', () => {
  test.each<[string, NetworkAnswer, readonly string[]]>([
    ['nc -z -w 1 web 80', { kind: 'connected', address, text: '' }, ['out [0]']],
    ['nc -zv web 80', { kind: 'connected', address, text: '' }, [`err web (${address}:80) open`, 'out [0]']],
    ['nc -z web 80', { kind: 'refused', address }, ['out [1]']],
    ['echo hi | nc web 7', { kind: 'connected', address, text: 'hi\n' }, ['out hi\n[0]']],
    [
      'ping -c 1 web',
      { kind: 'pong', address, ms: 0.25 },
      [
        `out PING web (${address}): 56 data bytes\n64 bytes from ${address}: seq=0 ttl=64 time=0.250 ms\n\n--- web ping statistics ---\n1 packets transmitted, 1 packets received, 0% packet loss\nround-trip min/avg/max = 0.250/0.250/0.250 ms\n[0]`,
      ],
    ],
    ['ping -c 1 nope', { kind: 'unresolved' }, ["err ping: bad address 'nope'", 'out [1]']],
  ])('%s', (line, answer, expected) => {
    expect(ask(line, answer).output).toEqual(expected);
  });
});

const DOMAIN = 'default.svc.cluster.local';

/** A name service that knows a service, a headless one, and the name of an address. */
function nameService(request: NetworkRequest): NetworkAnswer {
  if (request.protocol !== 'dns') throw new Error('nobody asks for anything else');
  const known: Readonly<Record<string, DnsRecord>> = {
    [`A web.${DOMAIN}`]: { type: 'A', name: `web.${DOMAIN}`, address: '10.96.0.7' },
    [`PTR 7.0.96.10.in-addr.arpa`]: { type: 'PTR', name: '7.0.96.10.in-addr.arpa', target: `web.${DOMAIN}` },
    [`SRV _http._tcp.web.${DOMAIN}`]: {
      type: 'SRV',
      name: `_http._tcp.web.${DOMAIN}`,
      target: `web.${DOMAIN}`,
      weight: 100,
      port: 80,
    },
  };
  const replies = request.questions.map(({ name, type }): DnsReply => {
    const record = known[`${type} ${name}`];
    const isKnown = Object.keys(known).some((key) => key.endsWith(` ${name}`));
    if (record) return { name, type, answer: { kind: 'records', records: [record] } };
    return { name, type, answer: { kind: isKnown ? 'noData' : 'noName' } };
  });
  return { kind: 'dns', replies };
}

const files = {
  '/etc/resolv.conf': `search ${DOMAIN} svc.cluster.local\nnameserver 10.96.0.10\noptions ndots:5\n`,
};

/** What a tool prints that asks the name service, and how it ends. */
function lookUp(line: string, reference = 'busybox:1.36') {
  const { stdout, stderr, exit } = play({
    argv: line.split(' '),
    image: { ...imageOf(reference), commands: ['dig'] },
    files,
    answer: (request) => ({ afterMs: 3, answer: nameService(request) }),
  });
  return `${stdout}${stderr}[${exit && 'code' in exit ? exit.code : '?'}]`;
}

describe('nslookup', () => {
  const server = 'Server:\t\t10.96.0.10\nAddress:\t10.96.0.10:53\n\n';
  const missing = "** server can't find web.svc.cluster.local: NXDOMAIN\n\n";
  test.each([
    [`web.${DOMAIN}`, `${server}Name:\tweb.${DOMAIN}\nAddress: 10.96.0.7\n\n\n[0]`],
    ['web', `${server}Name:\tweb.${DOMAIN}\nAddress: 10.96.0.7\n\n${missing}\n${missing}[1]`],
    [
      'web.default',
      `${server}** server can't find web.default: NXDOMAIN\n\n** server can't find web.default: NXDOMAIN\n\n[1]`,
    ],
    ['10.96.0.7', `${server}7.0.96.10.in-addr.arpa\tname = web.${DOMAIN}\n\n[0]`],
    [
      `-type=srv _http._tcp.web.${DOMAIN}`,
      `${server}_http._tcp.web.${DOMAIN}\tservice = 0 100 80 web.${DOMAIN}\n\n[0]`,
    ],
  ])('%s', (name, printed) => {
    expect(lookUp(`nslookup ${name}`)).toBe(printed);
  });

  test('up to busybox 1.28 it searched as programs do, and printed another form', () => {
    const head = 'Server:    10.96.0.10\nAddress 1: 10.96.0.10 kube-dns.kube-system.svc.cluster.local\n\n';
    expect(lookUp('nslookup web', 'busybox:1.28')).toBe(
      `${head}Name:      web\nAddress 1: 10.96.0.7 web.${DOMAIN}\n[0]`,
    );
    expect(lookUp('nslookup nope', 'busybox:1.28')).toBe(`${head}nslookup: can't resolve 'nope'\n[1]`);
  });

  test('gives up when no server answers', () => {
    const played = play({ argv: ['nslookup', 'web', '192.0.2.1'], files });
    expect(played.stdout).toBe(';; connection timed out; no servers could be reached\n\n');
  });
});

describe('dig', () => {
  test.each([
    [`+short web.${DOMAIN}`, '10.96.0.7\n[0]'],
    ['+short web', '[0]'],
    ['+short +search web', '10.96.0.7\n[0]'],
    ['+short -x 10.96.0.7', `web.${DOMAIN}.\n[0]`],
    [`+short SRV _http._tcp.web.${DOMAIN}`, `0 100 80 web.${DOMAIN}.\n[0]`],
    [`+noall +answer web.${DOMAIN}`, `web.${DOMAIN}.\t30\tIN\tA\t10.96.0.7\n[0]`],
  ])('%s', (query, printed) => {
    expect(lookUp(`dig ${query}`)).toBe(printed);
  });

  test('tells the whole of an answer', () => {
    const text = lookUp(`dig web.${DOMAIN}`);
    expect(text).toContain('status: NOERROR');
    expect(text).toContain(`;; ANSWER SECTION:\nweb.${DOMAIN}.\t30\tIN\tA\t10.96.0.7\n`);
    expect(lookUp('dig nope')).toMatch(/status: NXDOMAIN[\s\S]*;; AUTHORITY SECTION:/);
  });
});

test('an answer that comes when nobody waits for it any more changes nothing', () => {
  const played = play({
    argv: ['sh', '-c', 'wget -T 1 -q web; sleep 9; echo end'],
    happens: [{ atMs: 5000, request: '3', answer: page(200) }],
  });
  expect(played.transcript).toEqual(['1.0 err wget: download timed out', '10.0 out end']);
});
