import type { MachineRow } from '../contract/machine-rows.ts';
import { derived } from '../objects/derived.ts';

/** The address of the machine with this index among the nodes. */
export function addressOf(index: number): string {
  return `10.99.${Math.floor((index + 1) / 256)}.${(index + 1) % 256}`;
}

/** The addresses of that machine's pods. */
export function podCidrOf(index: number): string {
  return `10.${88 + Math.floor((index + 1) / 256)}.${(index + 1) % 256}.0/24`;
}

/** The next address of a machine's pods: `10.88.1.2` is the first, after that of the bridge. */
export function nextPodAddress({ podCidr, addressesGiven }: MachineRow): string {
  const [network = '', length = '24'] = podCidr.split('/');
  const hosts = 2 ** (32 - Number(length)) - 3;
  const [a = 0, b = 0, c = 0, d = 0] = network.split('.').map(Number);
  const host = d + 2 + (addressesGiven % hosts);
  return [a, b, c + Math.floor(host / 256), host % 256].join('.');
}

/** The address of a machine in the network of its pods, from which the kubelet's own calls come. */
export const bridgeAddress = derived(({ podCidr }: MachineRow): string => {
  const [network = ''] = podCidr.split('/');
  return network.replace(/\d+$/, (last) => String(Number(last) + 1));
});
