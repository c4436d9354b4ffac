import {
  addressesIn,
  type DnsQuestion,
  type DnsRecord,
  type DnsReply,
  type DnsType,
} from '../../../contract/dns-record.ts';
import { candidatesOf, type Resolver, readResolver } from '../../../objects/pod-names.ts';
import { type ExchangeMemory, received, send, waitOn } from './exchange.ts';
import { readOptions, refuse } from './options.ts';
import type { Tool, ToolIo, ToolOutcome } from './tool.ts';

const usage = 'nslookup [-type=QUERY_TYPE] [-debug] HOST [DNS_SERVER]';

/** busybox: nslookup.c, default_timeout. */
const TIMEOUT_MS = 5000;

const IPV4 = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/;

interface NslookupMemory extends ExchangeMemory {
  /** What has been found of the name, while the names of its addresses are asked for. */
  readonly found?: { readonly name: string; readonly addresses: string[] };
}

export const nslookup: Tool = {
  usage,
  run(io) {
    const args = io.args.filter(
      (arg) => !/^-(type|ty|t|q|query|querytype|debug|timeout|retry|port)/.test(arg),
    );
    const options = readOptions({ ...io, args }, usage, { letters: '' });
    const [name, given] = options?.operands ?? [];
    if (!options || name === undefined) {
      if (options) refuse(io, usage, 'missing HOST');
      return 1;
    }
    const resolver = resolverIn(io);
    const server = given ?? resolver.servers[0] ?? '127.0.0.1';
    const memory = io.memory as unknown as NslookupMemory | undefined;
    if (!memory) {
      const questions = isOld(io) ? oldQuestions(resolver, name) : questionsFor(io, resolver, name);
      return send(io, { protocol: 'dns', questions, server, timeoutMs: TIMEOUT_MS });
    }
    const answer = received(io, memory);
    if (answer === undefined) return waitOn({ ...memory });
    const replies = answer !== 'late' && answer.kind === 'dns' ? answer.replies : undefined;
    return isOld(io) ? goOnOld(io, { name, server, memory, replies }) : print(io, server, replies);
  },
};

/** What a container's `/etc/resolv.conf` says. */
export function resolverIn(io: ToolIo): Resolver {
  return readResolver(io.files.node('/etc/resolv.conf')?.content ?? '');
}

/** The name under which the name of an address is found. */
export function reverseName(address: string): string | undefined {
  const parts = IPV4.exec(address)?.slice(1);
  return parts && `${parts.reverse().join('.')}.in-addr.arpa`;
}

/** Up to 1.28 busybox used the C library to look names up, and printed them in another form. */
const isOld = (io: ToolIo): boolean =>
  /busybox:1\.(\d|1\d|2[0-8])(\.|$|-)/.test(io.machine.host.image.reference);

/** A name with a dot in it is asked for as it stands, any other with every search domain. */
function questionsFor(io: ToolIo, { searches }: Resolver, name: string): readonly DnsQuestion[] {
  const typed = io.args.flatMap((arg) => /^-(?:type|ty|t|q|query|querytype)=(.+)$/.exec(arg)?.[1] ?? []);
  const reverse = reverseName(name);
  const types = typed.map((type) => type.toUpperCase() as DnsType);
  if (types.length === 0 && reverse !== undefined) return [{ name: reverse, type: 'PTR' }];
  const isSearched = searches.length > 0 && !name.includes('.');
  const names = isSearched ? searches.map((domain) => `${name}.${domain}`) : [name];
  const all: readonly DnsType[] = types.length > 0 ? types : ['A', 'AAAA'];
  return all.flatMap((type) => names.map((one) => ({ name: one, type })));
}

/** busybox: nslookup.c send_queries. An answer without data leaves an empty line. */
function print(io: ToolIo, server: string, replies: readonly DnsReply[] | undefined): number {
  if (!replies) {
    io.out(';; connection timed out; no servers could be reached\n\n');
    return 1;
  }
  io.out(`Server:\t\t${server}\nAddress:\t${server}:53\n\n`);
  for (const { name, answer } of replies) {
    if (answer.kind === 'noName') io.out(`** server can't find ${name}: NXDOMAIN\n`);
    if (answer.kind === 'records') for (const record of answer.records) io.out(recordText(record));
    io.out('\n');
  }
  return replies.some(({ answer }) => answer.kind === 'noName') ? 1 : 0;
}

function recordText(record: DnsRecord): string {
  const { name } = record;
  switch (record.type) {
    case 'A':
      return `Name:\t${name}\nAddress: ${record.address}\n`;
    case 'SRV':
      return `${name}\tservice = 0 ${record.weight} ${record.port} ${record.target}\n`;
    case 'CNAME':
      return `${name}\tcanonical name = ${record.target}\n`;
    case 'PTR':
      return `${name}\tname = ${record.target}\n`;
  }
}

function oldQuestions(resolver: Resolver, name: string): readonly DnsQuestion[] {
  return candidatesOf(resolver, name).map((one) => ({ name: one, type: 'A' }));
}

interface OldLook {
  readonly name: string;
  readonly server: string;
  readonly memory: NslookupMemory;
  readonly replies: readonly DnsReply[] | undefined;
}

/** First the addresses of the name, then the names of the addresses. */
function goOnOld(io: ToolIo, { name, server, memory, replies = [] }: OldLook): ToolOutcome {
  if (memory.found) return printOld(io, server, { ...memory.found, names: namesIn(replies) });
  const addresses = replies.map(({ answer }) => addressesIn(answer)).find((all) => all.length > 0) ?? [];
  if (addresses.length === 0) return printOld(io, server, { name, addresses, names: [] });
  const questions = addresses.map(
    (address): DnsQuestion => ({ name: reverseName(address) ?? '', type: 'PTR' }),
  );
  const request = { protocol: 'dns', questions, server, timeoutMs: TIMEOUT_MS } as const;
  return send(io, request, { found: { name, addresses: [...addresses] } });
}

function namesIn(replies: readonly DnsReply[]): readonly (string | undefined)[] {
  return replies.map(({ answer }) => {
    const [record] = answer.kind === 'records' ? answer.records : [];
    return record?.type === 'PTR' ? record.target : undefined;
  });
}

interface OldFound {
  readonly name: string;
  readonly addresses: readonly string[];
  readonly names: readonly (string | undefined)[];
}

function printOld(io: ToolIo, server: string, { name, addresses, names }: OldFound): number {
  io.out(`Server:    ${server}\nAddress 1: ${server} kube-dns.kube-system.svc.cluster.local\n\n`);
  if (addresses.length === 0) {
    io.complain(`can't resolve '${name}'`);
    return 1;
  }
  const lines = addresses.map((address, index) => {
    const known = names[index];
    return `Address ${index + 1}: ${address}${known === undefined ? '' : ` ${known}`}\n`;
  });
  io.out(`Name:      ${name}\n${lines.join('')}`);
  return 0;
}
