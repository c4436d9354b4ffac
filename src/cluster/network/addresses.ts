const IPV4 = /^\d{1,3}(?:\.\d{1,3}){3}$/;

/** Whether a host is an address, and no name. */
export function isAddress(host: string): boolean {
  return IPV4.test(host);
}
