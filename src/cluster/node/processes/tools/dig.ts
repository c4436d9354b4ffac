import type { DnsQuestion, DnsRecord, DnsReply, DnsType } from '../../../contract/dns-record.ts';
import { candidatesOf } from '../../../objects/pod-names.ts';
import { formatDate } from '../../../tools/format-date.ts';
import { type ExchangeMemory, received, send, waitOn } from './exchange.ts';
import { resolverIn, reverseName } from './nslookup.ts';
import type { Tool, ToolIo, ToolOutcome } from './tool.ts';

const usage = 'dig [@global-server] [domain] [q-type] {q-opt}';

/** dig: three tries of five seconds. */
const TIMEOUT_MS = 15_000;

/** CoreDNS as kubeadm configures it: `ttl 30`. */
const TTL = 30;

const TYPES: readonly string[] = ['A', 'AAAA', 'SRV', 'PTR', 'CNAME'];

interface Query {
  readonly question: DnsQuestion;
  readonly server: string;
  readonly flags: readonly string[];
}

export const dig: Tool = {
  usage,
  run(io) {
    const query = readQuery(io);
    const memory = io.memory as unknown as ExchangeMemory | undefined;
    if (!memory) return ask(io, query);
    const answer = received(io, memory);
    if (answer === undefined) return waitOn({ ...memory });
    if (answer === 'late' || answer.kind !== 'dns') {
      io.out(';; communications error: timed out\n;; no servers could be reached\n');
      return 9;
    }
    const reply = answer.replies.find((one) => one.answer.kind === 'records') ?? answer.replies[0];
    if (!reply) return 0;
    if (query.flags.includes('+short'))
      io.out(
        recordsOf(reply)
          .map((record) => `${dataOf(record)}\n`)
          .join(''),
      );
    else io.out(textOf(io, query, { reply, ms: io.now - memory.sentAt }));
    return 0;
  },
};

function readQuery(io: ToolIo): Query {
  const flags = io.args.filter((arg) => arg.startsWith('+'));
  const words = io.args.filter((arg) => !/^[+@-]/.test(arg));
  const type = words.find((word) => TYPES.includes(word.toUpperCase()))?.toUpperCase() as DnsType | undefined;
  const name = words.find((word) => word.toUpperCase() !== type) ?? '.';
  const server = io.args.find((arg) => arg.startsWith('@'))?.slice(1);
  const question: DnsQuestion = io.args.includes('-x')
    ? { name: reverseName(name) ?? name, type: 'PTR' }
    : { name: name.replace(/(.)\.$/, '$1'), type: type ?? 'A' };
  return { question, server: server ?? resolverIn(io).servers[0] ?? '127.0.0.1', flags };
}

/** Search domains count only when they are asked for. */
function ask(io: ToolIo, { question, server, flags }: Query): ToolOutcome {
  const isSearched = flags.includes('+search');
  const names = isSearched ? candidatesOf(resolverIn(io), question.name) : [question.name];
  const questions = names.map((name) => ({ name, type: question.type }));
  return send(io, { protocol: 'dns', questions, server, timeoutMs: TIMEOUT_MS });
}

function recordsOf({ answer }: DnsReply): readonly DnsRecord[] {
  return answer.kind === 'records' ? answer.records : [];
}

function dataOf(record: DnsRecord): string {
  if (record.type === 'A') return record.address;
  if (record.type === 'SRV') return `0 ${record.weight} ${record.port} ${record.target}.`;
  return `${record.target}.`;
}

function textOf(
  io: ToolIo,
  { server, flags }: Query,
  { reply, ms }: { readonly reply: DnsReply; readonly ms: number },
): string {
  const { name, type, answer } = reply;
  const records = recordsOf(reply);
  const additional = answer.kind === 'records' ? (answer.additional ?? []) : [];
  const lines = (all: readonly DnsRecord[]): string =>
    all.map((record) => `${record.name}.\t${TTL}\tIN\t${record.type}\t${dataOf(record)}\n`).join('');
  if (flags.includes('+noall')) return flags.includes('+answer') ? lines(records) : '';
  const status = answer.kind === 'noName' ? 'NXDOMAIN' : 'NOERROR';
  const authority = records.length === 0 ? 1 : 0;
  const serial = Math.floor((io.machine.host.epochMs + io.now) / 1000);
  const soa = `cluster.local.\t\t${TTL}\tIN\tSOA\tns.dns.cluster.local. hostmaster.cluster.local. ${serial} 7200 1800 86400 ${TTL}\n`;
  const id = Math.floor(io.machine.host.draw(io.now) * 65_536);
  return [
    `\n; <<>> DiG 9.18.16 <<>> ${io.args.join(' ')}\n;; global options: +cmd\n;; Got answer:\n`,
    `;; ->>HEADER<<- opcode: QUERY, status: ${status}, id: ${id}\n`,
    `;; flags: qr aa rd; QUERY: 1, ANSWER: ${records.length}, AUTHORITY: ${authority}, ADDITIONAL: ${additional.length + 1}\n`,
    ';; WARNING: recursion requested but not available\n\n',
    ';; OPT PSEUDOSECTION:\n; EDNS: version: 0, flags:; udp: 1232\n',
    `;; QUESTION SECTION:\n;${name}.\tIN\t${type}\n\n`,
    records.length > 0 ? `;; ANSWER SECTION:\n${lines(records)}\n` : `;; AUTHORITY SECTION:\n${soa}\n`,
    additional.length > 0 ? `;; ADDITIONAL SECTION:\n${lines(additional)}\n` : '',
    `;; Query time: ${ms} msec\n;; SERVER: ${server}#53(${server}) (UDP)\n`,
    `;; WHEN: ${formatDate(io.machine.host.epochMs + io.now, '%a %b %d %H:%M:%S UTC %Y')}\n`,
    `;; MSG SIZE  rcvd: ${sizeOf(name, [...records, ...additional])}\n\n`,
  ].join('');
}

/** About as many bytes as the message has: names are not packed. */
function sizeOf(name: string, records: readonly DnsRecord[]): number {
  const data = records.map(
    (record) => record.name.length + 12 + (record.type === 'A' ? 4 : dataOf(record).length),
  );
  return 12 + name.length + 6 + data.reduce((sum, bytes) => sum + bytes, 0) + 11;
}
