import type { NetworkAnswer } from '../network-request.ts';
import { type ExchangeMemory, received, send, waitOn } from './exchange.ts';
import { readOptions, refuse } from './options.ts';
import type { Tool, ToolIo } from './tool.ts';

const usage = 'nslookup [-type=QUERY_TYPE] [-debug] HOST [DNS_SERVER]';

export const nslookup: Tool = {
  usage,
  run(io) {
    const args = io.args.filter((arg) => !/^-(type|query|q|debug|timeout|retry)/.test(arg));
    const options = readOptions({ ...io, args }, usage, { letters: '' });
    const [name, server] = options?.operands ?? [];
    if (!options || name === undefined) {
      if (options) refuse(io, usage, 'missing HOST');
      return 1;
    }
    const memory = io.memory as unknown as ExchangeMemory | undefined;
    if (!memory) return send(io, { protocol: 'dns', name, ...(server !== undefined && { server }) });
    const answer = received(io, memory);
    if (answer === undefined) return waitOn({ ...memory });
    return isOld(io) ? printOld(io, name, answer) : print(io, name, answer);
  },
};

/** Up to 1.28 busybox used the C library to look names up, and printed them in another form. */
const isOld = (io: ToolIo): boolean =>
  /busybox:1\.(\d|1\d|2[0-8])(\.|$|-)/.test(io.machine.host.image.reference);

function print(io: ToolIo, name: string, answer: NetworkAnswer | 'late'): number {
  if (answer === 'late' || answer.kind === 'timedOut') {
    io.err(';; connection timed out; no servers could be reached\n\n');
    return 1;
  }
  const server = answer.kind === 'resolved' || answer.kind === 'unresolved' ? (answer.server ?? '') : '';
  io.out(`Server:\t\t${server}\nAddress:\t${server}:53\n\n`);
  if (answer.kind !== 'resolved') {
    io.out(`** server can't find ${name}: NXDOMAIN\n\n`);
    return 1;
  }
  io.out(`${answer.addresses.map((address) => `Name:\t${answer.name}\nAddress: ${address}\n`).join('')}\n`);
  return 0;
}

function printOld(io: ToolIo, name: string, answer: NetworkAnswer | 'late'): number {
  const found =
    answer === 'late' || (answer.kind !== 'resolved' && answer.kind !== 'unresolved') ? undefined : answer;
  const server = found?.server ?? '';
  io.out(`Server:    ${server}\nAddress 1: ${server} kube-dns.kube-system.svc.cluster.local\n\n`);
  if (found?.kind !== 'resolved') {
    io.complain(`can't resolve '${name}'`);
    return 1;
  }
  const lines = found.addresses.map(
    (address, index) => `Address ${index + 1}: ${address}${index === 0 ? ` ${found.name}` : ''}\n`,
  );
  io.out(`Name:      ${name}\n${lines.join('')}`);
  return 0;
}
