import type { Environment } from '@marcbachmann/cel-js';
import { contains, type IpNetwork, maskedBytes, parseIp, parseNetwork } from '../ip-network.ts';

/** An address as an expression holds it: its bytes, of which there are 4 or 16. */
class Address {
  readonly bytes: readonly number[];
  constructor(bytes: readonly number[]) {
    this.bytes = bytes;
  }
}

class Network implements IpNetwork {
  readonly bytes: readonly number[];
  readonly length: number;
  constructor({ bytes, length }: IpNetwork) {
    this.bytes = bytes;
    this.length = length;
  }
}

const IP = 'net.IP';
const CIDR = 'net.CIDR';

/** Addresses and networks (apiserver: pkg/cel/library/ip.go, cidr.go). */
export function addAddresses(environment: Environment): void {
  const env = environment
    .registerType(IP, { ctor: Address, fields: {} })
    .registerType(CIDR, { ctor: Network, fields: {} });
  env.registerFunction('isIP(string): bool', (text: string) => parseIp(text) !== undefined);
  env.registerFunction('isCIDR(string): bool', (text: string) => parseNetwork(text) !== undefined);
  env.registerFunction(`ip(string): ${IP}`, addressOf);
  env.registerFunction(`cidr(string): ${CIDR}`, networkOf);
  env.registerFunction(`${IP}.family(): int`, ({ bytes }: Address) => (bytes.length === 4 ? 4n : 6n));
  env.registerFunction(`${IP}.isUnspecified(): bool`, ({ bytes }: Address) =>
    bytes.every((one) => one === 0),
  );
  env.registerFunction(`${IP}.isLoopback(): bool`, isLoopback);
  env.registerFunction(`${IP}.isGlobalUnicast(): bool`, isGlobalUnicast);
  env.registerFunction(`${IP}.isLinkLocalUnicast(): bool`, isLinkLocal);
  env.registerFunction(`${CIDR}.prefixLength(): int`, ({ length }: Network) => BigInt(length));
  env.registerFunction(`${CIDR}.ip(): ${IP}`, ({ bytes }: Network) => new Address(bytes));
  env.registerFunction(
    `${CIDR}.masked(): ${CIDR}`,
    (network: Network) => new Network({ bytes: maskedBytes(network), length: network.length }),
  );
  env.registerFunction(`${CIDR}.containsIP(string): bool`, (network: Network, text: string) =>
    contains(network, addressOf(text).bytes),
  );
  env.registerFunction(`${CIDR}.containsIP(${IP}): bool`, (network: Network, { bytes }: Address) =>
    contains(network, bytes),
  );
  env.registerFunction(`${CIDR}.containsCIDR(string): bool`, (network: Network, text: string) =>
    containsNetwork(network, networkOf(text)),
  );
  env.registerFunction(`${CIDR}.containsCIDR(${CIDR}): bool`, containsNetwork);
}

function addressOf(text: string): Address {
  const bytes = parseIp(text);
  if (bytes === undefined) throw new Error(`IP Address "${text}" parse error during conversion from string`);
  return new Address(bytes);
}

function networkOf(text: string): Network {
  const network = parseNetwork(text);
  if (network === undefined)
    throw new Error(`network address parse error during conversion from string: "${text}"`);
  return new Network(network);
}

function isLoopback({ bytes }: Address): boolean {
  if (bytes.length === 4) return bytes[0] === 127;
  return bytes.every((one, at) => one === (at === 15 ? 1 : 0));
}

function isLinkLocal({ bytes: [first = 0, second = 0, ...rest] }: Address): boolean {
  return rest.length === 2 ? first === 169 && second === 254 : first === 254 && Math.floor(second / 64) === 2;
}

/** net/netip: neither unspecified, loopback, multicast, link-local nor, of IPv4, the broadcast address. */
function isGlobalUnicast(address: Address): boolean {
  const { bytes } = address;
  const first = bytes[0] ?? 0;
  const isMulticast = bytes.length === 4 ? first >= 224 && first < 240 : first === 255;
  const isBroadcast = bytes.length === 4 && bytes.every((one) => one === 255);
  const isNothing = bytes.every((one) => one === 0);
  return !isNothing && !isBroadcast && !isMulticast && !isLoopback(address) && !isLinkLocal(address);
}

function containsNetwork(network: Network, inner: Network): boolean {
  return inner.length >= network.length && contains(network, inner.bytes);
}
