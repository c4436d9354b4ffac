const IPV4 = /^\d{1,3}(?:\.\d{1,3}){3}$/;

/** Whether a host is an address, and no name. */
export function isAddress(host: string): boolean {
  return IPV4.test(host);
}

/** Of networks whose length is a whole number of bytes. */
export function isWithin(cidr: string, address: string): boolean {
  const [network = '', length = '24'] = cidr.split('/');
  const bytes = Number(length) / 8;
  const prefix = (text: string): string => text.split('.').slice(0, bytes).join('.');
  return prefix(network) === prefix(address);
}
