/**
 * A network: the bytes of its address as it was written, of which there are 4 or 16, and how many bits count.
 */
export interface IpNetwork {
  readonly bytes: readonly number[];
  readonly length: number;
}

const IPV4 = /^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.(?!$)|$)){4}$/;
const LENGTH = /^(?:0|[1-9]\d{0,2})$/;

/** Whether an address lies in a network, or a network in another: `10.88.1.4` in `10.88.1.0/24`. */
export function isWithin(cidr: string, address: string): boolean {
  const network = parseNetwork(cidr);
  const [first = ''] = address.split('/');
  const bytes = parseIp(first);
  return network !== undefined && bytes !== undefined && contains(network, bytes);
}

/** Whether the bits of an address that count are those of the network. */
export function contains({ bytes, length }: IpNetwork, address: readonly number[]): boolean {
  if (address.length !== bytes.length) return false;
  const whole = Math.floor(length / 8);
  const unit = 2 ** (8 - (length % 8));
  const part = (of: readonly number[]): number => Math.floor((of[whole] ?? 0) / unit);
  return part(bytes) === part(address) && bytes.every((one, at) => at >= whole || one === address[at]);
}

/** The address with zeros for all bits that do not count. */
export function maskedBytes({ bytes, length }: IpNetwork): readonly number[] {
  return bytes.map((one, at) => {
    const free = Math.min(8, Math.max(0, (at + 1) * 8 - length));
    return one - (one % 2 ** free);
  });
}

/** Undefined for what is no network in its own form: `10.0.0.0/8`, `2001:db8::/64`. */
export function parseNetwork(text: string): IpNetwork | undefined {
  const [address = '', length = '', ...rest] = text.split('/');
  const bytes = parseIp(address);
  if (bytes === undefined || rest.length > 0 || !LENGTH.test(length)) return undefined;
  return Number(length) <= bytes.length * 8 ? { bytes, length: Number(length) } : undefined;
}

/** The bytes of an address; no zones, no leading zeros, no IPv4 within IPv6, as Kubernetes wants them. */
export function parseIp(text: string): readonly number[] | undefined {
  if (text.includes(':')) return parseIpv6(text);
  return IPV4.test(text) ? text.split('.').map(Number) : undefined;
}

/** The address of four bytes that is so many above `0.0.0.0`. */
export function ipv4Text(value: number): string {
  return [24, 16, 8, 0].map((bits) => (value >>> bits) & 255).join('.');
}

function parseIpv6(text: string): readonly number[] | undefined {
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
