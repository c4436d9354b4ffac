import type { Environment } from '@marcbachmann/cel-js';

/** An address as an expression holds it: its bytes, of which there are 4 or 16. */
class Address {
  readonly bytes: readonly number[];
  constructor(bytes: readonly number[]) {
    this.bytes = bytes;
  }
}

/** A network: its address as it was written, and how many bits of it count. */
class Network {
  readonly address: Address;
  readonly length: number;
  constructor(address: Address, length: number) {
    this.address = address;
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
  env.registerFunction('isIP(string): bool', (text: string) => bytesOf(text) !== undefined);
  env.registerFunction('isCIDR(string): bool', (text: string) => networkIn(text) !== undefined);
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
  env.registerFunction(`${CIDR}.ip(): ${IP}`, ({ address }: Network) => address);
  env.registerFunction(`${CIDR}.masked(): ${CIDR}`, masked);
  env.registerFunction(`${CIDR}.containsIP(string): bool`, (network: Network, text: string) =>
    contains(network, addressOf(text)),
  );
  env.registerFunction(`${CIDR}.containsIP(${IP}): bool`, contains);
  env.registerFunction(`${CIDR}.containsCIDR(string): bool`, (network: Network, text: string) =>
    containsNetwork(network, networkOf(text)),
  );
  env.registerFunction(`${CIDR}.containsCIDR(${CIDR}): bool`, containsNetwork);
}

function addressOf(text: string): Address {
  const bytes = bytesOf(text);
  if (bytes === undefined) throw new Error(`IP Address "${text}" parse error during conversion from string`);
  return new Address(bytes);
}

function networkOf(text: string): Network {
  const network = networkIn(text);
  if (network === undefined)
    throw new Error(`network address parse error during conversion from string: "${text}"`);
  return network;
}

function networkIn(text: string): Network | undefined {
  const [first = '', length = ''] = text.split('/');
  const bytes = bytesOf(first);
  if (bytes === undefined || !/^(?:0|[1-9]\d{0,2})$/.test(length) || text.split('/').length !== 2)
    return undefined;
  return Number(length) <= bytes.length * 8 ? new Network(new Address(bytes), Number(length)) : undefined;
}

/** netip.ParseAddr, without zones and IPv4 in IPv6, which Kubernetes refuses. */
function bytesOf(text: string): readonly number[] | undefined {
  return text.includes(':') ? bytesOfIPv6(text) : bytesOfIPv4(text);
}

function bytesOfIPv4(text: string): readonly number[] | undefined {
  const parts = text.split('.');
  const isValid =
    parts.length === 4 && parts.every((part) => /^(?:0|[1-9]\d{0,2})$/.test(part) && Number(part) < 256);
  return isValid ? parts.map(Number) : undefined;
}

function bytesOfIPv6(text: string): readonly number[] | undefined {
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const [before = [], after = []] = halves.map((half) => (half === '' ? [] : half.split(':')));
  const missing = 8 - before.length - after.length;
  if (halves.length === 2 ? missing < 1 : missing !== 0) return undefined;
  const groups = [...before, ...Array<string>(missing).fill('0'), ...after];
  if (!groups.every((group) => /^[0-9a-fA-F]{1,4}$/.test(group))) return undefined;
  return groups.flatMap((group) => {
    const number = Number.parseInt(group, 16);
    return [Math.floor(number / 256), number % 256];
  });
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

function masked({ address, length }: Network): Network {
  const bytes = address.bytes.map((one, at) => {
    const free = Math.min(8, Math.max(0, (at + 1) * 8 - length));
    return one - (one % 2 ** free);
  });
  return new Network(new Address(bytes), length);
}

function contains({ address, length }: Network, { bytes }: Address): boolean {
  if (bytes.length !== address.bytes.length) return false;
  const first = masked(new Network(address, length)).address.bytes;
  return masked(new Network(new Address(bytes), length)).address.bytes.every((one, at) => one === first[at]);
}

function containsNetwork(network: Network, inner: Network): boolean {
  return inner.length >= network.length && contains(network, inner.address);
}
