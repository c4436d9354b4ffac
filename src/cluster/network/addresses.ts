const IPV4 = /^\d{1,3}(?:\.\d{1,3}){3}$/;

/** Whether a host is an address, and no name. */
export function isAddress(host: string): boolean {
  return IPV4.test(host);
}

/** Whether an address lies in a network: `10.88.1.0/24`. */
export function isWithin(cidr: string, address: string): boolean {
  const [network = '', length = '32'] = cidr.split('/');
  const shift = 2 ** (32 - Number(length));
  return Math.floor(numberOf(network) / shift) === Math.floor(numberOf(address) / shift);
}

function numberOf(address: string): number {
  return address.split('.').reduce((value, byte) => value * 256 + Number(byte), 0);
}
