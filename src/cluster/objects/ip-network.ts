const IPV4 = /^\d{1,3}(?:\.\d{1,3}){3}$/;

/** Whether an address lies in a network, or a network in another: `10.88.1.4` in `10.88.1.0/24`. */
export function isWithin(cidr: string, address: string): boolean {
  const [network = '', length = '24'] = cidr.split('/');
  const [first = ''] = address.split('/');
  if (!IPV4.test(network) || !IPV4.test(first)) return false;
  const size = 2 ** (32 - Number(length));
  return Math.floor(numberOf(network) / size) === Math.floor(numberOf(first) / size);
}

function numberOf(address: string): number {
  let number = 0;
  for (const byte of address.split('.')) number = number * 256 + Number(byte);
  return number;
}
